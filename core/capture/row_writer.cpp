#include "core/capture/row_writer.hpp"

#include <vector>

namespace qd::capture {
namespace {

std::vector<ColumnType> types_of(const TableSpec& table) {
  std::vector<ColumnType> types;
  for (const auto& column : table.columns) types.push_back(column.type());
  return types;
}

}  // namespace

RowWriter::RowWriter(Load& load, const TableSpec& table)
    : load_(load), table_(table), rows_(types_of(table)) {}

Result<void> RowWriter::add(std::span<const tables::Cell> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) add_cell(i, cells[i]);
  rows_.end_row();
  return rows_.n_rows() < kBatchRows ? Result<void>{} : flush();
}

void RowWriter::add_cell(std::size_t column, const tables::Cell& cell) {
  if (!cell.present) return rows_.add_absent(column);
  switch (table_.columns[column].type()) {
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      return rows_.add_wide(column, cell.value);
    case ColumnType::kDate:
      return rows_.add_date(column, static_cast<std::int32_t>(cell.value));
    case ColumnType::kText:
      break;
  }
  rows_.add_code(column, dictionary_.code(cell.text));
}

// Every batch has a dictionary of its own: a load of any length needs the memory of one batch.
Result<void> RowWriter::flush() {
  if (rows_.n_rows() == 0) return {};
  const Batch batch = rows_.take();
  auto added = load_.add(table_, batch, dictionary_);
  dictionary_ = Dictionary{};
  return added;
}

}  // namespace qd::capture
