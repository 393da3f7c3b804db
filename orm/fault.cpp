// C++14: this file reads ODB's headers.
#include "orm/fault.hpp"

#include <cppconn/exception.h>
#include <sqlite3.h>

#include <odb/exceptions.hxx>
#include <odb/mysql/exceptions.hxx>
#include <odb/sqlite/exceptions.hxx>

namespace qd::orm {
namespace {

// Error numbers of MariaDB's server.
constexpr unsigned kRecordChanged = 1020;  // since it was read; from 11.6.2 on by default
constexpr unsigned kDuplicateEntry = 1062;
constexpr unsigned kLockWaitTimeout = 1205;
constexpr unsigned kDeadlock = 1213;  // Galera: also a conflict with another node, at commit

Fault mariadb_fault(unsigned number) {
  if (number == kDuplicateEntry) return Fault::kDuplicate;
  const bool again = number == kDeadlock || number == kLockWaitTimeout || number == kRecordChanged;
  return again ? Fault::kBusy : Fault::kUnavailable;
}

Fault sqlite_fault(int extended_code) {
  if (extended_code == SQLITE_CONSTRAINT_UNIQUE || extended_code == SQLITE_CONSTRAINT_PRIMARYKEY) {
    return Fault::kDuplicate;
  }
  const int code = extended_code & 0xff;
  return code == SQLITE_BUSY || code == SQLITE_LOCKED ? Fault::kBusy : Fault::kUnavailable;
}

}  // namespace

Fault fault_of(const std::exception& exception) {
  if (const auto* own = dynamic_cast<const SqliteFailure*>(&exception)) {
    return sqlite_fault(own->code);
  }
  if (dynamic_cast<const Raced*>(&exception) != nullptr) return Fault::kBusy;
  if (const auto* bulk = dynamic_cast<const sql::SQLException*>(&exception)) {
    return mariadb_fault(static_cast<unsigned>(bulk->getErrorCode()));
  }
  if (const auto* mapped = dynamic_cast<const odb::mysql::database_exception*>(&exception)) {
    return mariadb_fault(mapped->error());
  }
  if (const auto* mapped = dynamic_cast<const odb::sqlite::database_exception*>(&exception)) {
    return sqlite_fault(mapped->extended_error());
  }
  if (dynamic_cast<const odb::object_already_persistent*>(&exception) != nullptr) {
    return Fault::kDuplicate;
  }
  // Deadlocks, time-outs and forced roll-backs as ODB names them.
  return dynamic_cast<const odb::recoverable*>(&exception) != nullptr ? Fault::kBusy
                                                                      : Fault::kUnavailable;
}

}  // namespace qd::orm
