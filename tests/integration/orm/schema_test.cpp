#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/tables/shipped_tables.hpp"
#include "orm/guarded.hpp"
#include "tests/integration/orm/records.hpp"

namespace qd::tests {
namespace {

namespace fs = std::filesystem;

std::string file_text(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

struct LiveColumn {
  std::string name, type;
  bool required = false;
  bool operator==(const LiveColumn&) const = default;
};
void PrintTo(const LiveColumn& column, std::ostream* out) {
  *out << column.name << ' ' << column.type << (column.required ? " NOT NULL" : "");
}

// The columns as the database has them now, in their order.
std::vector<LiveColumn> live_columns(orm::SqlConnection& connection, const std::string& table) {
  const bool sqlite = connection.engine() == orm::DatabaseKind::kSqlite;
  const auto rows =
      connection.query(sqlite ? "SELECT name, lower(type), \"notnull\" FROM pragma_table_info(?) "
                                "ORDER BY cid"
                              : "SELECT column_name, lower(column_type), is_nullable = 'NO' FROM "
                                "information_schema.columns WHERE table_schema = DATABASE() "
                                "AND table_name = ? ORDER BY ordinal_position",
                       {table});
  std::vector<LiveColumn> columns;
  while (rows->next())
    columns.push_back(
        {std::string(rows->text(0)), std::string(rows->text(1)), rows->number(2) != 0});
  return columns;
}

std::vector<LiveColumn> by_name(std::vector<LiveColumn> columns) {
  std::sort(columns.begin(), columns.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return columns;
}

// Texts of a key are as long as an index takes; on MariaDB TEXT is 65,535 bytes, on SQLite the
// store itself holds texts to that.
std::string type_on(orm::DatabaseKind engine, const TableSpec& spec, std::size_t at) {
  const bool sqlite = engine == orm::DatabaseKind::kSqlite;
  switch (spec.columns[at].type()) {
    case ColumnType::kText:
      return at < spec.n_key ? fmt::format("varchar({})", kKeyTextBytes) : "text";
    case ColumnType::kDate:
      return sqlite ? "integer" : "int(11)";
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      break;
  }
  return sqlite ? "integer" : "bigint(20)";
}

std::vector<LiveColumn> expected_columns(orm::DatabaseKind engine, const TableSpec& spec) {
  const bool sqlite = engine == orm::DatabaseKind::kSqlite;
  const std::string number = sqlite ? "integer" : "bigint(20)";
  std::vector<LiveColumn> columns = {{"id", number, true},
                                     {"recorded_at", number, true},
                                     {"superseded_at", number, false},
                                     {"live", sqlite ? "integer" : "tinyint(4)", false},
                                     {"load_id", number, true}};
  for (std::size_t at = 0; at < spec.columns.size(); ++at)
    columns.push_back(
        {spec.columns[at].name, type_on(engine, spec, at), spec.columns[at].required});
  return columns;
}

// Of the index that keeps a record from being there twice.
std::vector<std::string> unique_columns(orm::SqlConnection& connection, const std::string& table) {
  const bool sqlite = connection.engine() == orm::DatabaseKind::kSqlite;
  const auto rows = connection.query(
      sqlite ? "SELECT i.name FROM pragma_index_list(?) l, "
               "pragma_index_info(l.name) i WHERE l.\"unique\" = 1 ORDER BY i.seqno"
             : "SELECT column_name FROM information_schema.statistics WHERE "
               "table_schema = DATABASE() AND table_name = ? AND non_unique = 0 "
               "AND index_name <> 'PRIMARY' ORDER BY seq_in_index",
      {table});
  std::vector<std::string> columns;
  while (rows->next()) columns.emplace_back(rows->text(0));
  return columns;
}

std::vector<std::string> key_and_live(const TableSpec& spec) {
  std::vector<std::string> columns;
  for (std::size_t at = 0; at < spec.n_key; ++at) columns.push_back(spec.columns[at].name);
  columns.emplace_back("live");
  return columns;
}

std::vector<std::string> all_tables() {
  std::vector<std::string> tables = {"loads",       "runs",       "run_notes", "fact_definitions",
                                     "facts",       "schedules",  "workbooks", "declared_tables",
                                     "return_runs", "deliveries", "api_keys",  "record_readings"};
  for (const auto& spec : tables::shipped_tables()) tables.push_back(spec.name);
  return tables;
}

class SchemaTest : public testing::TestWithParam<orm::DatabaseKind> {
 protected:
  std::string url_ = make_test_database(GetParam());
};
QUARTERDAY_BOTH_ENGINES(SchemaTest);

TEST_P(SchemaTest, EveryInputTableIsInTheDatabaseAsItsSpecSays) {
  must(orm::migrate_database(url_));
  const auto connection = connect_to(url_);
  for (const auto& spec : tables::shipped_tables()) {
    SCOPED_TRACE(spec.name);
    EXPECT_EQ(live_columns(*connection, spec.name), expected_columns(GetParam(), spec));
    EXPECT_EQ(unique_columns(*connection, spec.name), key_and_live(spec));
  }
}

TEST_P(SchemaTest, NoTwoVersionsOfARecordCanBothBeLive) {
  must(orm::migrate_database(url_));
  const auto connection = connect_to(url_);
  const auto insert = [&](orm::Value live) {
    return orm::guarded([&] {
      connection->execute(
          "INSERT INTO persons (recorded_at, live, load_id, code, relationship, area) "
          "VALUES (1, ?, 1, 'P1', 'TENANT', 'N1')",
          {live});
    });
  };
  const orm::Value live = std::int64_t{1};
  must(insert(live));
  must(insert(std::monostate{}));
  must(insert(std::monostate{}));
  EXPECT_EQ(refusal(insert(live)), ErrorCode::kStoreConflict);
}

TEST_P(SchemaTest, MigratingAgainChangesNothing) {
  const auto first = must(orm::migrate_database(url_));
  EXPECT_EQ(first.from_version, 0);
  EXPECT_GE(first.to_version, 1);
  load_lines(must(orm::open_database(url_))->observations(), table_of("persons"), {"P1,TENANT,N1"},
             10);
  const auto second = must(orm::migrate_database(url_));
  EXPECT_EQ(second.from_version, first.to_version);
  EXPECT_EQ(second.to_version, first.to_version);
  EXPECT_EQ(connect_to(url_)->number("SELECT count(*) FROM persons"), 1);
}

TEST_P(SchemaTest, ManyMayMigrateAtTheSameTime) {
  std::vector<std::thread> threads;
  std::atomic<int> created{0};
  for (int at = 0; at < 4; ++at) {
    threads.emplace_back([&] {
      if (must(orm::migrate_database(url_)).from_version == 0) ++created;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(created, 1);
  must(must(orm::open_database(url_))->ping());
}

TEST_P(SchemaTest, BesideFactsThereIsAColumnForEveryFieldOfADefinition) {
  must(orm::migrate_database(url_));
  const auto columns = live_columns(*connect_to(url_), "fact_definitions");
  for (const auto& field : definition_fields())
    EXPECT_THAT(columns, testing::Contains(testing::Field(&LiveColumn::name, field.name)));
  EXPECT_EQ(columns.size(), definition_fields().size() + 5)
      << "and id, digest, captured, revision, recorded_at";
}

TEST_P(SchemaTest, AnEmptyDatabaseIsRefusedUntilItIsMigrated) {
  EXPECT_EQ(refusal(orm::open_database(url_)), ErrorCode::kStoreOlder);
  must(orm::migrate_database(url_));
  must(must(orm::open_database(url_))->ping());
}

TEST_P(SchemaTest, ADatabaseOfANewerProgramIsRefusedAndLeftAlone) {
  must(orm::migrate_database(url_));
  connect_to(url_)->execute("UPDATE schema_version SET version = 999");
  EXPECT_EQ(refusal(orm::open_database(url_)), ErrorCode::kStoreNewer);
  EXPECT_EQ(refusal(orm::migrate_database(url_)), ErrorCode::kStoreNewer);
  EXPECT_EQ(connect_to(url_)->number("SELECT version FROM schema_version"), 999);
}

TEST_P(SchemaTest, TablesThatAreNotOursAreNotRemoved) {
  connect_to(url_)->script("CREATE TABLE persons (mine INTEGER)");
  connect_to(url_)->script("INSERT INTO persons VALUES (7)");
  EXPECT_EQ(refusal(orm::migrate_database(url_)), ErrorCode::kStoreUnavailable);
  EXPECT_EQ(connect_to(url_)->number("SELECT mine FROM persons"), 7);
}

// MariaDB commits each table as it is made: a program killed meanwhile leaves some of them.
TEST_P(SchemaTest, AFirstMigrationThatWasKilledMidwayCanBeRepeated) {
  must(orm::migrate_database(url_));
  const auto connection = connect_to(url_);
  connection->script("DELETE FROM schema_version");
  connection->script("DROP TABLE facts");
  connection->script("DROP TABLE persons");
  if (GetParam() ==
      orm::DatabaseKind::kSqlite) {  // all or nothing: such a thing is not of our making
    EXPECT_EQ(refusal(orm::migrate_database(url_)), ErrorCode::kStoreUnavailable);
    return;
  }
  EXPECT_EQ(must(orm::migrate_database(url_)).from_version, 0);
  for (const auto& table : all_tables()) EXPECT_FALSE(live_columns(*connection, table).empty());
  must(must(orm::open_database(url_))->ping());
}

TEST_P(SchemaTest, TablesWithoutAVersionThatHoldSomethingStay) {
  must(orm::migrate_database(url_));
  load_lines(must(orm::open_database(url_))->observations(), table_of("persons"), {"P1,TENANT,N1"},
             10);
  const auto connection = connect_to(url_);
  connection->script("DELETE FROM schema_version");
  EXPECT_EQ(refusal(orm::migrate_database(url_)), ErrorCode::kStoreUnavailable);
  EXPECT_EQ(connection->number("SELECT count(*) FROM persons"), 1);
}

TEST_P(SchemaTest, EmptyTablesThatAreNotOursStay) {
  const auto connection = connect_to(url_);
  connection->script("CREATE TABLE persons (mine INTEGER)");
  EXPECT_EQ(refusal(orm::migrate_database(url_)), ErrorCode::kStoreUnavailable);
  EXPECT_EQ(connection->number("SELECT count(mine) FROM persons"), 0);
}

// It holds persons and digests of keys.
TEST(SqliteFile, IsItsOwnersAlone) {
  const std::string url = make_test_database(orm::DatabaseKind::kSqlite);
  const fs::path file = url.substr(std::string("sqlite:///").size());
  fs::remove(file);
  const auto umask_before = ::umask(0);
  must(orm::migrate_database(url));
  const auto database = must(orm::open_database(url));
  load_lines(database->observations(), table_of("persons"), {"P1,TENANT,N1"}, 10);
  ::umask(umask_before);
  constexpr auto kOwner = fs::perms::owner_read | fs::perms::owner_write;
  int n_files = 0;
  for (const auto& entry : fs::directory_iterator(file.parent_path())) {
    EXPECT_EQ(entry.status().permissions(), kOwner) << entry.path();
    ++n_files;
  }
  EXPECT_GE(n_files, 2) << "the log beside it as well";
}

// What the first version's program made must open for ever; and no schema may change unnoticed.
TEST_P(SchemaTest, ADatabaseOfTheFirstVersionIsBroughtUpToDate) {
  const fs::path folder = fs::path(QUARTERDAY_SOURCE_DIR) / "tests/integration/orm/data";
  const auto connection = connect_to(url_);
  std::istringstream script(file_text(folder / ("v1-" + engine_name(GetParam()) + ".sql")));
  for (std::string statement; std::getline(script, statement, ';');) {
    if (statement.find_first_not_of(" \n") != statement.npos) connection->script(statement);
  }
  EXPECT_EQ(must(orm::migrate_database(url_)).from_version, 1);
  const auto database = must(orm::open_database(url_));
  EXPECT_EQ(lines_at(database->observations(), table_of("persons"), 15),
            std::vector<std::string>{"P1,TENANT,N1"});
  EXPECT_EQ(must(database->figures().facts({})).size(), 1U);

  const std::string fresh = make_test_database(GetParam());
  must(orm::migrate_database(fresh));
  const auto as_made_now = connect_to(fresh);
  for (const auto& table : all_tables()) {
    EXPECT_FALSE(live_columns(*as_made_now, table).empty()) << table;
    EXPECT_EQ(by_name(live_columns(*connection, table)), by_name(live_columns(*as_made_now, table)))
        << table << ": change the model's version with it";
  }
}

TEST(SchemaChangeLog, IsCommittedAsTheRowsAre) {
  for (const char* name : {"quarterday_rows-mysql.xml", "quarterday_rows-sqlite.xml"}) {
    const auto committed = file_text(fs::path(QUARTERDAY_SOURCE_DIR) / "orm/changelog" / name);
    EXPECT_FALSE(committed.empty());
    EXPECT_TRUE(committed == file_text(fs::path(QUARTERDAY_BINARY_DIR) / "orm/changelog" / name))
        << name << ": run ninja orm_changelog and commit it";
  }
}

TEST(MissingDatabase, IsRefusedWithAWayOut) {
  const auto opened = orm::open_database("sqlite:////nowhere/at/all.db");
  EXPECT_EQ(refusal(opened), ErrorCode::kStoreOlder);
  EXPECT_THAT(opened.error().hint, testing::HasSubstr("quarterday migrate"));
  EXPECT_EQ(refusal(orm::migrate_database("sqlite:////nowhere/at/all.db")),
            ErrorCode::kStoreUnavailable);
  EXPECT_EQ(refusal(orm::open_database("mysql://nobody:secret@127.0.0.1:1/none")),
            ErrorCode::kStoreUnavailable);
}

}  // namespace
}  // namespace qd::tests
