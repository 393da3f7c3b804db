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

std::uint32_t RowReader::code(ColumnTexts& texts, std::string_view text) {
  if (texts.any && texts.last == text) return texts.last_code;
  texts.last = text;
  texts.last_code = texts.codes.code(text);
  texts.any = true;
  return texts.last_code;
}

NewTexts RowReader::take_new_texts() {
  NewTexts all;
  for (auto& texts : texts_) all.push_back(texts.codes.take_new());
  return all;
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
      column.codes.push_back(absent ? 0 : code(texts_[at], rows.text(field)));
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
