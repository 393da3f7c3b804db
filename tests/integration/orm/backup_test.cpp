// A backup is all of one moment, of either engine and for either; what is not whole is none.
#include "orm/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "core/reading/seals/audit_check.hpp"
#include "tests/integration/orm/records.hpp"

namespace qd::tests {
namespace {

namespace fs = std::filesystem;

class BackupTest : public StoreTest {
 protected:
  BackupTest() {
    std::string path = (fs::temp_directory_path() / "quarterday-backup-XXXXXX").string();
    folder_ = ::mkdtemp(path.data());
    file_ = folder_ / "kept.db";
  }
  ~BackupTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  static TableSpec walkabouts() {
    return {"walkabouts",
            "Estate walkabouts.",
            {{"estate", ColumnKind::kText, true, "", "where"},
             {"walked_on", ColumnKind::kDate, true, "", "when"},
             {"order", ColumnKind::kInteger, false, "", "a word of SQL"}},
            2,
            "estates"};
  }
  // Something of everything: a load with texts of every kind, a family's own table, a run with
  // figures and who they count, a key.
  void fill() {
    load_lines(observations(), table_of("persons"), {"P1,TENANT,E1", "P\xc3\xa9,STAFF,E'2\\"}, 5);
    must(observations().declare(walkabouts()));
    load_lines(observations(), walkabouts(), {"E1,2026-04-05,3", "E2,2026-04-05,"}, 6);
    add_run("FY2026-27-Q1");
    add_key("abcd1234");
  }
  void add_run(const std::string& period) {
    qd::Run run;
    run.family = "involvement";
    run.period = period;
    run.started_at = instant_of(7);
    run.finished_at = instant_of(8);
    run.id = must(runs().begin_run(run, instant_of(1000)));
    Definition definition;
    definition.code = "INV1";
    Fact fact;
    fact.indicator = "INV1";
    fact.area = "L1";
    fact.period = period;
    fact.numerator = Number::of(2);
    fact.members = {3, 70'000};
    std::vector<Fact> facts = {fact};
    must(runs().complete_run(run, {definition}, facts));
  }
  void add_key(const std::string& prefix) { add_key(database(), prefix); }
  static void add_key(orm::Database& database, const std::string& prefix) {
    ApiKey made;
    made.prefix = prefix;
    made.hash = std::string("hash\0 \\'", 8);
    made.created_at = instant_of(5);
    must(database.keys().add(made));
  }
  orm::Backup back_up() { return must(orm::back_up(url(), file_, instant_of(9), true)); }
  static std::vector<std::string> lines_of(const orm::Backup& backup) {
    std::vector<std::string> lines;
    for (const auto& table : backup.tables)
      lines.push_back(fmt::format("{} {} {}", table.name, table.n_rows, table.digest));
    return lines;
  }
  std::unique_ptr<orm::SqlConnection> kept() { return connect_to("sqlite:///" + file_.string()); }
  std::string refused() {
    const auto read = orm::read_backup(file_);
    if (read) return "read";
    EXPECT_EQ(read.error().code, ErrorCode::kFileUnreadable);
    return read.error().message;
  }
  std::vector<std::string> files() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_))
      names.push_back(entry.path().filename().string());
    return names;
  }

  fs::path folder_, file_;
};
QUARTERDAY_BOTH_ENGINES(BackupTest);

TEST_P(BackupTest, IsPutBackIntoEitherEngineRowByRow) {
  fill();
  const auto backup = back_up();
  EXPECT_GT(backup.n_rows(), 10);
  EXPECT_EQ(backup.taken_at, instant_of(9));
  EXPECT_EQ(lines_of(must(orm::read_backup(file_))), lines_of(backup));
  for (const auto engine : {orm::DatabaseKind::kSqlite, orm::DatabaseKind::kMariaDb}) {
    if (engine == orm::DatabaseKind::kMariaDb && GetParam() != engine)
      continue;  // it needs a server
    SCOPED_TRACE(engine_name(engine));
    const auto there = make_test_database(engine);
    EXPECT_EQ(lines_of(must(orm::restore(file_, there))), lines_of(backup));
    const fs::path second = folder_ / "second.db";
    EXPECT_EQ(lines_of(must(orm::back_up(there, second, instant_of(10), true))), lines_of(backup));
    // It lives on: numbers go on after those that are there, and the audit follows from itself.
    const auto database = must(orm::open_database(there));
    add_key(*database, "after000");
    load_lines(database->observations(), walkabouts(), {"E3,2026-05-06,"}, 11);
    reading::seals::Seals seals(database->audit(), database->figures());
    EXPECT_EQ(must(reading::seals::check_audit({database->audit(), database->runs(),
                                                database->keys(), database->returns(), seals},
                                               std::nullopt))
                  .broken,
              std::vector<std::string>{});
  }
}

