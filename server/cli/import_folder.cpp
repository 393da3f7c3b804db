#include "server/cli/import_folder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/lower.hpp"
#include "core/text/nearest.hpp"

namespace qd::cli {
namespace {

using Paths = std::vector<std::filesystem::path>;

Result<Paths> entries_of(const std::filesystem::path& folder) {
  std::error_code failed;
  Paths entries;
  for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed))
    entries.push_back(entry->path());
  if (failed)
    return fail(ErrorCode::kFileUnreadable,
                fmt::format("{} cannot be read: {}", folder.string(), failed.message()),
                "name the folder the files lie in");
  std::sort(entries.begin(), entries.end());
  return entries;
}

bool is_csv(const std::filesystem::path& file) {
  return text::lower(file.extension().string()) == ".csv";
}

Result<void> check_name(const std::filesystem::path& file, const std::vector<std::string>& tables) {
  const std::string name = file.stem().string();
  if (std::find(tables.begin(), tables.end(), name) != tables.end()) return {};
  return fail(ErrorCode::kTableUnknown,
              fmt::format("{} is named after no table; nothing was loaded", file.string()),
              text::nearest_hint(name, tables));
}

}  // namespace

Result<FolderContent> table_files(const std::filesystem::path& folder,
                                  const std::vector<std::string>& tables) {
  auto entries = entries_of(folder);
  if (!entries) return fail(entries.error());
  const auto others = std::stable_partition(entries->begin(), entries->end(), is_csv);
  const Paths files(entries->begin(), others);
  if (files.empty())
    return fail(ErrorCode::kFileUnreadable, fmt::format("{} holds no CSV file", folder.string()),
                "name the folder the files lie in");
  for (const auto& file : files)
    if (auto named = check_name(file, tables); !named) return fail(named.error());
  FolderContent content;
  for (const auto& table : tables)
    for (const auto& file : files)
      if (file.stem() == table) content.files.push_back({table, file});
  for (auto other = others; other != entries->end(); ++other)
    content.passed_over.push_back(other->filename().string());
  return content;
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
