// Whole numbers in memory, each in as few bytes as the widest needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

namespace qd::reading::cube {

// Kept as the steps above the least of them, where the step is what divides all distances: counts
// of people, which are millions of millionths, take a byte. Numbers that are all the same take
// nothing.
class PackedColumn {
 public:
  PackedColumn() = default;
  explicit PackedColumn(const std::vector<std::int64_t>& numbers);

  std::int64_t operator[](std::size_t at) const {
    return static_cast<std::int64_t>(least_ + step_ * steps(at));
  }
  void prefetch(std::size_t at) const { __builtin_prefetch(bytes_.data() + at * width_); }
  // So many from one on.
  void copy(std::size_t from, std::size_t n, std::int64_t* to) const;
  std::size_t bytes() const { return bytes_.size(); }

 private:
  template <class Word>
  void copy_words(std::size_t from, std::size_t n, std::int64_t* to) const;
  std::uint64_t steps(std::size_t at) const {
    switch (width_) {
      case 0:
        return 0;
      case 1:
        return bytes_[at];
      case 2:
        return read<std::uint16_t>(at);
      case 4:
        return read<std::uint32_t>(at);
      default:
        return read<std::uint64_t>(at);
    }
  }
  template <class Word>
  Word read(std::size_t at) const {
    Word word;
    std::memcpy(&word, bytes_.data() + at * sizeof word, sizeof word);
    return word;
  }

  std::uint64_t least_ = 0, step_ = 1;  // unsigned: distances may be wider than a signed number
  unsigned width_ = 0;                  // 0, 1, 2, 4 or 8 bytes a number
  std::vector<std::uint8_t> bytes_;
};

// The same, where some are absent.
class PackedMaybeColumn {
 public:
  PackedMaybeColumn() = default;
  explicit PackedMaybeColumn(const std::vector<std::optional<std::int64_t>>& numbers);

  std::optional<std::int64_t> operator[](std::size_t at) const {
    if (!is_there_.empty() && !is_there_[at]) return std::nullopt;
    return any_ ? std::optional(numbers_[at]) : std::nullopt;
  }
  void prefetch(std::size_t at) const { numbers_.prefetch(at); }
  // And whether each is there; what is not is 0.
  void copy(std::size_t from, std::size_t n, std::int64_t* to, bool* is_there) const;
  std::size_t bytes() const { return numbers_.bytes() + is_there_.size() / 8; }

 private:
  bool any_ = false;
  std::vector<bool> is_there_;  // empty: all of them, or none (see any_)
  PackedColumn numbers_;
};

}  // namespace qd::reading::cube
