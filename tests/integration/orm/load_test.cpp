#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "tests/integration/orm/records.hpp"

namespace qd::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using LoadTest = StoreTest;
QUARTERDAY_BOTH_ENGINES(LoadTest);

const TableSpec& persons() { return table_of("persons"); }

const std::vector<std::string> kThree = {"P1,TENANT,N1", "P2,TENANT,N2", "P3,STAFF,N1"};

TEST_P(LoadTest, WhatIsCommittedIsThere) {
  EXPECT_EQ(load_lines(observations(), persons(), kThree, 10), (LoadCounts{3, 0, 0}));
  EXPECT_THAT(lines_at(observations(), persons(), 10), testing::ElementsAreArray(kThree));
  EXPECT_THAT(must(observations().keys(persons())),
              testing::UnorderedElementsAre("P1", "P2", "P3"));
}

TEST_P(LoadTest, LoadingTwiceChangesNothing) {
  load_lines(observations(), persons(), kThree, 10);
  const auto version = must(figures().data_version());
  EXPECT_EQ(load_lines(observations(), persons(), kThree, 20), (LoadCounts{0, 0, 3}));
  EXPECT_EQ(number("SELECT count(*) FROM persons"), 3);
  EXPECT_EQ(number("SELECT count(*) FROM loads"), 1);
  EXPECT_EQ(must(figures().data_version()), version);
}

TEST_P(LoadTest, ACorrectionSupersedesAndTheOldCanStillBeAskedFor) {
  load_lines(observations(), persons(), kThree, 10);
  EXPECT_EQ(load_lines(observations(), persons(), {"P2,TENANT,N7", "P4,TENANT,N1"}, 20),
            (LoadCounts{1, 1, 0}));
  EXPECT_THAT(lines_at(observations(), persons(), 9), IsEmpty());
  EXPECT_THAT(lines_at(observations(), persons(), 19), testing::ElementsAreArray(kThree));
  EXPECT_THAT(lines_at(observations(), persons(), 20),
              ElementsAre("P1,TENANT,N1", "P2,TENANT,N7", "P3,STAFF,N1", "P4,TENANT,N1"));
}

TEST_P(LoadTest, ARecordMayGoBackToWhatItWas) {
  for (const std::int64_t now : {10, 20, 30}) {
    load_lines(observations(), persons(), {now == 20 ? "P1,STAFF,N1" : "P1,TENANT,N1"}, now);
  }
  EXPECT_EQ(number("SELECT count(*) FROM persons"), 3);
  EXPECT_EQ(number("SELECT count(*) FROM persons WHERE live = 1"), 1);
  EXPECT_THAT(lines_at(observations(), persons(), 25), ElementsAre("P1,STAFF,N1"));
  EXPECT_THAT(lines_at(observations(), persons(), 35), ElementsAre("P1,TENANT,N1"));
}

TEST_P(LoadTest, AnAbsentCellIsNotAnEmptyOneAndNotZero) {
  const auto& table = table_of("events");
  const std::string with = "E1,SURVEY,2,2026-05-01,0,0,Walk";
  const std::string without = "E1,SURVEY,2,2026-05-01,,,";
  load_lines(observations(), table, {with}, 10);
  EXPECT_EQ(load_lines(observations(), table, {without}, 20), (LoadCounts{0, 1, 0}));
  EXPECT_EQ(load_lines(observations(), table, {without}, 30), (LoadCounts{0, 0, 1}));
  EXPECT_THAT(lines_at(observations(), table, 15), ElementsAre(with));
  EXPECT_THAT(lines_at(observations(), table, 30), ElementsAre(without));
}

TEST_P(LoadTest, TextComparesByteByByte) {
  const std::vector<std::string> close = {"P1,TENANT,N1", "P1 ,TENANT,N1", "p1,TENANT,N1",
                                          "P\u00e9,TENANT,N1", "Pe,TENANT,N1"};
  EXPECT_EQ(load_lines(observations(), persons(), close, 10), (LoadCounts{5, 0, 0}));
  EXPECT_EQ(load_lines(observations(), persons(), close, 20), (LoadCounts{0, 0, 5}));
  EXPECT_EQ(load_lines(observations(), persons(), {"P1,TENANT,N1 "}, 30), (LoadCounts{0, 1, 0}));
}

TEST_P(LoadTest, EveryKindOfColumnComesBackAsItWent) {
  const auto& table = table_of("measure_observations");
  const std::vector<std::string> lines = {
      "RP02_1,1,L1,LCRA,2026-04-01,2027-04-01,918.2,1000.000001,",
      "RP02_2,1,L1,LCRA,1969-12-31,2027-04-01,,,X"};
  load_lines(observations(), table, lines, 10);
  EXPECT_THAT(lines_at(observations(), table, 10), testing::ElementsAreArray(lines));
  EXPECT_EQ(load_lines(observations(), table, lines, 20), (LoadCounts{0, 0, 2}));
}

