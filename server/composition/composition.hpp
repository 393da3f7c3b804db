// The composition root: the only place that knows which concrete part plays which role.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/compute/engine.hpp"
#include "core/ports/run_verifier.hpp"
#include "jobs/delivery_folder.hpp"
#include "jobs/file_system.hpp"
#include "jobs/return_job.hpp"
#include "orm/database.hpp"
#include "server/composition/configuration.hpp"

namespace qd::composition {

// Flags that every command takes; they are stronger than the environment and the file.
struct CommonOptions {
  std::optional<std::string> configuration_file, database, state_directory, family_directory;
  std::string command = {};  // "import": what is done, for the audit
};

// Errors: those of load_configuration.
Result<Configuration> configure(const CommonOptions& options);

// The parts of a running program, over one database.
class House {
 public:
  // An embedded database that is not there yet is made. Errors: those of configure, open_database
  // and check_family_settings.
  static Result<std::unique_ptr<House>> open(const CommonOptions& options);

  const Configuration& configuration() const { return configuration_; }
  // Of the database that was made just now.
  const std::optional<std::filesystem::path>& new_database() const { return new_database_; }
  orm::Database& database() { return *database_; }
  compute::Engine& engine() { return *engine_; }
  const Clock& clock() const { return clock_; }
  jobs::FileSystem& files() { return files_; }

  // Whose returns are made: the configured landlord, or the only one that has areas below it.
  // Errors: kReturnUnknown (no such landlord, or several).
  Result<jobs::ReturnSubject> subject();
  // Adds the schedules that ship unless they are there. Errors: kStoreUnavailable.
  Result<void> ensure_schedules();
  std::unique_ptr<jobs::ReturnJob> return_job();
  // What they hold: the configured plan or the one that ships. Errors: kFileUnreadable,
  // kReturnPlanMalformed (also for a family or an indicator that is not known).
  Result<jobs::PlannedReturn> return_plan();
  // Takes the place of the configured one.
  void plan_returns_by(std::filesystem::path file) { configuration_.return_plan = std::move(file); }
  // Everything that was written down, held against what is there. Errors: kStoreUnavailable.
  // Writes down what it is set to, when that is not what it was set to last on this machine.
  Result<void> note_settings();
  Result<AuditReport> check_audit(const std::optional<AuditAnchor>& anchor);
  // This server's own, with what identifies it; nothing is made.
  Result<jobs::DeliveryFolder> delivery_folder();

  // A table that ships, or one a family declares; then there is room for it in the store.
  // Errors: kTableUnknown.
  Result<TableSpec> table(const std::string& name);
  // Every table that can be loaded, parents before children: those that ship, then the families'.
  Result<std::vector<std::string>> table_names();
  // What the families declare: their tables, and whose each code of an indicator is, of those that
  // ship or were here before.
  Result<std::vector<TableSpec>> declared_tables();
  Result<std::map<std::string, std::string>> declared_codes();

 private:
  House() = default;
  compute::EngineStores stores();
  Result<void> check_family_settings();
  Result<std::vector<returns::NotPrepared>> compute(const Period& period);

  Result<void> open_database(const std::string& command);

  Configuration configuration_;
  std::optional<std::filesystem::path> new_database_;
  SystemClock clock_;
  jobs::PosixFileSystem files_;
  std::unique_ptr<orm::Database> database_;
  std::unique_ptr<RunVerifier> seals_;
  std::unique_ptr<compute::Engine> engine_;
};

}  // namespace qd::composition
