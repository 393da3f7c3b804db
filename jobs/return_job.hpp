// One return from due to delivered: claim, build, store, deliver, store. A stop at any point is
// resumed by the next claim; what is stored as built is delivered with the same bytes.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/model/error.hpp"
#include "core/model/period.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/delivery_store.hpp"
#include "core/ports/return_store.hpp"
#include "core/returns/return.hpp"
#include "jobs/due_list.hpp"
#include "jobs/file_system.hpp"

namespace qd::jobs {

// Whose return it is.
struct ReturnSubject {
  std::string area;          // landlord
  std::string organisation;  // name on the cover
};

// What a return holds, and what families say of themselves.
struct PlannedReturn {
  std::shared_ptr<const returns::plan::Plan> plan;  // none: the one that ships
  std::vector<returns::FamilyWords> families;
};

// What the job works with; all outlive it.
struct ReturnJobParts {
  returns::ReturnSources sources;
  ReturnStore& returns;
  DeliveryStore& deliveries;
  FileSystem& files;
  const Clock& clock;
  // Asked when a return is built, so that a landlord may come after the start.
  std::function<Result<ReturnSubject>()> subject;
  std::string delivery_folder;  // this server's own
  // Computes the period from what is known now, and says what could not be. Its failure is no
  // reason to return nothing: the return says what is missing or old. May be empty.
  std::function<Result<std::vector<returns::NotPrepared>>(const Period&)> prepare = {};
  std::chrono::milliseconds lease = std::chrono::minutes{30};
  // Asked when a return is built, so that a plan is checked against what is known then. May be
  // empty.
  std::function<Result<PlannedReturn>()> plan = {};
};

enum class ReturnOutcome {
  kDelivered,
  kTaken,   // someone else works on it, or it is finished
  kFenced,  // someone else took it over while we worked
  kFailed,  // stored with its reason
};
std::string_view to_text(ReturnOutcome outcome);  // "delivered", "taken", "fenced", "failed"

struct ReturnReport {
  ReturnOutcome outcome;
  ReturnRun run;               // as last stored by us; without bytes
  std::optional<Error> error;  // of a failed one
  std::string path;            // where a delivered one lies
};

class ReturnJob {
 public:
  explicit ReturnJob(ReturnJobParts parts) : parts_(std::move(parts)) {}

  // Errors: kReturnNotDue (the period is not over), kStoreUnavailable, when not even the failure
  // could be stored: the lease then ends and the return is owed again. Thread-safe if the stores
  // are.
  Result<ReturnReport> run(const Due& due) const;

 private:
  Result<ReturnRun> resume_or_build(const Due& due, ReturnRun run) const;
  Result<ReturnRun> build(const Due& due, ReturnRun run) const;
  Result<std::vector<returns::NotPrepared>> prepare(const Period& period) const;
  Result<Delivery> deliver(const Due& due, ReturnRun& run) const;
  Result<Delivery> place(const Due& due, const ReturnRun& run) const;
  Result<ReturnReport> fail_run(ReturnRun run, const Error& error) const;

  ReturnJobParts parts_;
};

}  // namespace qd::jobs
