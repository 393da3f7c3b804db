#include "core/cases/case_store.hpp"

#include <algorithm>
#include <random>

namespace qd::cases {
namespace {

constexpr std::int64_t kRubbishNumber = 0x5A5A5A5A5A5A5A5A;
constexpr std::int32_t kRubbishDay = 0x5A5A5A5A;
constexpr std::uint32_t kRubbishCode = 0;  // of a text that is there, but is not this one

void add_cell(BatchBuilder& builder, std::size_t column, ColumnType type, const Cell& cell,
              Dictionary& dictionary) {
  if (!cell.present) return builder.add_absent(column);
  switch (type) {
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      return builder.add_wide(column, cell.value);
    case ColumnType::kDate:
      return builder.add_date(column, static_cast<std::int32_t>(cell.value));
    case ColumnType::kText:
      return builder.add_code(column, dictionary.code(cell.text));
  }
}

void spoil_absent(ColumnData& column, std::size_t n_rows) {
  for (std::size_t row = 0; row < n_rows; ++row) {
    if (column.present(row)) continue;
    if (!column.wide.empty()) column.wide[row] = kRubbishNumber;
    if (!column.narrow.empty()) column.narrow[row] = kRubbishDay;
    if (!column.codes.empty()) column.codes[row] = kRubbishCode;
  }
}

struct Columns {
  std::vector<std::size_t> places;
  std::vector<ColumnType> types;
};

Columns columns_of(const ScanRequest& request) {
  Columns columns;
  for (const auto& name : request.columns) {
    columns.places.push_back(request.table.index_of(name));
    columns.types.push_back(request.table.columns[columns.places.back()].type());
  }
  return columns;
}

Batch batch_of(std::span<const CaseRow* const> rows, const Columns& columns,
               Dictionary& dictionary) {
  BatchBuilder builder(columns.types);
  std::vector<std::int64_t> ids;
  for (const CaseRow* row : rows) {
    ids.push_back(row->line);
    for (std::size_t i = 0; i < columns.places.size(); ++i)
      add_cell(builder, i, columns.types[i], row->cells[columns.places[i]], dictionary);
    builder.end_row();
  }
  Batch batch = builder.take();
  batch.ids = std::move(ids);
  for (ColumnData& column : batch.columns) spoil_absent(column, batch.n_rows);
  return batch;
}

tl::unexpected<Error> read_only() {
  return fail(ErrorCode::kInternal, "the rows of a case are only read");
}

}  // namespace

// The same order on every platform, which std::shuffle does not promise.
std::vector<const CaseRow*> CaseStore::arranged(const std::string& table) const {
  std::vector<const CaseRow*> rows;
  if (const auto found = tables_.find(table); found != tables_.end())
    for (const CaseRow& row : found->second) rows.push_back(&row);
  if (arrangement_.shuffle == 0) return rows;
  std::mt19937 random(arrangement_.shuffle);
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random() % i]);
  return rows;
}

Result<void> CaseStore::scan(const ScanRequest& request, Dictionary& dictionary, const Sink& sink) {
  const auto rows = arranged(request.table.name);
  const auto columns = columns_of(request);
  for (std::size_t at = 0; at < rows.size(); at += arrangement_.batch_rows) {
    const auto some =
        std::span(rows).subspan(at, std::min(arrangement_.batch_rows, rows.size() - at));
    if (auto taken = sink(batch_of(some, columns, dictionary)); !taken) return taken;
  }
  return {};
}

Result<std::vector<StoredRecord>> CaseStore::records(const TableSpec&,
                                                     const std::vector<std::int64_t>&) {
  return read_only();
}
Result<std::unique_ptr<Load>> CaseStore::begin_load(const LoadSource&, const Clock&) {
  return read_only();
}
Result<std::unordered_set<std::string>> CaseStore::keys(const TableSpec&) { return read_only(); }

}  // namespace qd::cases
