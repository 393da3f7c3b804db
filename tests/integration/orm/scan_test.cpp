#include <atomic>
#include <numeric>
#include <thread>

#include "tests/integration/orm/records.hpp"

namespace qd::tests {
namespace {

// Enough records for two readers and a batch that is full; of each three one has no minutes.
constexpr int kMany = 90'000;

class ScanTest : public StoreTest {
 protected:
  static const TableSpec& table() { return table_of("participations"); }

  // Participations of 1,000 persons; every third record without minutes.
  void load_many(std::int64_t now, int extra_minutes) {
    const ManualClock clock(instant_of(now));
    const auto load = must(observations().begin_load({"many.csv", ""}, clock));
    Dictionary dictionary;
    BatchBuilder builder(
        {ColumnType::kText, ColumnType::kText, ColumnType::kText, ColumnType::kInteger});
    const auto attended = dictionary.code("ATTENDED");
    for (int at = 0; at < kMany; ++at) {
      builder.add_code(0, dictionary.code("P" + std::to_string(at % 1000)));
      builder.add_code(1, dictionary.code("E" + std::to_string(at / 1000)));
      builder.add_code(2, attended);
      if (at % 3 == 0) {
        builder.add_absent(3);
      } else {
        builder.add_wide(3, at % 100 + extra_minutes);
      }
      builder.end_row();
    }
    must(add_batch(*load, table(), builder.take(), dictionary));
    must(load->finish());
    must(load->commit());
  }

  struct Sums {
    std::int64_t rows = 0, minutes = 0, absent = 0, ids = 0, largest_batch = 0;
    std::vector<int> by_person = std::vector<int>(1000);
  };

  Result<Sums> sums(std::int64_t as_of) {
    Sums sums;
    Dictionary dictionary;
    const auto scanned = observations().scan(
        {table(), {"minutes", "person", "event"}, instant_of(as_of)}, dictionary,
        [&](const Batch& batch) -> Result<void> {
          sums.rows += static_cast<std::int64_t>(batch.n_rows);
          sums.largest_batch = std::max<std::int64_t>(sums.largest_batch, batch.n_rows);
          for (std::size_t row = 0; row < batch.n_rows; ++row) {
            sums.ids += batch.ids[row];
            sums.absent += batch.columns[0].present(row) ? 0 : 1;
            sums.minutes += batch.columns[0].wide[row];
            const auto person = dictionary.text(batch.columns[1].codes[row]);
            ++sums.by_person.at(std::stoul(std::string(person.substr(1))));
          }
          return {};
        });
    if (!scanned) return fail(scanned.error());
    return sums;
  }
};
QUARTERDAY_BOTH_ENGINES(ScanTest);

TEST_P(ScanTest, SeveralReadersGiveEveryRecordOnceWithItsOwnTexts) {
  load_many(10, 0);
  const auto all = must(sums(10));
  EXPECT_EQ(all.rows, kMany);
  EXPECT_EQ(all.absent, kMany / 3);
  EXPECT_LE(all.largest_batch, 65'536);
  const std::int64_t first = number("SELECT min(id) FROM participations");
  EXPECT_EQ(all.ids, first * kMany + std::int64_t{kMany} * (kMany - 1) / 2);
  for (const int count : all.by_person) EXPECT_EQ(count, kMany / 1000);
}

TEST_P(ScanTest, VersionsAreThoseKnownAtTheInstant) {
  load_many(10, 0);
  load_many(20, 1);
  const auto before = must(sums(19));
  const auto after = must(sums(20));
  EXPECT_EQ(before.rows, kMany);
  EXPECT_EQ(after.rows, kMany);
  EXPECT_EQ(after.minutes - before.minutes, kMany / 3 * 2);
  EXPECT_EQ(must(sums(9)).rows, 0);
}

TEST_P(ScanTest, AScanSeesAWholeLoadOrNothingOfIt) {
  load_many(10, 0);
  const auto first = must(sums(10)).minutes;
  std::atomic<bool> done{false};
  // The writer's instant lies before the readers' on purpose: only the state they read protects
  // them.
  std::thread writer([&] {
    load_many(11, 1);
    done = true;
  });
  std::int64_t scans = 0;
  for (bool last = false; !last; ++scans) {
    last = done;
    const auto seen = must(sums(1000));
    EXPECT_EQ(seen.rows, kMany);
    EXPECT_TRUE(seen.minutes == first || seen.minutes == first + kMany / 3 * 2) << seen.minutes;
  }
  writer.join();
  EXPECT_GE(scans, 1);
}

TEST_P(ScanTest, AnErrorOfTheSinkEndsTheScanAndIsReturned) {
  load_many(10, 0);
  Dictionary dictionary;
  int batches = 0;
  const auto scanned = observations().scan({table(), {"person"}, instant_of(10)}, dictionary,
                                           [&](const Batch&) -> Result<void> {
                                             ++batches;
                                             return fail(ErrorCode::kFamilyStopped, "enough");
                                           });
  EXPECT_EQ(refusal(scanned), ErrorCode::kFamilyStopped);
  EXPECT_EQ(batches, 1);
  EXPECT_EQ(must(sums(10)).rows, kMany) << "and the store goes on";
}

TEST_P(ScanTest, AnEmptyTableGivesNoBatch) { EXPECT_EQ(must(sums(10)).rows, 0); }

TEST_P(ScanTest, ColumnsMayBeFewAndInAnyOrder) {
  load_lines(observations(), table(), {"P1,E1,ATTENDED,30"}, 10);
  Dictionary dictionary;
  must(observations().scan({table(), {"minutes", "event"}, instant_of(10)}, dictionary,
                           [&](const Batch& batch) -> Result<void> {
                             EXPECT_EQ(batch.columns.size(), 2U);
                             EXPECT_EQ(cell_text(batch.columns[0], 0, dictionary), "30");
                             EXPECT_EQ(cell_text(batch.columns[1], 0, dictionary), "E1");
                             return {};
                           }));
  EXPECT_EQ(refusal(observations().scan({table(), {"nonsense"}, instant_of(10)}, dictionary,
                                        [](const Batch&) -> Result<void> { return {}; })),
            ErrorCode::kStoreConflict);
}

TEST_P(ScanTest, ManyMayScanAtTheSameTime) {
  load_lines(observations(), table(), {"P1,E1,ATTENDED,30", "P2,E1,ATTENDED,"}, 10);
  std::vector<std::thread> threads;
  std::atomic<std::int64_t> rows{0};
  for (int at = 0; at < 8; ++at) {
    threads.emplace_back([&] {
      for (int again = 0; again < 5; ++again) rows += must(sums(10)).rows;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(rows, 8 * 5 * 2);
}

}  // namespace
}  // namespace qd::tests
