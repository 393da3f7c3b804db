#include "core/capture/csv/csv_columns.hpp"

#include <fmt/format.h>

#include <string>

#include "core/text/nearest.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture::csv {
namespace {

std::vector<std::string> names_of(const TableSpec& table) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(column.name);
  return names;
}

std::string hint_for(const TableSpec& table, const std::string& heading) {
  if (heading.find(';') != std::string::npos) {
    return "columns are separated by semicolons: save the file with commas";
  }
  const auto names = names_of(table);
  const std::string nearest = text::nearest(heading, names);
  if (!nearest.empty()) return fmt::format("did you mean '{}'?", nearest);
  return fmt::format("the columns of {} are {}", table.name, fmt::join(names, ", "));
}

Result<std::size_t> place(const TableSpec& table, const std::string& heading) {
  const std::size_t column = table.index_of(heading);
  if (column < table.columns.size()) return column;
  return fail(ErrorCode::kHeadingUnknown,
              heading.empty()
                  ? std::string("has no heading")
                  : fmt::format("'{}' is no column of {}", text::shortened(heading), table.name),
              hint_for(table, heading));
}

Result<void> require_all(const TableSpec& table, const CsvColumns& columns,
                         const std::filesystem::path& file) {
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const bool placed = columns.of_table[i] != CsvColumns::kAbsent;
    if (table.columns[i].required && !placed) missing.push_back(table.columns[i].name);
  }
  if (missing.empty()) return {};
  return fail(ErrorCode::kHeadingMissing,
              fmt::format("{} has no column {}", file.string(), fmt::join(missing, ", ")),
              fmt::format("{} needs it; the first line of the file names the columns", table.name));
}

}  // namespace

Result<CsvColumns> place_headings(const TableSpec& table, const CsvRecord& headings,
                                  const std::filesystem::path& file) {
  CsvColumns columns{std::vector<std::size_t>(table.columns.size(), CsvColumns::kAbsent),
                     headings.fields.size()};
  for (std::size_t i = 0; i < headings.fields.size(); ++i) {
    const auto where = fmt::format("{} line {}, column {}", file.string(), headings.line, i + 1);
    const auto column = place(table, headings.fields[i].text);
    if (!column) {
      return fail(column.error().code, fmt::format("{}: {}", where, column.error().message),
                  column.error().hint);
    }
    if (columns.of_table[*column] != CsvColumns::kAbsent) {
      return fail(ErrorCode::kHeadingUnknown,
                  fmt::format("{}: '{}' stands there twice", where, headings.fields[i].text),
                  "keep one of the two columns");
    }
    columns.of_table[*column] = i;
  }
  if (auto complete = require_all(table, columns, file); !complete) return fail(complete.error());
  return columns;
}

}  // namespace qd::capture::csv
