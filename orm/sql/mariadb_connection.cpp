#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_connection.h>
#include <mysql_driver.h>

#include <mutex>
#include <unordered_map>

#include "orm/sql/connection.hpp"

namespace qd::orm {
namespace {

void bind_value(sql::PreparedStatement& statement, unsigned parameter, const Value& value) {
  const unsigned index = parameter + 1;
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    statement.setInt64(index, *number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    statement.setString(index, sql::SQLString(text->data(), text->size()));
  } else {
    statement.setNull(index, 0);
  }
}

// Prepared statements that are kept for the next time: without them every query costs the server
// and the network twice. One is either here or in use, never both.
class StatementCache {
 public:
  using Prepared = std::unique_ptr<sql::PreparedStatement>;

  // nullptr: none is kept.
  Prepared take(const std::string& sql) {
    const auto found = kept_.find(sql);
    if (found == kept_.end()) return nullptr;
    Prepared statement = std::move(found->second);
    kept_.erase(found);
    return statement;
  }
  void keep(const std::string& sql, Prepared statement) {
    constexpr std::size_t kMost = 32;        // for each connection
    constexpr std::size_t kLongest = 4'000;  // bytes; longer ones insert many rows and are rare
    if (kept_.size() < kMost && sql.size() < kLongest) kept_.emplace(sql, std::move(statement));
  }

 private:
  std::unordered_map<std::string, Prepared> kept_;
};

// A statement in use. It goes back to the connection's cache, which outlives it.
class InUse {
 public:
  InUse(StatementCache& cache, sql::Connection& connection, const std::string& sql)
      : cache_(cache), sql_(sql), statement_(cache.take(sql)) {
    if (!statement_) statement_.reset(connection.prepareStatement(sql));
  }
  ~InUse() { cache_.keep(sql_, std::move(statement_)); }
  InUse(const InUse&) = delete;
  InUse& operator=(const InUse&) = delete;

  sql::PreparedStatement& operator*() const { return *statement_; }
  sql::PreparedStatement* operator->() const { return statement_.get(); }

 private:
  StatementCache& cache_;
  std::string sql_;
  StatementCache::Prepared statement_;
};

// `Owner` is what gave the rows; they need it.
template <class Owner>
class MariaDbRows final : public Rows {
 public:
  MariaDbRows(std::unique_ptr<Owner> owner, std::unique_ptr<sql::ResultSet> rows)
      : owner_(std::move(owner)), rows_(std::move(rows)) {
    texts_.resize(rows_->getMetaData()->getColumnCount());
  }

  bool next() override { return rows_->next(); }
  bool absent(unsigned column) override { return rows_->isNull(column + 1); }
  std::int64_t number(unsigned column) override { return rows_->getInt64(column + 1); }
  std::string_view text(unsigned column) override {
    texts_[column] = rows_->getString(column + 1);
    return {texts_[column]->data(), texts_[column]->size()};
  }

 private:
  std::unique_ptr<Owner> owner_;
  std::unique_ptr<sql::ResultSet> rows_;
  std::vector<sql::SQLString> texts_;
};

class MariaDbStatement final : public Statement {
 public:
  explicit MariaDbStatement(std::unique_ptr<InUse> statement) : statement_(std::move(statement)) {}

  void bind(unsigned parameter, const Value& value) override {
    bind_value(**statement_, parameter, value);
  }
  std::int64_t execute() override { return (*statement_)->executeUpdate(); }

 private:
  std::unique_ptr<InUse> statement_;
};

std::unique_ptr<sql::Connection> connect(const Target& target) {
  // The driver is made at the first call, and that is not thread-safe.
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  sql::ConnectOptionsMap options;
  options["hostName"] = sql::SQLString("tcp://" + target.host + ":" + std::to_string(target.port));
  options["userName"] = sql::SQLString(target.user);
  options["password"] = sql::SQLString(target.password);
  options["schema"] = sql::SQLString(target.name);
  options["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
  options["OPT_CONNECT_TIMEOUT"] = 10;  // seconds
  // An update counts the rows it found, whether or not they looked so before, as on SQLite.
  options["CLIENT_FOUND_ROWS"] = true;
  if (target.tls) {
    options["sslEnforce"] = true;
    options["sslVerify"] = true;
    options["sslCA"] = sql::SQLString(target.authorities);
  }
  return std::unique_ptr<sql::Connection>(sql::mysql::get_driver_instance()->connect(options));
}

class MariaDbConnection final : public SqlConnection {
 public:
  explicit MariaDbConnection(const Target& target) : connection_(connect(target)) {
    script("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
    // No gap locks: two writers of different records do not wait for each other. Every statement
    // sees what is committed; what needs one state for long takes a snapshot.
    script("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
  }

  DatabaseKind engine() const override { return DatabaseKind::kMariaDb; }

  std::unique_ptr<Statement> prepare(const std::string& sql) override {
    return std::make_unique<MariaDbStatement>(prepared(sql));
  }

  std::unique_ptr<Rows> query(const std::string& sql, const Values& values) override {
    auto statement = prepared(sql);
    for (unsigned at = 0; at < values.size(); ++at) bind_value(**statement, at, values[at]);
    std::unique_ptr<sql::ResultSet> rows((*statement)->executeQuery());
    return std::make_unique<MariaDbRows<InUse>>(std::move(statement), std::move(rows));
  }

  std::unique_ptr<Rows> stream(const std::string& sql,
                               const std::vector<std::int64_t>& numbers) override {
    std::string text;
    auto number = numbers.begin();
    for (const char letter : sql) {
      if (letter == '?') {
        text += std::to_string(*number++);
      } else {
        text += letter;
      }
    }
    std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    statement->setResultSetType(sql::ResultSet::TYPE_FORWARD_ONLY);
    std::unique_ptr<sql::ResultSet> rows(statement->executeQuery(text));
    return std::make_unique<MariaDbRows<sql::Statement>>(std::move(statement), std::move(rows));
  }

  void script(const std::string& sql) override {
    const std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    statement->execute(sql);
  }

  std::int64_t last_id() override { return number("SELECT LAST_INSERT_ID()"); }
  bool alive() override { return connection_->isValid(); }

  void begin() override { script("START TRANSACTION"); }
  void begin_snapshot() override {
    script("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    script("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  }
  void commit() override { script("COMMIT"); }
  void roll_back() noexcept override {
    try {
      script("ROLLBACK");
    } catch (const sql::SQLException&) {
      // The connection is gone, and with it the transaction.
    }
  }

 private:
  std::unique_ptr<InUse> prepared(const std::string& sql) {
    return std::make_unique<InUse>(statements_, *connection_, sql);
  }

  std::unique_ptr<sql::Connection> connection_;
  StatementCache statements_;  // goes before the connection
};

}  // namespace

std::unique_ptr<SqlConnection> connect_mariadb(const Target& target) {
  return std::make_unique<MariaDbConnection>(target);
}

}  // namespace qd::orm