TEST_P(LoadTest, UntilItIsCommittedNobodySeesALoad) {
  const ManualClock clock(instant_of(10));
  const auto load = must(observations().begin_load({"x.csv", ""}, clock));
  add_lines(*load, persons(), kThree);
  EXPECT_THAT(lines_at(observations(), persons(), 10), IsEmpty());
  EXPECT_EQ(must(load->finish()).at(0).second, (LoadCounts{3, 0, 0}));
  EXPECT_THAT(lines_at(observations(), persons(), 10), IsEmpty());
  must(load->commit());
  EXPECT_EQ(lines_at(observations(), persons(), 10).size(), 3U);
}

TEST_P(LoadTest, ADryRunCountsAndLeavesNothing) {
  load_lines(observations(), persons(), kThree, 10);
  {
    const ManualClock clock(instant_of(20));
    const auto load = must(observations().begin_load({"x.csv", ""}, clock));
    add_lines(*load, persons(), {"P1,TENANT,N1", "P2,STAFF,N2", "P9,TENANT,N1"});
    EXPECT_EQ(must(load->finish()).at(0).second, (LoadCounts{1, 1, 1}));
  }
  EXPECT_EQ(number("SELECT count(*) FROM persons"), 3);
  EXPECT_EQ(number("SELECT count(*) FROM persons WHERE superseded_at IS NOT NULL"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM loads"), 1);
  EXPECT_EQ(load_lines(observations(), persons(), {"P1,STAFF,N1"}, 30), (LoadCounts{0, 1, 0}))
      << "and holds no lock";
}

TEST_P(LoadTest, OneLoadMayBringSeveralTablesInSeveralPieces) {
  const ManualClock clock(instant_of(10));
  const auto load = must(observations().begin_load({"x.csv", ""}, clock));
  add_lines(*load, persons(), {"P1,TENANT,N1"});
  add_lines(*load, table_of("areas"), {"N1,North,neighbourhood,L1,2020-01-01,"});
  add_lines(*load, persons(), {"P2,TENANT,N1", "P3,TENANT,N1"});
  const auto counts = must(load->finish());
  ASSERT_EQ(counts.size(), 2U);
  EXPECT_EQ(counts[0].first, "persons");
  EXPECT_EQ(counts[0].second, (LoadCounts{3, 0, 0}));
  EXPECT_EQ(counts[1].first, "areas");
  must(load->commit());
  EXPECT_EQ(lines_at(observations(), persons(), 10).size(), 3U);
  EXPECT_EQ(must(catalogue().areas()).size(), 1U);
}

TEST_P(LoadTest, IsRecordedWhenItIsCommittedAndNotWhenItBegan) {
  ManualClock clock(instant_of(10));
  const auto load = must(observations().begin_load({"x.csv", ""}, clock));
  add_lines(*load, persons(), kThree);
  must(load->finish());
  clock.set(instant_of(50));
  must(load->commit());
  EXPECT_THAT(lines_at(observations(), persons(), 49), IsEmpty());
  EXPECT_EQ(lines_at(observations(), persons(), 50).size(), 3U);
  EXPECT_EQ(must(observations().last_recorded()), instant_of(50));
}

TEST_P(LoadTest, IsRecordedAfterEveryOtherWhateverTheClockSays) {
  EXPECT_EQ(must(observations().last_recorded()), std::nullopt);
  load_lines(observations(), persons(), {"P1,TENANT,N1"}, 100);
  load_lines(observations(), persons(), {"P1,TENANT,N2"}, 100);
  load_lines(observations(), persons(), {"P1,TENANT,N3"}, 20);  // a clock put back
  EXPECT_THAT(lines_at(observations(), persons(), 100), ElementsAre("P1,TENANT,N1"));
  EXPECT_THAT(lines_at(observations(), persons(), 101), ElementsAre("P1,TENANT,N2"));
  EXPECT_THAT(lines_at(observations(), persons(), 102), ElementsAre("P1,TENANT,N3"));
  EXPECT_EQ(must(observations().last_recorded()), instant_of(102));
}

TEST_P(LoadTest, AFinishedLoadTakesNothingMore) {
  const ManualClock clock(instant_of(10));
  const auto load = must(observations().begin_load({"x.csv", ""}, clock));
  add_lines(*load, persons(), kThree);
  must(load->finish());
  const std::vector<Cell> none(persons().columns.size());
  EXPECT_EQ(refusal(load->add(persons(), none)), ErrorCode::kStoreConflict);
  must(load->commit());
  EXPECT_EQ(refusal(load->commit()), ErrorCode::kStoreConflict);
  EXPECT_EQ(refusal(load->finish()), ErrorCode::kStoreConflict);
}

TEST_P(LoadTest, AnEmptyLoadIsNoLoad) {
  const ManualClock clock(instant_of(10));
  const auto load = must(observations().begin_load({"x.csv", ""}, clock));
  EXPECT_THAT(must(load->finish()), IsEmpty());
  must(load->commit());
  EXPECT_EQ(number("SELECT count(*) FROM loads"), 0);
}

TEST_P(LoadTest, TextsTooLongForAnyEngineAreRefusedOnBoth) {
  const ManualClock clock(instant_of(10));
  const auto load = must(observations().begin_load({"x.csv", ""}, clock));
  BatchBuilder builder({ColumnType::kText, ColumnType::kText, ColumnType::kText});
  Dictionary dictionary;
  builder.add_code(0, dictionary.code(std::string(129, 'x')));
  builder.add_code(1, dictionary.code("TENANT"));
  builder.add_code(2, dictionary.code("N1"));
  builder.end_row();
  EXPECT_EQ(refusal(add_batch(*load, persons(), builder.take(), dictionary)),
            ErrorCode::kStoreConflict);
}

TEST_P(LoadTest, ManyRecordsArriveWhateverTheSizeOfAStatement) {
  std::vector<std::string> lines;
  for (int at = 0; at < 1234; ++at) lines.push_back(fmt::format("P{:05},TENANT,N{}", at, at % 7));
  EXPECT_EQ(load_lines(observations(), persons(), lines, 10), (LoadCounts{1234, 0, 0}));
  EXPECT_THAT(lines_at(observations(), persons(), 10), testing::ElementsAreArray(lines));
}

TEST_P(LoadTest, LoadsOfTheSameRecordsTakeTurns) {
  constexpr int kLoads = 6;
  std::vector<std::thread> threads;
  std::vector<LoadCounts> counts(kLoads);
  for (int at = 0; at < kLoads; ++at) {
    threads.emplace_back([&, at] {
      counts[at] =
          load_lines(observations(), persons(), {fmt::format("P1,TENANT,N{}", at)}, 10 + at);
    });
  }
  for (auto& thread : threads) thread.join();
  std::int64_t inserted = 0;
  std::int64_t superseded = 0;
  for (const auto& count : counts) {
    inserted += count.inserted;
    superseded += count.superseded;
  }
  EXPECT_EQ(inserted, 1);
  EXPECT_EQ(superseded, kLoads - 1);
  EXPECT_EQ(number("SELECT count(*) FROM persons WHERE live = 1"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM persons"), kLoads);
}

// The child stops itself at the worst moments, and the parent kills it there.
void load_and_wait_to_be_killed(const std::string& url, bool finish) {
  const auto database = orm::open_database(url);
  const ManualClock clock(instant_of(20));
  const auto load = must((*database)->observations().begin_load({"x.csv", ""}, clock));
  add_lines(*load, persons(), {"P1,STAFF,N1", "P8,TENANT,N1"});
  if (finish) must(load->finish());
  ::raise(SIGSTOP);
}

TEST_P(LoadTest, ALoadKilledHalfWayLeavesNothing) {
  load_lines(observations(), persons(), kThree, 10);
  for (const bool finish : {false, true}) {
    const ::pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      load_and_wait_to_be_killed(url(), finish);
      ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, WUNTRACED), child);
    ASSERT_TRUE(WIFSTOPPED(status));
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_THAT(lines_at(observations(), persons(), 99), testing::ElementsAreArray(kThree));
  }
  EXPECT_EQ(load_lines(observations(), persons(), {"P1,STAFF,N1"}, 30), (LoadCounts{0, 1, 0}));
}

TEST_P(LoadTest, RecordsTellWhereTheyCameFromAndWhenTheyHeld) {
  load_lines(observations(), persons(), kThree, 10);
  load_lines(observations(), persons(), {"P2,STAFF,N2"}, 20);
  const auto records = must(observations().records(persons(), {4, 2, 2, 99}));
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].id, 2);
  EXPECT_THAT(records[0].cells, ElementsAre("P2", "TENANT", "N2"));
  EXPECT_EQ(records[0].source, "lines.csv");
  EXPECT_EQ(records[0].recorded_at, instant_of(10));
  EXPECT_EQ(records[0].superseded_at, instant_of(20));
  EXPECT_THAT(records[1].cells, ElementsAre("P2", "STAFF", "N2"));
  EXPECT_EQ(records[1].superseded_at, std::nullopt);
  EXPECT_THAT(must(observations().records(persons(), {})), IsEmpty());
}

TEST_P(LoadTest, CellsOfRecordsAreTextAsImportTakesIt) {
  const auto& table = table_of("measure_observations");
  load_lines(observations(), table, {"RP02,1,L1,LCRA,2026-04-01,2027-04-01,918.2,,X"}, 10);
  EXPECT_THAT(must(observations().records(table, {1})).at(0).cells,
              ElementsAre("RP02", "1", "L1", "LCRA", "2026-04-01", "2027-04-01", "918.2",
                          std::nullopt, "X"));
}

}  // namespace
}  // namespace qd::tests
