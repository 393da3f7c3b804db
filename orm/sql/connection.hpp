// SQL without an engine's types: what bulk load, streaming and conditional writes are made of.
// Everything here throws (see orm/fault.hpp); the stores turn that into errors.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "orm/target.hpp"

namespace qd::orm {

// NULL, a number, or a text (which must outlive the call it is given to).
using Value = std::variant<std::monostate, std::int64_t, std::string_view>;
using Values = std::vector<Value>;

// The answer to a query, read row by row. Columns count from 0.
class Rows {
 public:
  virtual ~Rows() = default;
  virtual bool next() = 0;
  virtual bool absent(unsigned column) = 0;
  virtual std::int64_t number(unsigned column) = 0;
  virtual std::string_view text(unsigned column) = 0;  // valid until next(); NULL: empty
};

// A prepared statement that changes something. Parameters count from 0.
class Statement {
 public:
  virtual ~Statement() = default;
  virtual void bind(unsigned parameter, const Value& value) = 0;
  // Texts bound must still be there. Gives the number of rows found to be changed.
  virtual std::int64_t execute() = 0;
};

// One connection, used by one thread at a time.
class SqlConnection {
 public:
  virtual ~SqlConnection() = default;

  virtual DatabaseKind engine() const = 0;
  virtual std::unique_ptr<Statement> prepare(const std::string& sql) = 0;
  virtual std::unique_ptr<Rows> query(const std::string& sql, const Values& values = {}) = 0;
  // For large answers: constant memory. Nothing else may use the connection until the rows are
  // gone. Parameters are numbers only: MariaDB streams no prepared statement, so they become text
  // there.
  virtual std::unique_ptr<Rows> stream(const std::string& sql,
                                       const std::vector<std::int64_t>& numbers) = 0;
  virtual void script(const std::string& sql) = 0;  // one statement without parameters
  virtual std::int64_t last_id() = 0;               // the automatic id of the row inserted last
  virtual bool alive() = 0;

  // Writers wait for their turn here, not later.
  virtual void begin() = 0;
  // A state that stays the same until the transaction ends.
  virtual void begin_snapshot() = 0;
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;

  std::int64_t execute(const std::string& sql, const Values& values = {});
  // The single number a query gives; NULL and no row at all count as 0.
  std::int64_t number(const std::string& sql, const Values& values = {});
};

std::unique_ptr<SqlConnection> connect_sqlite(const Target& target);
std::unique_ptr<SqlConnection> connect_mariadb(const Target& target);

// Rolled back when left without commit.
class SqlTransaction {
 public:
  explicit SqlTransaction(SqlConnection& connection) : connection_(&connection) {
    connection.begin();
  }
  ~SqlTransaction() {
    if (connection_ != nullptr) connection_->roll_back();
  }
  SqlTransaction(const SqlTransaction&) = delete;
  SqlTransaction& operator=(const SqlTransaction&) = delete;

  void commit() {
    connection_->commit();
    connection_ = nullptr;
  }

 private:
  SqlConnection* connection_;
};

}  // namespace qd::orm
