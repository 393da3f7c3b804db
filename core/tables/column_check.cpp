#include "core/tables/column_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/text/nearest.hpp"
#include "core/text/text_check.hpp"

namespace qd::tables {
namespace {

// What a cell's value is multiplied by to be in millionths of the unit it is written in.
std::int64_t millionths_of_one(ColumnKind kind) {
  if (kind == ColumnKind::kNumber) return 1;
  return kind == ColumnKind::kMoney ? Number::kScale / 100 : Number::kScale;
}

std::string range_text(std::optional<Number> least, std::optional<Number> most) {
  if (!most) return fmt::format("at least {} is taken", least->text());
  if (!least) return fmt::format("at most {} is taken", most->text());
  return fmt::format("{} to {} is taken", least->text(), most->text());
}

bool is_padded(std::string_view text) {
  return !text.empty() && (text.front() == ' ' || text.back() == ' ');
}

}  // namespace

ColumnCheck::ColumnCheck(const TableSpec& table, std::size_t at, Date today)
    : column_(table.columns[at]),
      at_(at),
      today_(today),
      most_bytes_(table.most_text_bytes(at)),
      is_code_(at < table.n_key || !table.columns[at].references.empty()) {}

// Time is not owed back: minutes are not negative unless the column says so.
std::optional<Number> ColumnCheck::least() const {
  if (column_.min || column_.kind != ColumnKind::kMinutes) return column_.min;
  return Number{};
}

std::optional<BrokenRule> ColumnCheck::broken(const Cell& cell) const {
  if (cell.refused) return std::nullopt;
  if (cell.present)
    return column_.kind == ColumnKind::kText ? broken_text(cell.text) : broken_value(cell);
  if (!column_.required) return std::nullopt;
  return BrokenRule{at_, fmt::format("{} is empty", column_.name),
                    "fill it in, or leave the line out", ErrorCode::kCellMissing};
}

std::optional<BrokenRule> ColumnCheck::broken_text(std::string_view text) const {
  const auto& allowed = column_.allowed;
  if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), text) == allowed.end())
    return no_choice(text);
  if (is_code_ && is_padded(text)) {
    return BrokenRule{at_, fmt::format("'{}' begins or ends with a blank", text::shortened(text)),
                      "remove the blank: codes are taken as they are written",
                      ErrorCode::kCellMalformed,
                      fmt::format("{} begins or ends with a blank", column_.name)};
  }
  auto error = overlong(text, most_bytes_);
  if (!error) return std::nullopt;
  return BrokenRule{at_, std::move(error->message), std::move(error->hint), error->code,
                    fmt::format("{} is longer than {} bytes", column_.name, most_bytes_)};
}

BrokenRule ColumnCheck::no_choice(std::string_view text) const {
  const std::string nearest = text::nearest(text, column_.allowed);
  const std::string choice = fmt::format("one of {}", fmt::join(column_.allowed, ", "));
  return {at_, fmt::format("'{}' is not taken here", text::shortened(text)),
          nearest.empty() ? "write " + choice
                          : fmt::format("did you mean {}? It is {}", nearest, choice),
          ErrorCode::kCellMalformed, fmt::format("{} is not {}", column_.name, choice)};
}

std::optional<BrokenRule> ColumnCheck::broken_value(const Cell& cell) const {
  if (column_.kind == ColumnKind::kDate) {
    if (!column_.not_after_today || cell.value <= days(today_)) return std::nullopt;
    return BrokenRule{at_, fmt::format("{} is still to come", cell_text(column_, cell)),
                      fmt::format("check the year; today is {}", to_text(today_)),
                      ErrorCode::kRuleBroken, fmt::format("{} is still to come", column_.name)};
  }
  if (column_.kind == ColumnKind::kYesNo && cell.value != 0 && cell.value != 1) {
    return BrokenRule{at_, fmt::format("{} is neither yes nor no", cell.value), "write yes or no",
                      ErrorCode::kRuleBroken,
                      fmt::format("{} is neither yes nor no", column_.name)};
  }
  const Wide value = Wide{cell.value} * millionths_of_one(column_.kind);
  const auto from = least();
  const bool low = from && value < from->millionths;
  const bool high = column_.max && value > column_.max->millionths;
  if (!low && !high) return std::nullopt;
  return outside(cell);
}

BrokenRule ColumnCheck::outside(const Cell& cell) const {
  const std::string range = range_text(least(), column_.max);
  return {at_, fmt::format("{} is {}, and {}", column_.name, cell_text(column_, cell), range),
          fmt::format("check it; {}: {}", column_.name, column_.meaning), ErrorCode::kRuleBroken,
          fmt::format("{} is out of range: {}", column_.name, range)};
}

}  // namespace qd::tables
