#include "orm/stores/row_reader.hpp"

namespace qd::orm {
namespace {

void mark_absent(ColumnData& column, std::size_t row) {
  if (column.valid.empty()) column.valid.assign(kBatchRows / 64, ~std::uint64_t{0});
  column.valid[row / 64] &= ~(std::uint64_t{1} << (row % 64));
}

void clear(Batch& batch, const std::vector<ColumnType>& types) {
  batch.n_rows = 0;
  batch.ids.clear();
  batch.ids.reserve(kBatchRows);
  batch.columns.resize(types.size());
  for (std::size_t at = 0; at < types.size(); ++at) {
    auto& column = batch.columns[at];
    column.type = types[at];
    column.valid.clear();
    column.wide.clear();
    column.narrow.clear();
    column.codes.clear();
    if (types[at] == ColumnType::kText) {
      column.codes.reserve(kBatchRows);
    } else if (types[at] == ColumnType::kDate) {
      column.narrow.reserve(kBatchRows);
    } else {
      column.wide.reserve(kBatchRows);
    }
  }
}

}  // namespace

std::string_view TextColumn::waiting(std::size_t at) const {
  const std::size_t begin = at == 0 ? 0 : ends_[at - 1];
  return std::string_view(bytes_).substr(begin, ends_[at] - begin);
}

void TextColumn::add(std::string_view text) {
  // Records that lie together often share texts.
  if (ends_.empty() || waiting(ends_.size() - 1) != text) {
    bytes_ += text;
    ends_.push_back(bytes_.size());
  }
  which_.push_back(static_cast<std::uint32_t>(ends_.size() - 1));
}

void TextColumn::resolve(std::vector<std::uint32_t>& codes) {
  std::vector<std::string_view> texts(ends_.size());
  for (std::size_t at = 0; at < texts.size(); ++at) texts[at] = waiting(at);
  std::vector<std::uint32_t> found(texts.size());
  dictionary_.codes(texts, found.data());
  for (const auto at : which_) codes.push_back(at == kAbsent ? 0 : found[at]);
  bytes_.clear();
  ends_.clear();
  which_.clear();
}

std::vector<std::string_view> TextColumn::take_new() {
  std::vector<std::string_view> texts;
  while (n_taken_ < dictionary_.size()) texts.push_back(dictionary_.text(n_taken_++));
  return texts;
}

NewTexts RowReader::take_new_texts() {
  NewTexts all;
  for (auto& texts : texts_) all.push_back(texts.take_new());
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
      absent ? texts_[at].add_absent() : texts_[at].add(rows.text(field));
      break;
  }
}

void RowReader::resolve_texts(Batch& batch) {
  for (std::size_t at = 0; at < types_.size(); ++at)
    if (types_[at] == ColumnType::kText) texts_[at].resolve(batch.columns[at].codes);
}

Batch RowReader::read(Rows& rows, Batch batch) {
  constexpr std::size_t kRowsAtOnce = 1024;  // so that the waiting texts stay in the nearest cache
  clear(batch, types_);
  while (batch.n_rows < kBatchRows && rows.next()) {
    batch.ids.push_back(rows.number(0));
    for (std::size_t at = 0; at < types_.size(); ++at) read_cell(rows, at, batch);
    if (++batch.n_rows % kRowsAtOnce == 0) resolve_texts(batch);
  }
  resolve_texts(batch);
  return batch;
}

}  // namespace qd::orm
