// A batch as bytes: the columns' own memory, one after the other, so that neither side does any
// work per row.
//
//   BatchHead | one bit a column: has validity bits (whole words) | record numbers, if any |
//   per column: validity words, if any; values, filled up to 8 bytes
#pragma once

#include <quarterday/plugin.h>
#include <sys/uio.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/model/batch.hpp"

namespace qd::worker::wire {

struct BatchHead {
  std::uint32_t input = 0;
  std::uint32_t has_rows = 0;
  std::uint64_t n_rows = 0;
};

// Pieces of memory to be written one after the other. They point into `batch` and into this.
class BatchPieces {
 public:
  // with_rows: the record numbers too, which only an explain run reads.
  BatchPieces(std::uint32_t input, const Batch& batch, bool with_rows);
  BatchPieces(const BatchPieces&) = delete;
  BatchPieces& operator=(const BatchPieces&) = delete;

  const std::vector<iovec>& pieces() const { return pieces_; }
  std::uint64_t length() const { return length_; }

 private:
  void add(const void* memory, std::size_t bytes);
  void add_column(const ColumnData& column, std::size_t n_rows);

  BatchHead head_;
  std::vector<std::uint64_t> has_valid_;
  std::vector<iovec> pieces_;
  std::uint64_t length_ = 0;
};

// The batch as a family sees it; its pointers lead into the bytes it was read from.
class BatchView {
 public:
  // types: by input, those of its columns. nullopt: the bytes are not such a batch.
  // The bytes must begin at a multiple of 8.
  static std::optional<BatchView> read(std::span<const char> bytes,
                                       const std::vector<std::vector<ColumnType>>& types);

  std::uint32_t input() const { return head_.input; }
  std::size_t n_rows() const { return static_cast<std::size_t>(head_.n_rows); }
  const std::int64_t* rows() const { return rows_; }  // nullptr: without record numbers
  const std::vector<qd_column>& columns() const { return columns_; }

 private:
  BatchHead head_;
  const std::int64_t* rows_ = nullptr;
  std::vector<qd_column> columns_;
};

// The kTexts frame for texts, in the order of their codes.
std::string encode_texts(const std::vector<std::string_view>& texts);

}  // namespace qd::worker::wire
