// The rows of a case, in every arrangement, and what stands where nothing is.
#include "core/cases/case_store.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace qd::cases {
namespace {

const TableSpec kTable{"rows",
                       "Rows.",
                       {{"word", ColumnKind::kText, true, "", ""},
                        {"day", ColumnKind::kDate, false, "", ""},
                        {"pence", ColumnKind::kMoney, false, "", ""},
                        {"hits", ColumnKind::kInteger, false, "", ""}},
                       1};

CaseStore store_of(int n_rows) {
  static const char* const kWords[] = {"a", "b", "c", "d", "e", "f", "g"};
  std::vector<CaseRow> rows;
  for (int i = 0; i < n_rows; ++i)
    rows.push_back({10 + i,
                    {Cell::of(std::string_view(kWords[i % 7])), Cell{}, Cell::of(std::int64_t{i}),
                     i % 2 == 0 ? Cell::of(std::int64_t{i}) : Cell{}}});
  CaseStore store;
  store.put("rows", std::move(rows));
  return store;
}

std::vector<Batch> scanned(CaseStore& store, const std::vector<std::string>& columns) {
  std::vector<Batch> batches;
  Dictionary dictionary;
  const auto done = store.scan({kTable, columns, Instant{}}, dictionary, [&](const Batch& batch) {
    batches.push_back(batch);
    return Result<void>{};
  });
  EXPECT_TRUE(done);
  return batches;
}

std::vector<std::int64_t> lines_of(const std::vector<Batch>& batches) {
  std::vector<std::int64_t> lines;
  for (const Batch& batch : batches) lines.insert(lines.end(), batch.ids.begin(), batch.ids.end());
  return lines;
}

TEST(CaseStore, rows_are_the_lines_they_stand_in_in_batches_of_the_size_asked_for) {
  auto store = store_of(7);
  store.arrange({0, 3});
  const auto batches = scanned(store, {"word"});
  ASSERT_EQ(batches.size(), 3u);
  EXPECT_EQ(batches[0].n_rows, 3u);
  EXPECT_EQ(batches[2].n_rows, 1u);
  EXPECT_EQ(lines_of(batches), (std::vector<std::int64_t>{10, 11, 12, 13, 14, 15, 16}));
}

TEST(CaseStore, shuffled_every_row_comes_once_and_not_where_it_stood) {
  auto store = store_of(7);
  store.arrange({1, 64});
  auto one = lines_of(scanned(store, {"word"}));
  EXPECT_FALSE(std::is_sorted(one.begin(), one.end()));
  store.arrange({2, 64});
  EXPECT_NE(lines_of(scanned(store, {"word"})), one);
  std::sort(one.begin(), one.end());
  EXPECT_EQ(one, (std::vector<std::int64_t>{10, 11, 12, 13, 14, 15, 16}));
}

TEST(CaseStore, columns_come_in_the_order_asked_for_and_absent_cells_hold_rubbish) {
  auto store = store_of(2);
  const auto batches = scanned(store, {"hits", "day", "pence"});
  ASSERT_EQ(batches.size(), 1u);
  const auto& [hits, day, pence] =
      std::tie(batches[0].columns[0], batches[0].columns[1], batches[0].columns[2]);
  EXPECT_TRUE(hits.present(0));
  EXPECT_EQ(hits.wide[0], 0);
  EXPECT_FALSE(hits.present(1));
  EXPECT_GT(hits.wide[1], std::int64_t{1} << 60);
  EXPECT_FALSE(day.present(0));
  EXPECT_GT(day.narrow[0], 1'000'000'000);
  EXPECT_EQ(pence.wide, (std::vector<std::int64_t>{0, 1}));
}

TEST(CaseStore, a_table_without_rows_has_none_and_a_refusing_sink_ends_the_scan) {
  auto store = store_of(3);
  store.arrange({0, 1});
  Dictionary dictionary;
  int batches = 0;
  const auto done = store.scan({kTable, {"word"}, {}}, dictionary, [&](const Batch&) {
    ++batches;
    return Result<void>(fail(ErrorCode::kFamilyStopped, "enough"));
  });
  EXPECT_FALSE(done);
  EXPECT_EQ(batches, 1);
  CaseStore empty;
  EXPECT_TRUE(scanned(empty, {"word"}).empty());
}

TEST(CaseStore, nothing_can_be_put_into_it_by_a_load) {
  CaseStore store;
  const SystemClock clock;
  EXPECT_FALSE(store.begin_load({"x", ""}, clock));
  EXPECT_FALSE(store.keys(kTable));
  EXPECT_FALSE(store.records(kTable, {1}));
  EXPECT_TRUE(store.declare(kTable));
  EXPECT_EQ(store.last_recorded().value(), std::nullopt);
}

}  // namespace
}  // namespace qd::cases
