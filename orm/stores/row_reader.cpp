#include "orm/stores/row_reader.hpp"

namespace qd {
namespace {

void mark_absent(ColumnData& column, std::size_t row) {
  if (column.valid.empty()) column.valid.assign(kBatchRows / 64, ~std::uint64_t{0});
  column.valid[row / 64] &= ~(std::uint64_t{1} << (row % 64));
}

Batch empty_batch(const std::vector<ColumnType>& types) {
  Batch batch;
  batch.ids.reserve(kBatchRows);
  batch.columns.resize(types.size());
  for (std::size_t at = 0; at < types.size(); ++at) {
    auto& column = batch.columns[at];
    column.type = types[at];
    if (types[at] == ColumnType::kText) {
      column.codes.reserve(kBatchRows);
    } else if (types[at] == ColumnType::kDate) {
      column.narrow.reserve(kBatchRows);
    } else {
      column.wide.reserve(kBatchRows);
    }
  }
  return batch;
}

}  // namespace

std::uint32_t RowReader::code(std::size_t column, std::string_view text) {
  LastText& last = last_[column];
  if (last.set && last.text == text) return last.code;
  last.text = text;
  last.code = codes_.code(text);
  last.set = true;
  return last.code;
}

void RowReader::read_cell(Rows& rows, std::size_t at, Batch& batch) {
  auto& column = batch.columns[at];
  const auto field = static_cast<unsigned>(at + 1);
  const bool absent = rows.absent(field);
  if (absent) mark_absent(column, batch.n_rows);
  switch (column.type) {
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      column.wide.push_back(absent ? 0 : rows.number(field));
      break;
    case ColumnType::kDate:
      column.narrow.push_back(absent ? 0 : static_cast<std::int32_t>(rows.number(field)));
      break;
    case ColumnType::kText:
      column.codes.push_back(absent ? 0 : code(at, rows.text(field)));
      break;
  }
}

Batch RowReader::read(Rows& rows) {
  Batch batch = empty_batch(types_);
  while (batch.n_rows < kBatchRows && rows.next()) {
    batch.ids.push_back(rows.number(0));
    for (std::size_t at = 0; at < types_.size(); ++at) read_cell(rows, at, batch);
    ++batch.n_rows;
  }
  return batch;
}

}  // namespace qd
