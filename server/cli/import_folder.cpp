#include "server/cli/import_folder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/lower.hpp"
#include "core/text/nearest.hpp"

namespace qd::cli {
namespace {

Result<std::vector<std::filesystem::path>> csv_files(const std::filesystem::path& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed))
    if (text::lower(entry->path().extension().string()) == ".csv") files.push_back(entry->path());
  if (failed)
    return fail(ErrorCode::kFileUnreadable,
                fmt::format("{} cannot be read: {}", folder.string(), failed.message()),
                "name the folder the files lie in");
  if (files.empty())
    return fail(ErrorCode::kFileUnreadable, fmt::format("{} holds no CSV file", folder.string()),
                "name the folder the files lie in");
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<std::vector<TableFile>> table_files(const std::filesystem::path& folder,
                                           const std::vector<std::string>& tables) {
  const auto files = csv_files(folder);
  if (!files) return fail(files.error());
  for (const auto& file : *files) {
    const std::string name = file.stem().string();
    if (std::find(tables.begin(), tables.end(), name) != tables.end()) continue;
    return fail(ErrorCode::kTableUnknown,
                fmt::format("{} is named after no table; nothing was loaded", file.string()),
                text::nearest_hint(name, tables));
  }
  std::vector<TableFile> found;
  for (const auto& table : tables)
    for (const auto& file : *files)
      if (file.stem() == table) found.push_back({table, file});
  return found;
}

void add(capture::ImportReport& whole, const capture::ImportReport& part) {
  whole.lines_read += part.lines_read;
  whole.lines_refused += part.lines_refused;
  const auto append = [](auto& all, const auto& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  append(whole.tables, part.tables);
  append(whole.refusals, part.refusals);
  append(whole.causes, part.causes);
  append(whole.notes, part.notes);
  whole.committed = part.committed;
}

std::string kept_before(const capture::ImportReport& whole) {
  if (whole.tables.empty()) return "nothing was kept before";
  std::vector<std::string> names;
  for (const auto& [table, counts] : whole.tables) names.push_back(table);
  return fmt::format("kept before: {}", fmt::join(names, ", "));
}

}  // namespace qd::cli