TEST_P(BackupTest, LeavesOneFileThatOnlyItsOwnerReads) {
  fill();
  back_up();
  EXPECT_EQ(files(), std::vector<std::string>{"kept.db"});
  EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_P(BackupTest, IsOfOneMomentWhileOthersWrite) {
  std::atomic<bool> enough{false};
  std::thread writer([&] {
    const auto own = open_test_database(url());
    for (int i = 0; !enough; ++i) add_key(*own, fmt::format("{:08}", i));
  });
  for (int round = 0; round < 8; ++round) {
    back_up();
    const auto there = kept();
    const auto last = there->number("SELECT number FROM audit_head");
    EXPECT_EQ(there->number("SELECT count(*) FROM audit"), last);
    EXPECT_EQ(there->number("SELECT count(*) FROM api_keys"), last);
  }
  enough = true;
  writer.join();
}

TEST_P(BackupTest, IsNotPutOverAnything) {
  fill();
  const auto backup = back_up();
  const auto refused = orm::restore(file_, url());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kStoreConflict);
  EXPECT_NE(refused.error().message.find("among them 2 loads, 1 runs and 0 returns"),
            std::string::npos)
      << refused.error().message;
  EXPECT_EQ(lines_of(back_up()), lines_of(backup));
}

TEST_P(BackupTest, OfAnotherVersionIsForAnotherProgram) {
  fill();
  back_up();
  const auto there = make_test_database(GetParam());
  kept()->execute("UPDATE kept_backup SET version = version - 1");
  EXPECT_EQ(refusal(orm::restore(file_, there)), ErrorCode::kStoreOlder);
  kept()->execute("UPDATE kept_backup SET version = version + 2");
  EXPECT_EQ(refusal(orm::restore(file_, there)), ErrorCode::kStoreNewer);
  EXPECT_EQ(must(orm::what_is_in(there)), "");
}

TEST_P(BackupTest, IsTakenOfADatabaseBeforeItIsMigrated) {
  fill();
  connect_to(url())->execute("UPDATE schema_version SET version = version - 1");
  const auto backup = must(orm::back_up(url(), file_, instant_of(9), false));
  EXPECT_EQ(must(orm::read_backup(file_)).version, backup.version);
  EXPECT_EQ(refusal(orm::back_up(url(), file_, instant_of(9), true)), ErrorCode::kStoreOlder);
  EXPECT_EQ(must(orm::read_backup(file_)).version, backup.version) << "the one before is kept";
}

TEST_P(BackupTest, ThatCannotBeWrittenLeavesTheOneBefore) {
  fill();
  const auto backup = back_up();
  fs::create_directory(folder_ / "kept.db.partial");
  EXPECT_FALSE(orm::back_up(url(), file_, instant_of(9), true));
  EXPECT_EQ(lines_of(must(orm::read_backup(file_))), lines_of(backup));
  EXPECT_FALSE(orm::back_up(url(), folder_ / "gone" / "kept.db", instant_of(9), true));
}

TEST_P(BackupTest, IsWrittenByOneProgramAtATime) {
  fill();
  const auto backup = back_up();
  const std::string draft = file_.string() + ".partial";
  const int other = ::open(draft.c_str(), O_CREAT | O_WRONLY, 0600);
  ASSERT_EQ(::flock(other, LOCK_EX), 0);
  const auto refused = orm::back_up(url(), file_, instant_of(9), true);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("another backup is being written there"),
            std::string::npos)
      << refused.error().message;
  ::close(other);
  EXPECT_EQ(lines_of(must(orm::read_backup(file_))), lines_of(backup));
  back_up();
}

TEST_P(BackupTest, ThatWasChangedIsToldAndNotPutBack) {
  fill();
  back_up();
  const auto there = make_test_database(GetParam());
  const std::pair<const char*, const char*> changes[] = {
      {"UPDATE facts SET numerator = numerator + 1", "a row of table facts is not as it was"},
      {"UPDATE facts SET n = 0", "a row of table facts is not as it was"},
      {"UPDATE persons SET code = 'P2' WHERE code = 'P1'", "a row of table persons"},
      {"DELETE FROM persons WHERE code = 'P1'", "table persons has 1 rows, and had 2"},
      {"DELETE FROM kept_tables WHERE name = 'facts'", "it has other tables than it says"},
      {"DROP TABLE declared_walkabouts", "it has other tables than it says"},
      {"DELETE FROM kept_backup", "it does not say when it was taken"},
  };
  for (const auto& [sql, said] : changes) {
    SCOPED_TRACE(sql);
    back_up();
    kept()->execute(sql);
    EXPECT_NE(refused().find(said), std::string::npos) << refused();
    EXPECT_EQ(refusal(orm::restore(file_, there)), ErrorCode::kFileUnreadable);
    EXPECT_EQ(must(orm::what_is_in(there)), "");
  }
}

TEST_P(BackupTest, IsNoOtherFile) {
  EXPECT_NE(refused().find("there is no such file"), std::string::npos);
  std::ofstream(file_) << "code,name\n";
  EXPECT_NE(refused().find("is no whole backup"), std::string::npos);
  std::ofstream(file_, std::ios::trunc).flush();
  EXPECT_NE(refused().find("is no whole backup"), std::string::npos);
  fill();
  back_up();
  fs::resize_file(file_, fs::file_size(file_) / 2);
  EXPECT_NE(refused().find("is no whole backup"), std::string::npos);
}

}  // namespace
}  // namespace qd::tests
