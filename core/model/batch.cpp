#include "core/model/batch.hpp"

namespace qd {

BatchBuilder::BatchBuilder(const std::vector<ColumnType>& types) {
  batch_.columns.resize(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) batch_.columns[i].type = types[i];
}

// Validity bits appear with the first absent cell; until then every row is present.
void BatchBuilder::mark(std::size_t column, bool present) {
  auto& valid = batch_.columns[column].valid;
  const std::size_t row = batch_.n_rows;
  if (valid.empty()) {
    if (present) return;
    valid.assign(row / 64 + 1, ~std::uint64_t{0});
  }
  if (valid.size() <= row / 64) valid.push_back(~std::uint64_t{0});
  if (!present) valid[row / 64] &= ~(std::uint64_t{1} << (row % 64));
}

void BatchBuilder::add_absent(std::size_t column) {
  mark(column, false);
  auto& cells = batch_.columns[column];
  switch (cells.type) {
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      cells.wide.push_back(0);
      break;
    case ColumnType::kDate:
      cells.narrow.push_back(0);
      break;
    case ColumnType::kText:
      cells.codes.push_back(0);
      break;
  }
}

void BatchBuilder::add_wide(std::size_t column, std::int64_t value) {
  mark(column, true);
  batch_.columns[column].wide.push_back(value);
}

void BatchBuilder::add_date(std::size_t column, std::int32_t days) {
  mark(column, true);
  batch_.columns[column].narrow.push_back(days);
}

void BatchBuilder::add_code(std::size_t column, std::uint32_t code) {
  mark(column, true);
  batch_.columns[column].codes.push_back(code);
}

Batch BatchBuilder::take() {
  Batch taken = std::move(batch_);
  batch_ = Batch{};
  batch_.columns.resize(taken.columns.size());
  for (std::size_t i = 0; i < taken.columns.size(); ++i)
    batch_.columns[i].type = taken.columns[i].type;
  return taken;
}

}  // namespace qd
