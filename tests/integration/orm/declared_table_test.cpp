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

TEST_P(DeclaredTableTest, OtherColumnsAreRefused) {
  must(observations().declare(walkabouts()));
  auto other = walkabouts();
  other.columns[2].kind = ColumnKind::kText;
  EXPECT_EQ(refusal(observations().declare(other)), ErrorCode::kStoreConflict);
  auto shorter_key = walkabouts();
  shorter_key.n_key = 1;
  EXPECT_EQ(refusal(observations().declare(shorter_key)), ErrorCode::kStoreConflict);
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
