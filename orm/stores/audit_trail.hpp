// Writes what a transaction changes down, as its last statement.
#pragma once

#include <string>
#include <utility>

#include "core/model/audit.hpp"
#include "core/model/run_seal.hpp"
#include "orm/sql/connection.hpp"

namespace qd::orm {

// As the writer of the next entry knows it; number 0: there is none yet. Throws. ending: of the
// query, see Dialect::for_update.
AuditAnchor last_entry(SqlConnection& connection, const std::string& ending = {});

// Throws. What it writes belongs to the connection's transaction; from here on writers take turns.
class AuditTrail {
 public:
  // Who writes, in words: "user root, quarterday import".
  explicit AuditTrail(std::string who) : who_(std::move(who)) {}

  void write(SqlConnection& connection, const AuditNote& note) const;
  // The seal of a run, and the entry that holds its digest.
  void write(SqlConnection& connection, const Run& run, const RunSeal& seal) const;

 private:
  std::string who_;
};

}  // namespace qd::orm
