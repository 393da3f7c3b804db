#include "server/cli/backups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace qd::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBegin = "quarterday-", kEnd = ".db";
constexpr std::size_t kInstantLength = 18;  // "2026-11-27T181500Z"

// An instant without what some file systems do not take in a name.
std::string name_part(Instant instant) {
  std::string text = to_text(instant).substr(0, 19);
  text.erase(std::remove(text.begin(), text.end(), ':'), text.end());
  return text + "Z";
}

bool is_one_of_ours(const std::string& name) {
  return name.size() == kBegin.size() + kInstantLength + kEnd.size() && name.starts_with(kBegin) &&
         name.ends_with(kEnd) && name[kBegin.size()] == '2';
}

tl::unexpected<Error> unusable(const fs::path& folder, const std::error_code& error) {
  return fail(ErrorCode::kFileUnreadable,
              fmt::format("the folder {} cannot be used: {}", folder.string(), error.message()),
              "name a file of your own: quarterday backup FILE");
}

}  // namespace

Result<fs::path> new_backup_file(const fs::path& state_directory, Instant now,
                                 const std::string& why) {
  const fs::path folder = state_directory / "backups";
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (error) return unusable(folder, error);
  return folder /
         fmt::format("{}{}{}{}", kBegin, why.empty() ? "" : why + "-", name_part(now), kEnd);
}

std::string sentence(const orm::Backup& backup, const fs::path& file) {
  return fmt::format(
      "backup {}: {} rows in {} tables of a database of version {}, all that was committed by {}",
      file.string(), backup.n_rows(), backup.tables.size(), backup.version,
      to_text(backup.taken_at));
}

Result<int> drop_older_backups(const fs::path& newest, int kept) {
  const fs::path folder = fs::absolute(newest).parent_path();
  std::error_code error;
  std::vector<fs::path> ours;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (is_one_of_ours(entry.path().filename().string())) ours.push_back(entry.path());
  std::sort(ours.rbegin(), ours.rend());
  int n_dropped = 0;
  for (auto at = static_cast<std::size_t>(kept); at < ours.size() && !error; ++at)
    if (fs::remove(ours[at], error)) ++n_dropped;
  if (error) return unusable(folder, error);
  return n_dropped;
}

}  // namespace qd::cli
