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

constexpr unsigned kDiskFull = 1021;
constexpr unsigned kTableFull = 1114;
constexpr unsigned kNotPrepared = 1047;  // Galera: without the most of the nodes
constexpr unsigned kServerReadOnly = 1290;
constexpr unsigned kEngineReadOnly = 1036;
constexpr unsigned kCrashedTable = 1194;
constexpr unsigned kDamagedIndex = 1712;

Fault mariadb_fault(unsigned number) {
  switch (number) {
    case kDuplicateEntry:
      return Fault::kDuplicate;
    case kDeadlock:
    case kLockWaitTimeout:
    case kRecordChanged:
      return Fault::kBusy;
    case kDiskFull:
    case kTableFull:
      return Fault::kFull;
    case kServerReadOnly:
    case kEngineReadOnly:
      return Fault::kReadOnly;
    case kCrashedTable:
    case kDamagedIndex:
      return Fault::kDamaged;
    case kNotPrepared:
      return Fault::kCutOff;
    default:
      return Fault::kUnavailable;
  }
}

Fault sqlite_fault(int extended_code) {
  if (extended_code == SQLITE_CONSTRAINT_UNIQUE || extended_code == SQLITE_CONSTRAINT_PRIMARYKEY) {
    return Fault::kDuplicate;
  }
  switch (extended_code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Fault::kBusy;
    case SQLITE_FULL:
      return Fault::kFull;
    case SQLITE_READONLY:
      return Fault::kReadOnly;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Fault::kDamaged;
    default:
      return Fault::kUnavailable;
  }
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
