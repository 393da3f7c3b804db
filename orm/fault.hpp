// What an exception of a database library means to us. C++14: the mapping reads it too.
#pragma once

#include <exception>
#include <stdexcept>
#include <string>

namespace qd::orm {

enum class Fault {
  kUnavailable,  // nothing is known of it: tell
  kBusy,         // deadlock, lock time-out, a conflict found at commit: the transaction may succeed
                 // when done again
  kDuplicate,    // a unique index says no
  kFull,         // the disk, or what may be used of it
  kReadOnly,     // it can be read, and not written
  kDamaged,      // what is stored is not what was stored, or no database
  kCutOff        // this node of a cluster does not reach the most of the others
};

// The one place where exceptions of ODB, MySQL Connector/C++ and our own SQLite connection are
// understood.
Fault fault_of(const std::exception& exception);

// Thrown by our SQLite connection.
struct SqliteFailure : std::runtime_error {
  SqliteFailure(int extended_code, const std::string& message)
      : std::runtime_error(message), code(extended_code) {}
  int code;
};

// Thrown when a conditional write met a row that another writer changed in between.
struct Raced : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace qd::orm
