// Which database, taken apart. C++14: the mapping reads it too.
#pragma once

#include <string>

namespace qd::orm {

enum class DatabaseKind { kSqlite, kMariaDb };

struct Target {
  DatabaseKind engine = DatabaseKind::kSqlite;
  std::string path;  // SQLite: the file
  std::string user, password, host;
  unsigned int port = 3306;
  std::string name;  // MariaDB: the database
  // MariaDB: encrypted, to a server whose certificate is of this name and was signed by one of
  // those in a file; without, everything is sent in the clear.
  bool tls = false;
  std::string authorities;
};

}  // namespace qd::orm
