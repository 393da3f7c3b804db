#include "core/worker/wire/batch_frame.hpp"

#include "core/worker/wire/wire.hpp"

namespace qd::worker::wire {
namespace {

constexpr std::uint64_t kNothing = 0;  // what fills up to 8 bytes

constexpr std::size_t words_of(std::size_t bits) { return (bits + 63) / 64; }
constexpr std::size_t filled_up(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

std::size_t width_of(ColumnType type) {
  return type == ColumnType::kInteger || type == ColumnType::kNumber ? 8 : 4;
}

const void* values_of(const ColumnData& column) {
  switch (column.type) {
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      return column.wide.data();
    case ColumnType::kDate:
      return column.narrow.data();
    case ColumnType::kText:
      return column.codes.data();
  }
  return nullptr;
}

}  // namespace

BatchPieces::BatchPieces(std::uint32_t input, const Batch& batch, bool with_rows)
    : head_{input, with_rows ? 1u : 0u, batch.n_rows}, has_valid_(words_of(batch.columns.size())) {
  for (std::size_t i = 0; i < batch.columns.size(); ++i)
    if (!batch.columns[i].valid.empty()) has_valid_[i / 64] |= std::uint64_t{1} << (i % 64);
  add(&head_, sizeof head_);
  add(has_valid_.data(), has_valid_.size() * 8);
  if (with_rows) add(batch.ids.data(), batch.n_rows * 8);
  for (const ColumnData& column : batch.columns) add_column(column, batch.n_rows);
}

void BatchPieces::add(const void* memory, std::size_t bytes) {
  if (bytes == 0) return;
  pieces_.push_back({const_cast<void*>(memory), bytes});
  length_ += bytes;
}

void BatchPieces::add_column(const ColumnData& column, std::size_t n_rows) {
  if (!column.valid.empty()) add(column.valid.data(), words_of(n_rows) * 8);
  const std::size_t bytes = n_rows * width_of(column.type);
  add(values_of(column), bytes);
  add(&kNothing, filled_up(bytes) - bytes);
}

std::optional<BatchView> BatchView::read(std::span<const char> bytes,
                                         const std::vector<std::vector<ColumnType>>& types) {
  Decoder in(bytes);
  BatchView view;
  view.head_.input = in.number<std::uint32_t>();
  view.head_.has_rows = in.number<std::uint32_t>();
  view.head_.n_rows = in.number<std::uint64_t>();
  if (view.head_.input >= types.size() || view.head_.n_rows > bytes.size()) return std::nullopt;
  const auto& columns = types[view.head_.input];
  const auto n_rows = static_cast<std::size_t>(view.head_.n_rows);
  std::vector<std::uint64_t> has_valid(words_of(columns.size()));
  for (auto& word : has_valid) word = in.number<std::uint64_t>();
  if (view.head_.has_rows)
    view.rows_ = reinterpret_cast<const std::int64_t*>(in.take(n_rows * 8).data());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    qd_column column{};
    if (has_valid[i / 64] >> (i % 64) & 1u)
      column.valid = reinterpret_cast<const std::uint64_t*>(in.take(words_of(n_rows) * 8).data());
    column.values = in.take(filled_up(n_rows * width_of(columns[i]))).data();
    view.columns_.push_back(column);
  }
  if (!in.complete()) return std::nullopt;
  return view;
}

std::string encode_texts(const std::vector<std::string_view>& texts) {
  std::vector<std::uint32_t> lengths;
  lengths.reserve(texts.size());
  for (const auto text : texts) lengths.push_back(static_cast<std::uint32_t>(text.size()));
  Encoder out;
  out.array(lengths);
  std::string bytes = out.bytes();
  for (const auto text : texts) bytes.append(text).push_back('\0');
  return bytes;
}

}  // namespace qd::worker::wire
