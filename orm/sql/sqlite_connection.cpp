#include <sqlite3.h>

#include "orm/fault.hpp"
#include "orm/sql/connection.hpp"

namespace qd::orm {
namespace {

struct CloseDatabase {
  void operator()(::sqlite3* database) const noexcept { ::sqlite3_close_v2(database); }
};
struct CloseStatement {
  void operator()(::sqlite3_stmt* statement) const noexcept { ::sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<::sqlite3, CloseDatabase>;
using Prepared = std::unique_ptr<::sqlite3_stmt, CloseStatement>;

[[noreturn]] void raise(::sqlite3* database) {
  throw SqliteFailure(::sqlite3_extended_errcode(database), ::sqlite3_errmsg(database));
}

void bind_value(::sqlite3_stmt* statement, unsigned parameter, const Value& value) {
  const int index = static_cast<int>(parameter) + 1;
  int code = SQLITE_OK;
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    code = ::sqlite3_bind_int64(statement, index, *number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    // Static: whoever binds keeps the text until the statement has run.
    const char* const bytes = text->data() == nullptr ? "" : text->data();
    code = ::sqlite3_bind_text64(statement, index, bytes, text->size(), SQLITE_STATIC, SQLITE_UTF8);
  } else {
    code = ::sqlite3_bind_null(statement, index);
  }
  if (code != SQLITE_OK) raise(::sqlite3_db_handle(statement));
}

// True: there is a row. False: done.
bool step(::sqlite3_stmt* statement) {
  const int code = ::sqlite3_step(statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) raise(::sqlite3_db_handle(statement));
  return false;
}

class SqliteRows final : public Rows {
 public:
  SqliteRows(Prepared statement, std::vector<std::string> texts)
      : texts_(std::move(texts)), statement_(std::move(statement)) {}

  bool next() override {
    column_ = kNone;
    return step(statement_.get());
  }
  bool absent(unsigned column) override {
    return ::sqlite3_value_type(value(column)) == SQLITE_NULL;
  }
  std::int64_t number(unsigned column) override { return ::sqlite3_value_int64(value(column)); }
  std::string_view text(unsigned column) override {
    ::sqlite3_value* const cell = value(column);
    const void* const bytes = ::sqlite3_value_blob(cell);
    if (bytes == nullptr) return {};
    const int size = ::sqlite3_value_bytes(cell);
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
  }

 private:
  // Once for each cell: the sqlite3_column_ functions look for it anew at every question. The
  // connection has no mutex, so SQLite's distinction of protected values does not concern it.
  ::sqlite3_value* value(unsigned column) {
    if (column != column_) {
      column_ = column;
      value_ = ::sqlite3_column_value(statement_.get(), static_cast<int>(column));
    }
    return value_;
  }

  static constexpr unsigned kNone = ~0U;
  std::vector<std::string> texts_;  // what is bound
  Prepared statement_;
  unsigned column_ = kNone;  // whose value this is
  ::sqlite3_value* value_ = nullptr;
};

class SqliteStatement final : public Statement {
 public:
  explicit SqliteStatement(Prepared statement) : statement_(std::move(statement)) {}

  void bind(unsigned parameter, const Value& value) override {
    bind_value(statement_.get(), parameter, value);
  }
  std::int64_t execute() override {
    // Reset also after a failure, or the lock it holds would stay.
    struct Reset {
      ::sqlite3_stmt* statement;
      ~Reset() { ::sqlite3_reset(statement); }
    } const reset{statement_.get()};
    while (step(statement_.get())) {
    }
    return ::sqlite3_changes64(::sqlite3_db_handle(statement_.get()));
  }

 private:
  Prepared statement_;
};

class SqliteConnection final : public SqlConnection {
 public:
  explicit SqliteConnection(const Target& target) {
    ::sqlite3* opened = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    const int code = ::sqlite3_open_v2(target.path.c_str(), &opened, flags, nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK) raise(opened);
    ::sqlite3_extended_result_codes(opened, 1);
    ::sqlite3_busy_timeout(opened, 30000);
    script("PRAGMA synchronous=FULL");
  }

  DatabaseKind engine() const override { return DatabaseKind::kSqlite; }

  std::unique_ptr<Statement> prepare(const std::string& sql) override {
    return std::make_unique<SqliteStatement>(prepared(sql));
  }

  std::unique_ptr<Rows> query(const std::string& sql, const Values& values) override {
    Prepared statement = prepared(sql);
    // The rows outlive this call, the caller's texts need not.
    std::vector<std::string> texts(values.size());
    for (unsigned at = 0; at < values.size(); ++at) {
      Value value = values[at];
      if (const auto* text = std::get_if<std::string_view>(&value)) {
        texts[at] = *text;
        value = std::string_view(texts[at]);
      }
      bind_value(statement.get(), at, value);
    }
    return std::make_unique<SqliteRows>(std::move(statement), std::move(texts));
  }

  std::unique_ptr<Rows> stream(const std::string& sql,
                               const std::vector<std::int64_t>& numbers) override {
    return query(sql, Values(numbers.begin(), numbers.end()));
  }

  void script(const std::string& sql) override {
    const Prepared statement = prepared(sql);
    while (step(statement.get())) {
    }
  }

  std::int64_t last_id() override { return ::sqlite3_last_insert_rowid(database_.get()); }
  bool alive() override { return true; }

  void begin() override {
    script("PRAGMA cache_size=-131072");  // at most 128 MB; random inserts into an index need it
    script("BEGIN IMMEDIATE");
  }
  void begin_snapshot() override {
    script("BEGIN");
    number("SELECT count(*) FROM sqlite_schema");  // the state is fixed by the first read
  }
  void commit() override {
    script("COMMIT");
    use_small_cache();
  }
  void roll_back() noexcept override {
    ::sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    use_small_cache();
  }

 private:
  // Who reads a table once, or by an index, gains nothing from more.
  void use_small_cache() noexcept {
    ::sqlite3_exec(database_.get(), "PRAGMA cache_size=-2000", nullptr, nullptr, nullptr);
  }

  Prepared prepared(const std::string& sql) {
    ::sqlite3_stmt* statement = nullptr;
    if (::sqlite3_prepare_v2(database_.get(), sql.c_str(), static_cast<int>(sql.size() + 1),
                             &statement, nullptr) != SQLITE_OK) {
      raise(database_.get());
    }
    return Prepared(statement);
  }

  Database database_;
};

}  // namespace

std::unique_ptr<SqlConnection> connect_sqlite(const Target& target) {
  return std::make_unique<SqliteConnection>(target);
}

}  // namespace qd::orm
