// quarterday/row.hpp: what a family sees of its inputs. An empty optional means
// "not recorded", which is never zero. Everything here is a view: valid until
// consume returns, on that thread.
#pragma once

#include <quarterday/plugin.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <quarterday/exact.hpp>
#include <stdexcept>
#include <string_view>

namespace quarterday {

using Code = std::uint32_t;  // of the run's dictionary: a text in every column
                             // of every input

// One column of a batch. T is what the column was declared as: see Batch.
template <class T>
class Column {
 public:
  explicit Column(const qd_column& column)
      : valid_(column.valid), values_(static_cast<const T*>(column.values)) {}

  bool present(std::size_t row) const {
    return valid_ == nullptr || ((valid_[row / 64] >> (row % 64)) & 1u) != 0;
  }
  T operator[](std::size_t row) const { return values_[row]; }  // means nothing unless present
  std::optional<T> at(std::size_t row) const {
    return present(row) ? std::optional<T>(values_[row]) : std::nullopt;
  }

 private:
  const std::uint64_t* valid_;
  const T* values_;
};

// Which record of which input: what `explain` is told.
struct Source {
  std::uint32_t input = 0;
  std::int64_t row = -1;  // -1: no record
};

class Batch {
 public:
  explicit Batch(const qd_batch& batch) : batch_(batch) {}

  std::uint32_t input() const { return batch_.input; }
  std::size_t size() const { return batch_.n_rows; }
  Source source(std::size_t row) const {
    return {batch_.input, batch_.rows == nullptr ? -1 : batch_.rows[row]};
  }

  // By the declared type of the column: integers also for money (pence),
  // minutes and yes_no.
  Column<std::int64_t> integers(std::size_t column) const { return view<std::int64_t>(column); }
  Column<qd_number> numbers(std::size_t column) const { return view<qd_number>(column); }
  Column<qd_date> dates(std::size_t column) const { return view<qd_date>(column); }
  Column<Code> codes(std::size_t column) const { return view<Code>(column); }

  const char* text(Code code) const { return batch_.dictionary[code]; }
  std::size_t dictionary_size() const { return batch_.n_dictionary; }

 private:
  template <class T>
  Column<T> view(std::size_t column) const {
    if (column >= batch_.n_columns)
      throw std::out_of_range("there is no such column in this input");
    const auto* first = reinterpret_cast<const char*>(batch_.columns);
    return Column<T>(*reinterpret_cast<const qd_column*>(first + column * batch_.column_stride));
  }
  const qd_batch& batch_;
};

// One row; columns are numbered in the order of the input's declaration.
class Row {
 public:
  Row(const Batch& batch, std::size_t index) : batch_(batch), index_(index) {}

  std::uint32_t input() const { return batch_.input(); }
  Source source() const { return batch_.source(index_); }

  std::optional<std::int64_t> integer(std::size_t column) const {
    return batch_.integers(column).at(index_);
  }
  std::optional<Number> number(std::size_t column) const {
    const auto millionths = batch_.numbers(column).at(index_);
    if (!millionths) return std::nullopt;
    return Number::of_millionths(*millionths);
  }
  // A yes_no: false where it says no, and where it says nothing.
  bool is_yes(std::size_t column) const { return integer(column) == 1; }
  std::optional<qd_date> date(std::size_t column) const { return batch_.dates(column).at(index_); }
  std::optional<Code> code(std::size_t column) const { return batch_.codes(column).at(index_); }
  std::optional<std::string_view> text(std::size_t column) const {
    const auto found = code(column);
    if (!found) return std::nullopt;
    return std::string_view(batch_.text(*found));
  }

 private:
  const Batch& batch_;
  std::size_t index_;
};

}  // namespace quarterday
