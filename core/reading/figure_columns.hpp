// Figures by columns, for who adds up a great many.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/ports/figure_query.hpp"

namespace qd::reading {

using Texts = std::vector<std::string_view>;  // by number

// Figures of one definition and one run that stand side by side. The same text has the same number
// within one reading. What a figure does not have is 0 in its column.
struct FigureColumns {
  static constexpr std::size_t kMost = 512;
  template <class Number>
  using Column = std::array<Number, kMost>;

  const Definition* definition = nullptr;
  std::string_view period;
  const Texts* areas = nullptr;
  const Texts* breakdowns = nullptr;

  std::size_t size = 0;
  Column<std::int64_t> area, breakdown, reading, null_reason, flags;
  Column<std::int64_t> numerator, denominator, n;  // numerator and denominator in millionths
  Column<bool> has_denominator, has_n;
};

// Takes figures one by one, or by columns where it can do with these.
class ColumnSink : public FigureSink {
 public:
  virtual bool takes_columns_of(const Definition& definition) const = 0;
  virtual void take_columns(const FigureColumns& figures) = 0;
};

}  // namespace qd::reading
