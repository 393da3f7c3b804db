// Where backups lie, and the words about them.
#pragma once

#include <filesystem>
#include <string>

#include "orm/backup.hpp"

namespace qd::cli {

// "quarterday-2026-11-27T181500Z.db" in the folder `backups` of the state directory, which is made.
// why: "" or a word that stands in its name.
Result<std::filesystem::path> new_backup_file(const std::filesystem::path& state_directory,
                                              Instant now, const std::string& why = "");
// "backup FILE: 12,345 rows in 27 tables, all that was committed by 2026-11-27T18:15:00Z"
std::string sentence(const orm::Backup& backup, const std::filesystem::path& file);
// All but the newest so many of those beside it that were named by new_backup_file without a word;
// how many went. Errors: kFileUnreadable.
Result<int> drop_older_backups(const std::filesystem::path& newest, int kept);

}  // namespace qd::cli
