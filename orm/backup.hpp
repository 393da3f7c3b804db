// Keeping what there is: a copy of a database in one file, proved, and put back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/error.hpp"

namespace qd::orm {

struct KeptTable {
  std::string name;
  std::int64_t n_rows = 0;
  std::string digest;  // of its rows, in whatever order
};

struct Backup {
  Instant taken_at{};             // what was committed by then is in it
  int version = 0;                // of the database
  std::vector<KeptTable> tables;  // by name

  std::int64_t n_rows() const;
};

// All of the database at one moment, while others go on reading and writing, as one file: an SQLite
// database of rows, from either engine. It appears under its name when it is whole, was read again
// and gave what was written; with `rehearsed` it was also put back into a database made for that.
// Only its owner may read it: it holds what is held about people. Errors: kStoreUnavailable,
// kStoreNewer and kStoreOlder (rehearsed, and not of this program's version), kFileUnreadable.
Result<Backup> back_up(const std::string& url, const std::filesystem::path& file, Instant now,
                       bool rehearsed);

// Reads all of it. Errors: kFileUnreadable, which says that it is no backup, or what of it is not
// as it was written.
Result<Backup> read_backup(const std::filesystem::path& file);

// Puts it into a database in which nothing is yet: all of it or nothing, compared afterwards.
// Errors: those of read_backup; kStoreConflict when there is something, and what that is;
// kStoreOlder and kStoreNewer when the backup is of another version; kStoreUnavailable.
Result<Backup> restore(const std::filesystem::path& file, const std::string& url);

// What is in a database that a restore would be refused for, as "812 rows in 9 tables, among them
// 4 loads, 2 runs and 1 return"; "": nothing.
Result<std::string> what_is_in(const std::string& url);

}  // namespace qd::orm
