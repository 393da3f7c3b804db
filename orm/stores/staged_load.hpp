// A load: staged on a connection of its own, then told apart and moved by set-based SQL.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/ports/observation_store.hpp"
#include "orm/sql/bulk_writer.hpp"
#include "orm/sql/connection.hpp"
#include "orm/stores/audit_trail.hpp"
#include "orm/stores/physical_table.hpp"

namespace qd::orm {

// add() fills temporary tables that only this connection sees; no lock is held and nothing can be
// left behind, however the process ends. finish() opens the transaction, compares what is staged
// with what is live and writes down the differences, again in temporary tables: a dry run ends
// here. commit() supersedes and inserts exactly those differences.
class StagedLoad final : public Load {
 public:
  StagedLoad(std::unique_ptr<SqlConnection> connection, LoadSource source, const Clock& clock,
             const AuditTrail& trail);

  Result<void> add(const TableSpec& table, std::span<const Cell> cells) override;
  Result<std::vector<std::pair<std::string, LoadCounts>>> finish() override;
  Result<void> commit() override;

 private:
  struct Stage {
    const TableSpec spec;
    PhysicalTable table;
    std::string staged, changes;  // names of the temporary tables
    BulkWriter writer;
    std::int64_t n_staged = 0;
    LoadCounts counts;
  };

  Result<Stage*> stage_for(const TableSpec& table);
  void create_temporary_tables(const TableSpec& table, const Stage& stage);
  void begin();
  void tell_apart(Stage& stage);
  void apply(const Stage& stage, std::int64_t load, std::int64_t now);
  std::int64_t instant_of_commit();
  void apply_all();
  bool has_changes() const;

  std::unique_ptr<SqlConnection> connection_;
  Dialect dialect_;
  LoadSource source_;
  const Clock& clock_;
  const AuditTrail& trail_;
  std::vector<std::unique_ptr<Stage>> stages_;
  std::unique_ptr<SqlTransaction> transaction_;  // set: finished
  bool committed_ = false;
};

}  // namespace qd::orm
