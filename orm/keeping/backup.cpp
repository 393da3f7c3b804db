#include "orm/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <stdexcept>
#include <utility>

#include "orm/database.hpp"
#include "orm/guarded.hpp"
#include "orm/keeping/kept_rows.hpp"
#include "orm/sql/dialect.hpp"
#include "orm/stores/declared_table.hpp"
#include "orm/url.hpp"

namespace qd::orm {
namespace {

namespace fs = std::filesystem;

// Which version the schema has is ODB's own table, and goes with the schema.
constexpr const char* kSchemaTable = "schema_version";
// In a backup: when, of what, and what of each table there has to be.
constexpr const char* kBackupTable = "kept_backup";
constexpr const char* kTablesTable = "kept_tables";

std::unique_ptr<SqlConnection> connect(const Target& target) {
  return target.engine == DatabaseKind::kSqlite ? connect_sqlite(target) : connect_mariadb(target);
}

// For reading all of it while others go on.
class Snapshot {
 public:
  explicit Snapshot(SqlConnection& connection) : connection_(connection) {
    connection_.begin_snapshot();
  }
  ~Snapshot() { connection_.roll_back(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  SqlConnection& connection_;
};

void flush_to_disk(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool flushed = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!flushed)
    throw std::runtime_error(
        fmt::format("{} does not reach the disk: {}", path.string(), std::strerror(errno)));
}

[[noreturn]] void refuse_file(const fs::path& path, const char* why) {
  throw std::runtime_error(fmt::format("cannot write {}: {}", path.string(), why));
}

// An empty file that goes again unless it is renamed. It is one program's at a time: who still
// wrote into what another has renamed would spoil it. A program that is killed holds nothing any
// more.
class Draft {
 public:
  explicit Draft(fs::path path)
      : path_(std::move(path)), file_(::open(path_.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600)) {
    if (file_ < 0) refuse_file(path_, std::strerror(errno));
    if (!is_ours() || ::ftruncate(file_, 0) != 0) {
      ::close(file_);
      refuse_file(path_, "another backup is being written there");
    }
  }
  // The lock goes last: until then nobody else makes a file of that name.
  ~Draft() {
    std::error_code ignored;
    if (!path_.empty())
      for (const char* ending : {"", "-journal", "-wal", "-shm"})
        fs::remove(path_.string() + ending, ignored);
    ::close(file_);
  }
  // Under its name, and on the disk.
  void become(const fs::path& file) {
    flush_to_disk(path_);
    fs::rename(path_, file);
    path_.clear();
    flush_to_disk(fs::absolute(file).parent_path());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  const fs::path& path() const { return path_; }
  Target target() const {
    Target target;
    target.path = path_.string();
    return target;
  }

 private:
  // Locked, and still the file of that name.
  bool is_ours() const {
    using Status = struct stat;
    Status opened{}, named{};
    return ::flock(file_, LOCK_EX | LOCK_NB) == 0 && ::fstat(file_, &opened) == 0 &&
           ::stat(path_.c_str(), &named) == 0 && opened.st_ino == named.st_ino;
  }

  fs::path path_;
  int file_;
};

int schema_version(SqlConnection& connection) {
  return static_cast<int>(
      connection.number(fmt::format("SELECT version FROM {} WHERE name = ''", kSchemaTable)));
}

std::vector<std::string> kept_names(SqlConnection& connection) {
  auto names = table_names(connection);
  names.erase(std::remove_if(names.begin(), names.end(),
                             [](const std::string& name) {
                               return name == kSchemaTable || name == kBackupTable ||
                                      name == kTablesTable;
                             }),
              names.end());
  return names;
}

void make_table(SqlConnection& kept, const std::string& table, const KeptColumns& columns) {
  const Dialect dialect(DatabaseKind::kSqlite);
  std::string list;
  for (const auto& column : columns)
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", dialect.quoted(column.name),
                        column.is_number ? "INTEGER" : "TEXT");
  kept.script(fmt::format("CREATE TABLE {} ({})", dialect.quoted(table), list));
}

void write_contents(SqlConnection& kept, const Backup& backup) {
  kept.script(fmt::format("CREATE TABLE {} (taken_at INTEGER, version INTEGER)", kBackupTable));
  kept.script(
      fmt::format("CREATE TABLE {} (name TEXT, n_rows INTEGER, digest TEXT)", kTablesTable));
  kept.execute(fmt::format("INSERT INTO {} VALUES (?, ?)", kBackupTable),
               {milliseconds(backup.taken_at), std::int64_t{backup.version}});
  for (const KeptTable& table : backup.tables)
    kept.execute(fmt::format("INSERT INTO {} VALUES (?, ?, ?)", kTablesTable),
                 {std::string_view(table.name), table.n_rows, std::string_view(table.digest)});
}

Backup write_backup(const Target& source, const Target& file, Instant now) {
  const auto from = connect(source);
  const auto kept = connect_sqlite(file);
  const Snapshot snapshot(*from);
  Backup backup{now, schema_version(*from), {}};
  SqlTransaction transaction(*kept);
  for (const auto& name : kept_names(*from)) {
    const auto columns = columns_of(*from, name);
    make_table(*kept, name, columns);
    backup.tables.push_back(copy_rows(*from, *kept, name, columns));
  }
  write_contents(*kept, backup);
  transaction.commit();
  return backup;
}

tl::unexpected<Error> no_backup(const fs::path& file, const std::string& why) {
  return fail(ErrorCode::kFileUnreadable,
              fmt::format("{} is no whole backup: {}", file.string(), why),
              "take another one; quarterday backup makes them");
}

// What it says of itself.
Backup read_contents(SqlConnection& kept) {
  Backup backup;
  const auto head = kept.query(fmt::format("SELECT taken_at, version FROM {}", kBackupTable));
  if (!head->next()) throw std::runtime_error("it does not say when it was taken");
  backup.taken_at = instant_of(head->number(0));
  backup.version = static_cast<int>(head->number(1));
  const auto tables =
      kept.query(fmt::format("SELECT name, n_rows, digest FROM {} ORDER BY name", kTablesTable));
  while (tables->next())
    backup.tables.push_back(
        {std::string(tables->text(0)), tables->number(1), std::string(tables->text(2))});
  return backup;
}

void expect_same(const KeptTable& found, const KeptTable& wanted) {
  if (found.n_rows == wanted.n_rows && found.digest == wanted.digest) return;
  throw std::runtime_error(found.n_rows == wanted.n_rows
                               ? fmt::format("a row of table {} is not as it was", wanted.name)
                               : fmt::format("table {} has {} rows, and had {}", wanted.name,
                                             found.n_rows, wanted.n_rows));
}

Backup checked(SqlConnection& kept) {
  Backup backup = read_contents(kept);
  std::vector<std::string> said;
  for (const KeptTable& table : backup.tables) said.push_back(table.name);
  if (said != kept_names(kept)) throw std::runtime_error("it has other tables than it says");
  for (const KeptTable& table : backup.tables)
    expect_same(digest_of(kept, table.name, columns_of(kept, table.name)), table);
  return backup;
}

// The tables of families, as they were declared last. Changes of a schema commit by themselves on
// MariaDB: they come before the rows, and an attempt that ended there leaves them empty.
void make_declared_tables(SqlConnection& kept, SqlConnection& to) {
  const auto there = table_names(to);
  const auto rows = kept.query("SELECT \"columns\" FROM declared_tables ORDER BY name");
  while (rows->next()) {
    const auto spec = newest_form(rows->text(0));
    if (!spec) throw std::runtime_error(spec.error().message);
    const auto physical = physical_table(*spec);
    if (!physical) throw std::runtime_error(physical.error().message);
    if (std::find(there.begin(), there.end(), physical->name) != there.end()) continue;
    for (const auto& sql : creation(*spec, *physical, Dialect(to.engine()))) to.script(sql);
  }
}

void copy_all(SqlConnection& kept, SqlConnection& to, const Backup& backup) {
  make_declared_tables(kept, to);
  SqlTransaction transaction(to);
  for (const KeptTable& table : backup.tables)
    copy_rows(kept, to, table.name, columns_of(kept, table.name));
  for (const KeptTable& table : backup.tables)
    expect_same(digest_of(to, table.name, columns_of(kept, table.name)), table);
  transaction.commit();
}

std::string contents_of(SqlConnection& connection) {
  std::int64_t n_rows = 0, n_tables = 0;
  std::map<std::string, std::int64_t> rows_of;
  for (const auto& name : kept_names(connection)) {
    const auto n = connection.number(
        fmt::format("SELECT count(*) FROM {}", Dialect(connection.engine()).quoted(name)));
    rows_of[name] = n;
    n_rows += n;
    n_tables += n > 0 ? 1 : 0;
  }
  if (n_rows == 0) return {};
  return fmt::format("{} rows in {} tables, among them {} loads, {} runs and {} returns", n_rows,
                     n_tables, rows_of["loads"], rows_of["runs"], rows_of["return_runs"]);
}

Result<Target> existing_file(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return no_backup(file, "there is no such file");
  Target target;
  target.path = file.string();
  return target;
}

tl::unexpected<Error> other_version(int of_backup, int of_program) {
  const bool newer = of_backup > of_program;
  return fail(newer ? ErrorCode::kStoreNewer : ErrorCode::kStoreOlder,
              fmt::format("the backup is of version {} of the database, this program's is {}",
                          of_backup, of_program),
              newer ? "use the newer program"
                    : "put it back with the program it was taken with, then: quarterday migrate");
}

// Into a database of its own beside it, and away again.
Result<void> rehearse(const fs::path& file) {
  const Draft scratch(file.string() + ".rehearsal");
  auto restored = restore(file, "sqlite:///" + fs::absolute(scratch.path()).string());
  if (!restored) return fail(restored.error());
  return {};
}

}  // namespace

std::int64_t Backup::n_rows() const {
  std::int64_t n = 0;
  for (const KeptTable& table : tables) n += table.n_rows;
  return n;
}

Result<Backup> back_up(const std::string& url, const fs::path& file, Instant now, bool rehearsed) {
  const auto source = parse_database_url(url);
  if (!source) return fail(source.error());
  return guarded([&]() -> Result<Backup> {
    Draft draft(file.string() + ".partial");
    const Backup backup = write_backup(*source, draft.target(), now);
    auto proved = read_backup(draft.path());
    if (!proved) return proved;
    if (rehearsed)
      if (auto restored = rehearse(draft.path()); !restored) return fail(restored.error());
    draft.become(file);
    return backup;
  });
}

Result<Backup> read_backup(const fs::path& file) {
  const auto target = existing_file(file);
  if (!target) return fail(target.error());
  const auto found = guarded([&] { return checked(*connect_sqlite(*target)); });
  if (!found) return no_backup(file, found.error().message);
  return *found;
}

Result<std::string> what_is_in(const std::string& url) {
  const auto target = parse_database_url(url);
  if (!target) return fail(target.error());
  if (unmade_embedded_file(url)) return std::string();
  return guarded([&] { return contents_of(*connect(*target)); });
}

Result<Backup> restore(const fs::path& file, const std::string& url) {
  auto backup = read_backup(file);
  if (!backup) return backup;
  const auto there = what_is_in(url);
  if (!there) return fail(there.error());
  if (!there->empty())
    return fail(
        ErrorCode::kStoreConflict,
        fmt::format("nothing was put back: what is in the database would be lost: {}", *there),
        "name an empty database, or one that is not there yet");
  const auto made = migrate_database(url);
  if (!made) return fail(made.error());
  if (made->to_version != backup->version) return other_version(backup->version, made->to_version);
  const auto target = parse_database_url(url);
  if (!target) return fail(target.error());
  const auto copied = guarded([&] {
    const auto from = existing_file(file);
    copy_all(*connect_sqlite(*from), *connect(*target), *backup);
  });
  if (!copied) return fail(copied.error());
  return backup;
}

}  // namespace qd::orm
