#include "jobs/return_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/calendar/zone.hpp"
#include "core/model/digest.hpp"
#include "core/returns/return.hpp"
#include "jobs/folder_delivery.hpp"

namespace qd::jobs {
namespace {

ReturnRun without_bytes(ReturnRun run) {
  run.workbook.clear();
  return run;
}

// A return of half a quarter would stand for the whole one for ever.
Result<void> check_over(const Period& period, Instant now) {
  const auto end = calendar::to_instant({period.until(), 0});
  if (!end) return fail(end.error());
  if (now >= *end) return {};
  return fail(ErrorCode::kReturnNotDue,
              fmt::format("{} is not over before {}", period.id(), qd::to_text(period.until())),
              "look at its figures so far with `quarterday facts`");
}

bool fenced(const Error& error) { return error.code == ErrorCode::kStoreConflict; }

std::vector<returns::NotPrepared> all_or_some(
    const Result<std::vector<returns::NotPrepared>>& prepared) {
  if (prepared) return *prepared;
  return {{"", prepared.error().message}};
}

// Why there is no figure: what could not be computed just now.
Error with_causes(Error error, const std::vector<returns::NotPrepared>& not_prepared) {
  if (error.code != ErrorCode::kReturnHasNoFacts) return error;
  for (const auto& one : not_prepared)
    error.message += fmt::format("; {}: {}", one.family, one.reason);
  return error;
}

}  // namespace

std::string_view to_text(ReturnOutcome outcome) {
  switch (outcome) {
    case ReturnOutcome::kDelivered:
      return "delivered";
    case ReturnOutcome::kTaken:
      return "taken";
    case ReturnOutcome::kFenced:
      return "fenced";
    case ReturnOutcome::kFailed:
      return "failed";
  }
  return "";
}

Result<ReturnReport> ReturnJob::run(const Due& due) const {
  const Instant now = parts_.clock.now();
  if (const auto over = check_over(due.period, now); !over) return fail(over.error());
  auto claimed =
      parts_.returns.claim(due.schedule.id, due.period.id(), due.revision, now, now + parts_.lease);
  if (!claimed) return fail(claimed.error());
  if (!*claimed) return ReturnReport{ReturnOutcome::kTaken, {}, {}, {}};
  ReturnRun run = std::move(**claimed);

  auto built = resume_or_build(due, run);
  if (!built) return fail_run(std::move(run), built.error());
  const auto delivered = deliver(due, *built);
  if (!delivered) return fail_run(std::move(*built), delivered.error());
  return ReturnReport{
      ReturnOutcome::kDelivered, without_bytes(std::move(*built)), {}, path_of(*delivered)};
}

// What was built once is delivered as it is: its bytes are the return. It is stored again, as built
// under the new fence: the claim has made it a claimed one.
Result<ReturnRun> ReturnJob::resume_or_build(const Due& due, ReturnRun run) const {
  if (run.sha256.empty()) return build(due, std::move(run));
  if (run.workbook.empty()) {
    const auto stored = parts_.returns.find(run.schedule, run.period, run.revision);
    if (!stored) return fail(stored.error());
    if (*stored) run.workbook = (*stored)->workbook;
  }
  if (sha256(run.workbook) != run.sha256) {
    return fail(ErrorCode::kReturnAltered,
                "the stored workbook of " + run.period + " no longer has its digest",
                "restore the database from a backup");
  }
  run.state = ReturnState::kBuilt;
  if (const auto stored = parts_.returns.store_built(run); !stored) return fail(stored.error());
  return run;
}

Result<ReturnRun> ReturnJob::build(const Due& due, ReturnRun run) const {
  const auto subject = parts_.subject();
  if (!subject) return fail(subject.error());
  auto planned = parts_.plan ? parts_.plan() : Result<PlannedReturn>(PlannedReturn{});
  if (!planned) return fail(planned.error());
  const auto prepared = prepare(due.period);
  const Instant as_of = parts_.clock.now();  // after prepare: its facts count
  auto built = returns::build_return(parts_.sources, {.period = due.period,
                                                      .area = subject->area,
                                                      .organisation = subject->organisation,
                                                      .audience = due.schedule.audience,
                                                      .revision = due.revision,
                                                      .fact_runs = {},
                                                      .as_of = as_of,
                                                      .not_prepared = all_or_some(prepared),
                                                      .plan = std::move(planned->plan),
                                                      .families = std::move(planned->families)});
  if (!built && !prepared) return fail(prepared.error());  // the cause rather than the effect
  if (!built) return fail(with_causes(built.error(), *prepared));
  run.state = ReturnState::kBuilt;
  run.reason.clear();
  run.as_of = as_of;
  run.due_rule = due.rule;
  run.fact_runs = std::move(built->fact_runs);
  run.file_name = std::move(built->file_name);
  run.sha256 = std::move(built->sha256);
  run.workbook = std::move(built->workbook);
  if (const auto stored = parts_.returns.store_built(run); !stored) return fail(stored.error());
  return run;
}

Result<std::vector<returns::NotPrepared>> ReturnJob::prepare(const Period& period) const {
  return parts_.prepare ? parts_.prepare(period) : std::vector<returns::NotPrepared>{};
}

// Planned in the store before a file is placed: whoever takes over finds where.
Result<Delivery> ReturnJob::place(const Due& due, const ReturnRun& run) const {
  const auto own = open_delivery_folder(parts_.files, parts_.delivery_folder);
  if (!own) return fail(own.error());
  Delivery wanted;
  wanted.return_run = run.id;
  wanted.recipient = due.schedule.audience;
  wanted.folder_identity = own->identity;
  wanted.folder = own->path;
  wanted.file_name = run.file_name;
  auto delivery = parts_.deliveries.plan(run, wanted);
  if (!delivery || delivery->state == DeliveryState::kDelivered) return delivery;
  const auto folder = find_delivery_folder(parts_.files, *own, *delivery);
  if (!folder) return fail(folder.error());
  // In a folder nobody here can look at it may lie already; but twice is better than never.
  if (!*folder || **folder == own->path) delivery->folder_identity = own->identity;
  delivery->folder = folder->value_or(own->path);
  if (auto placed = deliver_to_folder(parts_.files, delivery->folder, run); !placed)
    return fail(placed.error());
  delivery->state = DeliveryState::kDelivered;
  delivery->delivered_at = parts_.clock.now();
  if (auto stored = parts_.deliveries.store_delivered(run, *delivery); !stored)
    return fail(stored.error());
  return delivery;
}

Result<Delivery> ReturnJob::deliver(const Due& due, ReturnRun& run) const {
  auto placed = place(due, run);
  if (!placed) return placed;
  ReturnRun delivered = run;
  delivered.state = ReturnState::kDelivered;
  delivered.reason.clear();
  delivered.delivered_at = placed->delivered_at;
  if (auto stored = parts_.returns.store_delivered(delivered); !stored) return fail(stored.error());
  run = std::move(delivered);
  return placed;
}

Result<ReturnReport> ReturnJob::fail_run(ReturnRun run, const Error& error) const {
  if (fenced(error))
    return ReturnReport{ReturnOutcome::kFenced, without_bytes(std::move(run)), {}, {}};
  run.state = ReturnState::kFailed;
  run.reason = to_text(error);
  run.lease_until = parts_.clock.now();
  const auto stored = parts_.returns.store_failed(run);
  if (!stored && fenced(stored.error())) {
    return ReturnReport{ReturnOutcome::kFenced, without_bytes(std::move(run)), {}, {}};
  }
  if (!stored) return fail(stored.error());
  return ReturnReport{ReturnOutcome::kFailed, without_bytes(std::move(run)), error, {}};
}

}  // namespace qd::jobs
