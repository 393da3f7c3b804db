#include "core/tables/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/text/text_check.hpp"

namespace qd::tables {
namespace {

tl::unexpected<Error> malformed(std::string_view text, std::string_view what, std::string hint) {
  return fail(ErrorCode::kCellMalformed, fmt::format("'{}' is not {}", text::shortened(text), what),
              std::move(hint));
}

Result<Cell> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stop != end) {
    return malformed(text, "a whole number", "write digits only, e.g. 90");
  }
  return Cell::of(value);
}

Result<Cell> parse_number(std::string_view text) {
  const auto number = Number::parse(text);
  if (!number) {
    return malformed(text, "a number",
                     "write a plain decimal, e.g. 918.2: no blanks, no thousands separators, at "
                     "most six decimals");
  }
  return Cell::of(*number);
}

char small(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

Result<Cell> parse_yes_no(std::string_view text) {
  std::string word(text);
  std::transform(word.begin(), word.end(), word.begin(), small);
  if (word == "yes" || word == "true" || word == "1") return Cell::of(std::int64_t{1});
  if (word == "no" || word == "false" || word == "0") return Cell::of(std::int64_t{0});
  return malformed(text, "yes or no", "write yes or no (1 or 0 will do)");
}

// Pence, exactly: 12.345 is no sum of money, and never becomes one by rounding.
Result<Cell> parse_money(std::string_view text) {
  constexpr std::int64_t kMillionthsOfPenny = Number::kScale / 100;
  const auto pounds = Number::parse(text);
  if (!pounds || pounds->millionths % kMillionthsOfPenny != 0) {
    return malformed(text, "a sum of money",
                     "write pounds and pence, e.g. 12.34: no sign of the currency, no thousands "
                     "separators, at most two decimals");
  }
  return Cell::of(pounds->millionths / kMillionthsOfPenny);
}

Result<Cell> parse_day(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) return malformed(text, "a date", "write year-month-day, e.g. 2026-04-01");
  return Cell::of(*date);
}

Result<Cell> refuse_choice(const ColumnSpec& column, std::string_view text) {
  const std::string nearest = text::nearest_word(text, column.allowed);
  const std::string choice = fmt::format("one of {}", fmt::join(column.allowed, ", "));
  return malformed(text, "taken here",
                   nearest.empty() ? "write " + choice
                                   : fmt::format("did you mean {}? It is {}", nearest, choice));
}

Result<Cell> parse_text(const ColumnSpec& column, std::string_view text, std::size_t most_bytes) {
  if (const auto bad = text::find_bad_byte(text)) {
    return fail(ErrorCode::kCellMalformed,
                fmt::format("byte {} of the cell is 0x{:02X}, which is not UTF-8 text",
                            bad->position, bad->byte),
                "save the file as CSV UTF-8");
  }
  const auto& allowed = column.allowed;
  if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
    return refuse_choice(column, text);
  }
  if (auto error = overlong(text, most_bytes)) return fail(std::move(*error));
  return Cell::of(text);
}

}  // namespace

std::optional<Error> overlong(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::nullopt;
  return Error{ErrorCode::kCellMalformed,
               fmt::format("'{}' is {} bytes long, and at most {} are taken", text::shortened(text),
                           text.size(), most),
               "shorten it"};
}

Result<Cell> parse_cell(const TableSpec& table, std::size_t at, std::string_view text) {
  const ColumnSpec& column = table.columns[at];
  if (text.empty() && column.required) {
    return fail(ErrorCode::kCellMissing, fmt::format("{} is empty", column.name),
                "fill it in, or leave the line out");
  }
  if (text.empty()) return Cell{};
  switch (column.kind) {
    case ColumnKind::kInteger:
    case ColumnKind::kMinutes:
      return parse_integer(text);
    case ColumnKind::kNumber:
      return parse_number(text);
    case ColumnKind::kDate:
      return parse_day(text);
    case ColumnKind::kYesNo:
      return parse_yes_no(text);
    case ColumnKind::kMoney:
      return parse_money(text);
    case ColumnKind::kText:
      break;
  }
  return parse_text(column, text, table.most_text_bytes(at));
}

}  // namespace qd::tables
