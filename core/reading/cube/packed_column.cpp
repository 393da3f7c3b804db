#include "core/reading/cube/packed_column.hpp"

#include <algorithm>
#include <numeric>

namespace qd::reading::cube {
namespace {

unsigned width_of(std::uint64_t most) {
  if (most == 0) return 0;
  if (most <= UINT8_MAX) return 1;
  if (most <= UINT16_MAX) return 2;
  return most <= UINT32_MAX ? 4 : 8;
}

template <class Word>
void write(std::vector<std::uint8_t>& bytes, std::size_t at, std::uint64_t number) {
  const auto word = static_cast<Word>(number);
  std::memcpy(bytes.data() + at * sizeof word, &word, sizeof word);
}

}  // namespace

PackedColumn::PackedColumn(const std::vector<std::int64_t>& numbers) {
  if (numbers.empty()) return;
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  least_ = static_cast<std::uint64_t>(*least);
  const auto above = [&](std::int64_t number) {
    return static_cast<std::uint64_t>(number) - least_;
  };
  std::uint64_t step = 0;
  for (const std::int64_t number : numbers) {
    step = std::gcd(step, above(number));
    if (step == 1) break;
  }
  step_ = std::max<std::uint64_t>(step, 1);
  width_ = width_of(above(*most) / step_);
  bytes_.resize(numbers.size() * width_);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::uint64_t steps = above(numbers[i]) / step_;
    if (width_ == 1) bytes_[i] = static_cast<std::uint8_t>(steps);
    if (width_ == 2) write<std::uint16_t>(bytes_, i, steps);
    if (width_ == 4) write<std::uint32_t>(bytes_, i, steps);
    if (width_ == 8) write<std::uint64_t>(bytes_, i, steps);
  }
}

PackedMaybeColumn::PackedMaybeColumn(const std::vector<std::optional<std::int64_t>>& numbers) {
  std::vector<std::int64_t> there;
  there.reserve(numbers.size());
  const auto known =
      std::find_if(numbers.begin(), numbers.end(), [](auto n) { return n.has_value(); });
  any_ = known != numbers.end();
  if (!any_) return;
  bool all = true;
  for (const auto& number : numbers) {
    all = all && number.has_value();
    there.push_back(number.value_or(**known));  // one that is there makes the column no wider
  }
  numbers_ = PackedColumn(there);
  if (all) return;
  is_there_.reserve(numbers.size());
  for (const auto& number : numbers) is_there_.push_back(number.has_value());
}

template <class Word>
void PackedColumn::copy_words(std::size_t from, std::size_t n, std::int64_t* to) const {
  const std::uint8_t* bytes = bytes_.data() + from * sizeof(Word);
  for (std::size_t i = 0; i < n; ++i) {
    Word word;
    std::memcpy(&word, bytes + i * sizeof word, sizeof word);
    to[i] = static_cast<std::int64_t>(least_ + step_ * std::uint64_t{word});
  }
}

void PackedColumn::copy(std::size_t from, std::size_t n, std::int64_t* to) const {
  switch (width_) {
    case 0:
      return void(std::fill_n(to, n, static_cast<std::int64_t>(least_)));
    case 1:
      return copy_words<std::uint8_t>(from, n, to);
    case 2:
      return copy_words<std::uint16_t>(from, n, to);
    case 4:
      return copy_words<std::uint32_t>(from, n, to);
    default:
      return copy_words<std::uint64_t>(from, n, to);
  }
}

void PackedMaybeColumn::copy(std::size_t from, std::size_t n, std::int64_t* to,
                             bool* is_there) const {
  std::fill_n(is_there, n, any_);
  if (!any_) return void(std::fill_n(to, n, 0));
  numbers_.copy(from, n, to);
  if (is_there_.empty()) return;
  for (std::size_t i = 0; i < n; ++i) {
    is_there[i] = is_there_[from + i];
    if (!is_there[i]) to[i] = 0;
  }
}

}  // namespace qd::reading::cube
