#include "core/tables/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/text/lower.hpp"
#include "core/text/text_check.hpp"

namespace qd::tables {
namespace {

constexpr std::int64_t kMillionthsOfPenny = Number::kScale / 100;

// What a kind is called in a sentence, and how it is written.
struct Writing {
  std::string_view name, hint;
};

Writing writing_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kInteger:
    case ColumnKind::kMinutes:
      return {"a whole number", "write digits only, e.g. 90"};
    case ColumnKind::kNumber:
      return {"a number",
              "write a plain decimal, e.g. 918.2: no blanks, no thousands separators, at most six "
              "decimals"};
    case ColumnKind::kDate:
      return {"a date", "write year-month-day, e.g. 2026-04-01"};
    case ColumnKind::kYesNo:
      return {"yes or no", "write yes or no (1 or 0 will do)"};
    case ColumnKind::kMoney:
      return {"a sum of money",
              "write pounds and pence, e.g. 12.34: no currency sign, no thousands separators, at "
              "most two decimals"};
    case ColumnKind::kText:
      break;
  }
  return {"text", "save it as UTF-8 (of a spreadsheet: CSV UTF-8)"};
}

std::optional<Cell> read_integer(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stop != end) return std::nullopt;
  return Cell::of(value);
}

std::optional<Cell> read_yes_no(std::string_view text) {
  const std::string word = text::lower(text.substr(0, 6));
  if (word == "yes" || word == "true" || word == "1") return Cell::of(std::int64_t{1});
  if (word == "no" || word == "false" || word == "0") return Cell::of(std::int64_t{0});
  return std::nullopt;
}

// Pence, exactly: 12.345 is no sum of money, and never becomes one by rounding.
std::optional<Cell> read_money(std::string_view text) {
  const auto pounds = Number::parse(text);
  if (!pounds || pounds->millionths % kMillionthsOfPenny != 0) return std::nullopt;
  return Cell::of(pounds->millionths / kMillionthsOfPenny);
}

template <class T>
std::optional<Cell> cell_of(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return Cell::of(*value);
}

std::optional<Cell> read(ColumnKind kind, std::string_view text) {
  switch (kind) {
    case ColumnKind::kInteger:
    case ColumnKind::kMinutes:
      return read_integer(text);
    case ColumnKind::kNumber:
      return cell_of(Number::parse(text));
    case ColumnKind::kDate:
      return cell_of(parse_date(text));
    case ColumnKind::kYesNo:
      return read_yes_no(text);
    case ColumnKind::kMoney:
      return read_money(text);
    case ColumnKind::kText:
      break;
  }
  const bool is_fine = !text::find_bad_byte(text) && !text::find_hidden(text);
  return is_fine ? std::optional(Cell::of(text)) : std::nullopt;
}

// What is wrong with a cell, as far as its kind is concerned.
BrokenRule flaw_of(const ColumnSpec& column, std::size_t at, std::string_view text) {
  const Writing writing = writing_of(column.kind);
  BrokenRule flaw{at, "", std::string(writing.hint), ErrorCode::kCellMalformed,
                  fmt::format("{} is not {}", column.name, writing.name)};
  if (column.kind != ColumnKind::kText) {
    flaw.reason = fmt::format("'{}' is not {}", text::shortened(text), writing.name);
  } else if (const auto bad = text::find_bad_byte(text)) {
    flaw.reason = fmt::format("byte {} of the cell is 0x{:02X}, which is not UTF-8 text",
                              bad->position, bad->byte);
  } else {
    const auto hidden = text::find_hidden(text);
    flaw.reason = fmt::format(
        "byte {} of the cell begins U+{:04X}, which is not seen and changes how it reads",
        hidden->position, static_cast<std::uint32_t>(hidden->code));
    flaw.hint = "take the character out, or type the text anew";
    flaw.cause = fmt::format("{} has a character that is not seen", column.name);
  }
  return flaw;
}

}  // namespace

tl::expected<Cell, BrokenRule> parse_cell(const TableSpec& table, std::size_t at,
                                          std::string_view text) {
  if (text.empty()) return Cell{};
  const ColumnSpec& column = table.columns[at];
  if (const auto cell = read(column.kind, text)) return *cell;
  return tl::unexpected(flaw_of(column, at, text));
}

std::optional<Error> overlong(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::nullopt;
  return Error{ErrorCode::kCellMalformed,
               fmt::format("'{}' is {} bytes long, and at most {} are taken", text::shortened(text),
                           text.size(), most),
               "shorten it"};
}

std::string cell_text(const ColumnSpec& column, const Cell& cell) {
  if (!cell.present) return {};
  switch (column.kind) {
    case ColumnKind::kInteger:
    case ColumnKind::kMinutes:
      return std::to_string(cell.value);
    case ColumnKind::kNumber:
      return Number{cell.value}.text();
    case ColumnKind::kDate:
      return to_text(date_of(static_cast<std::int32_t>(cell.value)));
    case ColumnKind::kYesNo:
      return cell.value == 0 ? "no" : cell.value == 1 ? "yes" : std::to_string(cell.value);
    case ColumnKind::kMoney:
      return fmt::format("{}{}.{:02}", cell.value < 0 ? "-" : "", std::abs(cell.value / 100),
                         std::abs(cell.value % 100));
    case ColumnKind::kText:
      break;
  }
  return std::string(cell.text);
}

}  // namespace qd::tables
