#include "runner/batches.hpp"

#include <algorithm>

namespace quarterday::runner {
namespace {

constexpr std::int64_t kRubbish = 0x5A5A5A5A5A5A5A;

}  // namespace

std::uint32_t Words::code(const std::string& text) {
  const auto [found, is_new] = codes_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
  if (is_new) {
    texts_.push_back(text);
    lent_.push_back(text);
  }
  return found->second;
}

void Words::scribble() {
  for (std::string& text : lent_) std::fill(text.begin(), text.end(), '?');
}

LentBatch::LentBatch(const qd_family& family, std::uint32_t input,
                     const std::vector<TypedRow>& rows, std::size_t from, std::size_t until,
                     Words& words)
    : spec_(family.inputs[input]), memory_(spec_.n_columns) {
  const std::size_t n_rows = until - from;
  for (std::size_t row = 0; row < n_rows; ++row) {
    ids_.push_back(rows[from + row].id);
    for (std::size_t column = 0; column < spec_.n_columns; ++column)
      fill(memory_[column], column, row, rows[from + row].values[column], words);
  }
  for (std::uint32_t code = 0; code < words.size(); ++code) dictionary_.push_back(words.lent(code));
  for (std::size_t column = 0; column < spec_.n_columns; ++column) {
    const ColumnMemory& memory = memory_[column];
    columns_.push_back({memory.valid.data(), values_of(memory, spec_.columns[column].type)});
  }
  batch_.input = input;
  batch_.n_rows = n_rows;
  batch_.rows = ids_.data();
  batch_.columns = columns_.data();
  batch_.dictionary = dictionary_.data();
  batch_.n_dictionary = dictionary_.size();
}

void LentBatch::fill(ColumnMemory& memory, std::size_t column, std::size_t row, const Value& value,
                     Words& words) {
  if (row % 64 == 0) memory.valid.push_back(0);
  if (value.present) memory.valid.back() |= std::uint64_t{1} << (row % 64);
  const std::int64_t number = value.present ? value.number : kRubbish;
  switch (spec_.columns[column].type) {
    case QD_TEXT:
      memory.codes.push_back(value.present ? words.code(value.text) : UINT32_MAX);
      break;
    case QD_DATE:
      memory.days.push_back(static_cast<std::int32_t>(number));
      break;
    default:
      memory.wide.push_back(number);
  }
}

const void* LentBatch::values_of(const ColumnMemory& memory, std::int32_t type) const {
  if (type == QD_TEXT) return memory.codes.data();
  if (type == QD_DATE) return memory.days.data();
  return memory.wide.data();
}

}  // namespace quarterday::runner
