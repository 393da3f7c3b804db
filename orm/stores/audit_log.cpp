#include "orm/stores/audit_log.hpp"

#include <fmt/format.h>

#include "orm/guarded.hpp"
#include "orm/sql/dialect.hpp"
#include "orm/stores/audit_trail.hpp"

namespace qd::orm {
namespace {

std::vector<AuditEntry> read(SqlConnection& connection, const std::string& which,
                             const Values& values) {
  const auto rows = connection.query(
      fmt::format("SELECT number, {}, who, act, subject, content, digest FROM audit {}",
                  Dialect(connection.engine()).quoted("at"), which),
      values);
  std::vector<AuditEntry> entries;
  while (rows->next()) {
    const auto text = [&](unsigned column) { return std::string(rows->text(column)); };
    entries.push_back({rows->number(0), instant_of(rows->number(1)), text(2), text(3), text(4),
                       text(5), text(6)});
  }
  return entries;
}

}  // namespace

Result<void> SqlAuditLog::add(const AuditNote& note) {
  return retried([&] {
    with_connection(pool_, [&](SqlConnection& connection) {
      SqlTransaction transaction(connection);
      trail_.write(connection, note);
      transaction.commit();
    });
  });
}

Result<std::vector<AuditEntry>> SqlAuditLog::entries(std::int64_t after, std::size_t at_most) {
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      return read(connection, "WHERE number > ? ORDER BY number LIMIT ?",
                  {after, static_cast<std::int64_t>(at_most)});
    });
  });
}

Result<std::optional<AuditEntry>> SqlAuditLog::newest(const std::string& subject) {
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) -> std::optional<AuditEntry> {
      auto found = read(connection, "WHERE subject = ? ORDER BY number DESC LIMIT 1", {subject});
      if (found.empty()) return std::nullopt;
      return std::move(found.front());
    });
  });
}

Result<AuditAnchor> SqlAuditLog::head() {
  return guarded([&] {
    return with_connection(pool_, [](SqlConnection& connection) { return last_entry(connection); });
  });
}

Result<std::optional<RunSeal>> SqlAuditLog::seal(std::int64_t run) {
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) -> std::optional<RunSeal> {
      const auto rows =
          connection.query("SELECT digest, marks FROM run_seals WHERE run = ?", {run});
      if (!rows->next()) return std::nullopt;
      return RunSeal{std::string(rows->text(0)), std::string(rows->text(1))};
    });
  });
}

}  // namespace qd::orm
