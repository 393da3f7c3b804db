#include "demo/demo_files.hpp"

#include <fmt/format.h>

#include <fstream>

#include "core/tables/shipped_tables.hpp"

namespace qd::demo {
namespace {

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + "\"";
}

std::string headings(const TableSpec& table) {
  std::string line;
  for (const auto& column : table.columns) line += (line.empty() ? "" : ",") + column.name;
  return line + "\n";
}

Result<void> write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) return {};
  return fail(ErrorCode::kFileUnreadable, fmt::format("{} cannot be written", file.string()),
              "check the folder and its permissions");
}

}  // namespace

void DemoFiles::add(std::string_view table, const Record& record) {
  const TableSpec& spec = *tables::shipped_table(table);
  std::vector<std::string> cells(spec.columns.size());
  for (const auto& [column, text] : record) cells[spec.index_of(column)] = csv_cell(text);
  lines_[spec.name] += fmt::format("{}\n", fmt::join(cells, ","));
}

Result<void> DemoFiles::write(const std::filesystem::path& folder) const {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  for (const auto& table : tables::shipped_tables()) {
    const auto lines = lines_.find(table.name);
    const std::string text = headings(table) + (lines == lines_.end() ? "" : lines->second);
    if (auto done = write_file(folder / (table.name + ".csv"), text); !done) return done;
  }
  return {};
}

}  // namespace qd::demo
