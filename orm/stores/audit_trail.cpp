#include "orm/stores/audit_trail.hpp"

#include <fmt/format.h>

#include <utility>

#include "orm/sql/dialect.hpp"

namespace qd::orm {

AuditAnchor last_entry(SqlConnection& connection, const std::string& ending) {
  const auto rows = connection.query("SELECT number, digest FROM audit_head WHERE id = 1" + ending);
  if (rows->next()) return {rows->number(0), std::string(rows->text(1))};
  return {};
}

void AuditTrail::write(SqlConnection& connection, const AuditNote& note) const {
  const Dialect dialect(connection.engine());
  connection.execute("INSERT INTO audit_head (id, number, digest) VALUES (1, 0, '')" +
                     dialect.unless_there());
  const AuditAnchor last = last_entry(connection, dialect.for_update());
  AuditEntry entry{last.number + 1, note.at,      who_, std::string(to_text(note.act)),
                   note.subject,    note.content, {}};
  entry.digest = chained(last.digest, entry);
  connection.execute(
      fmt::format("INSERT INTO audit (number, {}, who, act, subject, content, digest) VALUES "
                  "(?, ?, ?, ?, ?, ?, ?)",
                  dialect.quoted("at")),
      {entry.number, milliseconds(entry.at), entry.who, entry.act, entry.subject, entry.content,
       entry.digest});
  connection.execute("UPDATE audit_head SET number = ?, digest = ? WHERE id = 1",
                     {entry.number, entry.digest});
}

void AuditTrail::write(SqlConnection& connection, const Run& run, const RunSeal& seal) const {
  connection.execute("INSERT INTO run_seals (run, digest, marks) VALUES (?, ?, ?)",
                     {run.id, seal.digest, seal.marks});
  write(connection,
        {Act::kRunCompleted, subject_of_run(run.id), seal.digest, run.finished_at.value()});
}

}  // namespace qd::orm
