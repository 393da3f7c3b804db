#include <cppconn/exception.h>
#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "orm/fault.hpp"
#include "orm/guarded.hpp"
#include "tests/integration/orm/records.hpp"

namespace qd::tests {
namespace {

TEST(Retried, DoesAgainWhatTheDatabaseWasTooBusyFor) {
  int calls = 0;
  const auto done = orm::retried([&] {
    if (++calls < 3) throw orm::Raced("someone was faster");
    return calls;
  });
  EXPECT_EQ(must(done), 3);
}

TEST(Retried, GivesUpInTheEnd) {
  int calls = 0;
  const auto done = orm::retried([&] {
    ++calls;
    if (calls > 0) throw orm::Raced("for ever");
  });
  EXPECT_EQ(refusal(done), ErrorCode::kStoreUnavailable);
  EXPECT_EQ(calls, orm::kAttempts);
}

TEST(Retried, WhatSqliteSaysOfOthersAtWorkIsBusy) {
  const auto fault = [](int code) { return orm::fault_of(orm::SqliteFailure(code, "")); };
  EXPECT_EQ(fault(SQLITE_BUSY), orm::Fault::kBusy);
  EXPECT_EQ(fault(SQLITE_BUSY_SNAPSHOT), orm::Fault::kBusy);
  EXPECT_EQ(fault(SQLITE_LOCKED), orm::Fault::kBusy);
  EXPECT_EQ(fault(SQLITE_LOCKED_SHAREDCACHE), orm::Fault::kBusy);
  EXPECT_EQ(fault(SQLITE_CONSTRAINT_UNIQUE), orm::Fault::kDuplicate);
  EXPECT_EQ(fault(SQLITE_CONSTRAINT_PRIMARYKEY), orm::Fault::kDuplicate);
  EXPECT_EQ(fault(SQLITE_CONSTRAINT_NOTNULL), orm::Fault::kUnavailable);
  EXPECT_EQ(fault(SQLITE_CANTOPEN), orm::Fault::kUnavailable);
}

TEST(Retried, EndsWhenItWasTriedOftenOrLongEnough) {
  using std::chrono::milliseconds;
  EXPECT_FALSE(orm::gives_up(orm::kAttempts - 1, orm::kLongestRepeating - milliseconds(1)));
  EXPECT_TRUE(orm::gives_up(orm::kAttempts, milliseconds(0)));
  EXPECT_TRUE(orm::gives_up(1, orm::kLongestRepeating));
}

// Each says what to do about it.
TEST(Failures, OfSqliteAreToldApart) {
  const std::pair<int, const char*> cases[] = {{SQLITE_FULL, "make room"},
                                               {SQLITE_READONLY, "may only be read"},
                                               {SQLITE_READONLY_DBMOVED, "may only be read"},
                                               {SQLITE_CORRUPT, "quarterday restore"},
                                               {SQLITE_CORRUPT_INDEX, "quarterday restore"},
                                               {SQLITE_NOTADB, "quarterday restore"},
                                               {SQLITE_BUSY, "others were writing"},
                                               {SQLITE_CANTOPEN, "check the database URL"}};
  for (const auto& [code, hint] : cases) {
    const Error error = orm::error_of(orm::SqliteFailure(code, "as it says"));
    EXPECT_EQ(error.code, ErrorCode::kStoreUnavailable) << code;
    EXPECT_NE(error.hint.find(hint), std::string::npos) << code << ": " << error.hint;
  }
}

TEST(Failures, OfMariaDbAreToldApart) {
  const std::pair<int, orm::Fault> cases[] = {
      {1021, orm::Fault::kFull},     {1114, orm::Fault::kFull},
      {1290, orm::Fault::kReadOnly}, {1036, orm::Fault::kReadOnly},
      {1194, orm::Fault::kDamaged},  {1712, orm::Fault::kDamaged},
      {1047, orm::Fault::kCutOff},   {1062, orm::Fault::kDuplicate},
      {1205, orm::Fault::kBusy},     {1213, orm::Fault::kBusy},
      {1020, orm::Fault::kBusy},     {1146, orm::Fault::kUnavailable}};
  for (const auto& [number, fault] : cases)
    EXPECT_EQ(orm::fault_of(sql::SQLException("as it says", "HY000", number)), fault) << number;
}

TEST(Retried, DoesNotRepeatWhatCannotSucceed) {
  int calls = 0;
  const auto done = orm::retried([&] {
    ++calls;
    if (calls > 0) throw orm::SqliteFailure(1, "no such table");
  });
  EXPECT_EQ(refusal(done), ErrorCode::kStoreUnavailable);
  EXPECT_EQ(calls, 1);
}

using RetryTest = StoreTest;
QUARTERDAY_BOTH_ENGINES(RetryTest);

// Two at one gate: nobody goes on before both are there.
class Gate {
 public:
  void meet() {
    std::unique_lock lock(mutex_);
    if (++arrived_ == 2) both_.notify_all();
    both_.wait(lock, [&] { return arrived_ >= 2; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable both_;
  int arrived_ = 0;
};

// On SQLite the second writer waits for the first as a whole, and there is no such thing.
using DeadlockTest = StoreTest;
INSTANTIATE_TEST_SUITE_P(Stores, DeadlockTest, testing::Values(orm::DatabaseKind::kMariaDb),
                         [](const auto& test) { return engine_name(test.param); });

// MariaDB from 11.6.2 on, by itself: what was read is no longer what is there, error 1020. The
// transaction is done again, as after a deadlock.
TEST_P(DeadlockTest, ARecordThatChangedSinceItWasReadIsNoErrorButAnotherAttempt) {
  connect_to(url())->script("CREATE TABLE pair (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)");
  connect_to(url())->script("INSERT INTO pair VALUES (1, 0)");
  const auto reader = connect_to(url());
  reader->script("SET SESSION innodb_snapshot_isolation = ON");
  reader->script("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
  int attempts = 0;
  const auto raised = orm::retried([&] {
    orm::SqlTransaction transaction(*reader);
    const auto n = reader->number("SELECT n FROM pair WHERE id = 1");
    if (++attempts == 1) connect_to(url())->script("UPDATE pair SET n = 10 WHERE id = 1");
    reader->execute("UPDATE pair SET n = ? WHERE id = 1", {n + 1});
    transaction.commit();
  });
  EXPECT_TRUE(raised) << to_text(raised.error());
  EXPECT_EQ(attempts, 2);
  EXPECT_EQ(number("SELECT n FROM pair WHERE id = 1"), 11);
}

// Each holds one row and wants the other's: MariaDB ends one of them with error 1213.
TEST_P(DeadlockTest, IsResolvedByDoingTheTransactionAgain) {
  connect_to(url())->script("CREATE TABLE pair (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)");
  connect_to(url())->script("INSERT INTO pair VALUES (1, 0), (2, 0)");
  Gate gate;
  std::atomic<int> attempts{0};
  const auto raise_both = [&](std::int64_t first, std::int64_t second) {
    bool met = false;
    must(orm::retried([&] {
      ++attempts;
      const auto connection = connect_to(url());
      orm::SqlTransaction transaction(*connection);
      connection->execute("UPDATE pair SET n = n + 1 WHERE id = ?", {first});
      if (!std::exchange(met, true)) gate.meet();
      connection->execute("UPDATE pair SET n = n + 1 WHERE id = ?", {second});
      transaction.commit();
    }));
  };
  std::thread other([&] { raise_both(2, 1); });
  raise_both(1, 2);
  other.join();
  EXPECT_EQ(number("SELECT sum(n) FROM pair"), 4) << "each exactly once";
  EXPECT_EQ(attempts, 3) << "one of them was done again";
}

TEST_P(RetryTest, ManyThreadsMayUseTheStoresAtTheSameTime) {
  std::vector<std::thread> threads;
  for (int at = 0; at < 8; ++at) {
    threads.emplace_back([&, at] {
      for (int again = 0; again < 4; ++again) {
        ApiKey key;
        key.prefix = fmt::format("k{}-{}", at, again);
        must(keys().add(key));
        load_lines(observations(), table_of("persons"),
                   {fmt::format("P{}-{},TENANT,N1", at, again)}, 10);
        must(figures().data_version());
        must(database().ping());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(must(keys().list()).size(), 32U);
  // One after the other, each a millisecond later at least.
  EXPECT_EQ(lines_at(observations(), table_of("persons"), 10).size(), 1U);
  EXPECT_EQ(lines_at(observations(), table_of("persons"), 10 + 31).size(), 32U);
  EXPECT_EQ(must(figures().data_version()), 32);
}

}  // namespace
}  // namespace qd::tests
