#include <thread>

#include "tests/integration/orm/records.hpp"

namespace qd::tests {
namespace {

using testing::ElementsAre;

using DeclaredTableTest = StoreTest;
QUARTERDAY_BOTH_ENGINES(DeclaredTableTest);

TableSpec walkabouts() {
  return {"walkabouts",
          "Estate walkabouts.",
          {{"estate", ColumnKind::kText, true, "", "where"},
           {"walked_on", ColumnKind::kDate, true, "", "when"},
           {"score", ColumnKind::kNumber, false, "points", "0 to 10"},
           {"order", ColumnKind::kInteger, false, "", "a word of SQL"}},
          2,
          "estates"};
}

TEST_P(DeclaredTableTest, ADeclaredTableIsLoadedScannedAndExplainedLikeAnother) {
  const auto table = walkabouts();
  must(observations().declare(table));
  EXPECT_EQ(load_lines(observations(), table, {"E1,2026-05-01,7.5,1", "E2,2026-05-01,,"}, 10),
            (LoadCounts{2, 0, 0}));
  EXPECT_EQ(load_lines(observations(), table, {"E1,2026-05-01,8,1"}, 20), (LoadCounts{0, 1, 0}));
  EXPECT_THAT(lines_at(observations(), table, 15),
              ElementsAre("E1,2026-05-01,7.5,1", "E2,2026-05-01,,"));
  EXPECT_THAT(lines_at(observations(), table, 25),
              ElementsAre("E1,2026-05-01,8,1", "E2,2026-05-01,,"));
  EXPECT_THAT(must(observations().records(table, {1})).at(0).cells,
              ElementsAre("E1", "2026-05-01", "7.5", "1"));
}

TEST_P(DeclaredTableTest, DeclaringAgainKeepsWhatIsThere) {
  const auto table = walkabouts();
  must(observations().declare(table));
  load_lines(observations(), table, {"E1,2026-05-01,7.5,1"}, 10);
  must(observations().declare(table));
  EXPECT_EQ(lines_at(observations(), table, 10).size(), 1U);
}

std::string told(const Result<void>& result) {
  return result ? std::string("taken") : result.error().message;
}

TEST_P(DeclaredTableTest, WhatIsNoGrowthIsRefusedWithWhatDiffers) {
  must(observations().declare(walkabouts()));
  auto other = walkabouts();
  other.columns[2].kind = ColumnKind::kText;
  EXPECT_EQ(refusal(observations().declare(other)), ErrorCode::kStoreConflict);
  EXPECT_EQ(told(observations().declare(other)),
            "table walkabouts: column score was number and is now text");
  auto shorter_key = walkabouts();
  shorter_key.n_key = 1;
  EXPECT_EQ(told(observations().declare(shorter_key)),
            "table walkabouts: its key had 2 columns and now has 1");
  auto of_another = walkabouts();
  of_another.family = "gardens";
  EXPECT_EQ(told(observations().declare(of_another)),
            "input table walkabouts is there already: it is family estates's");
}

TableSpec grown() {
  auto table = walkabouts();
  table.columns.push_back({"found", ColumnKind::kText, false, "", "what", {"litter", "dog"}});
  table.columns.push_back({"cost", ColumnKind::kMoney, false, "", "of putting it right"});
  return table;
}

TEST_P(DeclaredTableTest, AppendedColumnsAreTakenInWithTheRecordsThatAreThere) {
  must(observations().declare(walkabouts()));
  load_lines(observations(), walkabouts(), {"E1,2026-05-01,7.5,1", "E2,2026-05-01,,"}, 10);
  must(observations().declare(grown()));
  EXPECT_THAT(lines_at(observations(), grown(), 10),
              ElementsAre("E1,2026-05-01,7.5,1,,", "E2,2026-05-01,,,,"));
  EXPECT_EQ(load_lines(observations(), grown(),
                       {"E1,2026-05-01,7.5,1,litter,1234", "E2,2026-05-01,,,,"}, 20),
            (LoadCounts{0, 1, 1}));
  EXPECT_THAT(lines_at(observations(), grown(), 15),
              ElementsAre("E1,2026-05-01,7.5,1,,", "E2,2026-05-01,,,,"));
  EXPECT_THAT(lines_at(observations(), grown(), 25),
              ElementsAre("E1,2026-05-01,7.5,1,litter,1234", "E2,2026-05-01,,,,"));
  EXPECT_THAT(must(observations().records(grown(), {1})).at(0).cells,
              ElementsAre("E1", "2026-05-01", "7.5", "1", std::nullopt, std::nullopt));
}

TEST_P(DeclaredTableTest, ALibraryOfBeforeStillLoadsAndReads) {
  must(observations().declare(walkabouts()));
  must(observations().declare(grown()));
  load_lines(observations(), grown(), {"E1,2026-05-01,7.5,1,litter,"}, 10);
  must(observations().declare(walkabouts()));
  EXPECT_THAT(lines_at(observations(), walkabouts(), 10), ElementsAre("E1,2026-05-01,7.5,1"));
  EXPECT_EQ(
      load_lines(observations(), walkabouts(), {"E1,2026-05-01,7.5,1", "E3,2026-05-01,,"}, 20),
      (LoadCounts{1, 0, 1}));
  must(observations().declare(grown()));
  EXPECT_THAT(lines_at(observations(), grown(), 20),
              ElementsAre("E1,2026-05-01,7.5,1,litter,", "E3,2026-05-01,,,,"));
}

TEST_P(DeclaredTableTest, WiderRulesAreTakenInAndNarrowerOnesRefused) {
  must(observations().declare(grown()));
  auto wider = grown();
  wider.columns[4].allowed.emplace_back("noise");
  must(observations().declare(wider));
  must(observations().declare(grown()));  // a library of before
  auto narrower = grown();
  narrower.columns[4].allowed = {"litter"};
  EXPECT_EQ(told(observations().declare(narrower)),
            "table walkabouts: column found took litter, dog, noise and now takes only litter");
}

TEST_P(DeclaredTableTest, WhatIsNeededNoLongerMayBeMissing) {
  auto table = walkabouts();
  table.columns[2].required = true;
  must(observations().declare(table));
  load_lines(observations(), table, {"E1,2026-05-01,7.5,1"}, 10);
  must(observations().declare(walkabouts()));
  EXPECT_EQ(load_lines(observations(), walkabouts(), {"E2,2026-05-01,,"}, 20),
            (LoadCounts{1, 0, 0}));
}

TEST_P(DeclaredTableTest, GrowingThatWasBrokenOffIsDoneAgain) {
  must(observations().declare(walkabouts()));
  load_lines(observations(), walkabouts(), {"E1,2026-05-01,7.5,1"}, 10);
  connect_to(url())->script("ALTER TABLE declared_walkabouts ADD COLUMN found TEXT NULL");
  must(observations().declare(grown()));
  EXPECT_THAT(lines_at(observations(), grown(), 10), ElementsAre("E1,2026-05-01,7.5,1,,"));
}

TEST_P(DeclaredTableTest, GrownByManyAtOnceItIsGrownOnce) {
  must(observations().declare(walkabouts()));
  std::vector<std::thread> threads;
  for (int at = 0; at < 6; ++at) {
    threads.emplace_back([&] { must(observations().declare(grown())); });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(load_lines(observations(), grown(), {"E1,2026-05-01,7.5,1,dog,5"}, 10),
            (LoadCounts{1, 0, 0}));
  must(observations().declare(walkabouts()));
}

TEST_P(DeclaredTableTest, AFormThatIsNotKnownIsRefusedAndLeftAlone) {
  must(observations().declare(walkabouts()));
  connect_to(url())->script("UPDATE declared_tables SET columns = 'table 9'");
  EXPECT_EQ(told(observations().declare(walkabouts())),
            "input table walkabouts is there already: in a form that this program does not know");
}

TEST_P(DeclaredTableTest, NamesThatAreNotPlainOnesNeverReachTheDatabase) {
  for (const std::string name :
       {"x; DROP TABLE facts", "a\"b", "a`b", "Upper", "1st", "", "_x", "a-b",
        "a_name_that_is_longer_than_the_forty_eight_letters_allowed"}) {
    auto table = walkabouts();
    table.name = name;
    EXPECT_EQ(refusal(observations().declare(table)), ErrorCode::kStoreConflict) << name;
    auto column = walkabouts();
    column.columns[3].name = name;
    EXPECT_EQ(refusal(observations().declare(column)), ErrorCode::kStoreConflict) << name;
  }
}

TEST_P(DeclaredTableTest, TheStoresOwnNamesAreTaken) {
  for (const std::string name : {"id", "live", "recorded_at", "superseded_at", "load_id"}) {
    auto table = walkabouts();
    table.columns[3].name = name;
    EXPECT_EQ(refusal(observations().declare(table)), ErrorCode::kStoreConflict) << name;
  }
  auto shipped = walkabouts();
  shipped.name = "persons";
  EXPECT_EQ(refusal(observations().declare(shipped)), ErrorCode::kStoreConflict);
}

TEST_P(DeclaredTableTest, ATableOfTheStoresOwnNameIsNotTouched) {
  auto table = walkabouts();
  table.name = "facts";
  must(observations().declare(table));
  EXPECT_EQ(number("SELECT count(*) FROM facts"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM declared_facts"), 0);
}

TEST_P(DeclaredTableTest, DeclaredByManyAtOnceItIsMadeOnce) {
  std::vector<std::thread> threads;
  for (int at = 0; at < 6; ++at) {
    threads.emplace_back([&] { must(observations().declare(walkabouts())); });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(number("SELECT count(*) FROM declared_tables"), 1);
  EXPECT_EQ(load_lines(observations(), walkabouts(), {"E1,2026-05-01,7.5,1"}, 10),
            (LoadCounts{1, 0, 0}));
}

TEST_P(DeclaredTableTest, ATableLeftBehindByACrashIsMadeAnew) {
  connect_to(url())->script("CREATE TABLE declared_walkabouts (something INTEGER)");
  must(observations().declare(walkabouts()));
  EXPECT_EQ(load_lines(observations(), walkabouts(), {"E1,2026-05-01,7.5,1"}, 10),
            (LoadCounts{1, 0, 0}));
}

}  // namespace
}  // namespace qd::tests
