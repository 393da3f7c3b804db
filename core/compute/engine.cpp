#include "core/compute/engine.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/calendar/zone.hpp"
#include "core/compute/ground.hpp"
#include "core/compute/numbered_members.hpp"
#include "core/compute/quarantine.hpp"
#include "core/compute/run_failure.hpp"

namespace qd::compute {
namespace {

// How long a run may be silent beyond its time-out before another server calls it dead: storing a
// large run takes a while, too.
constexpr std::chrono::minutes kLeaseMargin{5};

std::string name_of(const FamilyListing& listing) {
  return listing.family ? listing.family->id : listing.library.stem().string();
}

Result<std::vector<FamilyListing>> named(std::vector<FamilyListing> all,
                                         const std::vector<std::string>& names) {
  std::vector<FamilyListing> chosen;
  for (const auto& name : names) {
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const FamilyListing& known) { return name_of(known) == name; });
    if (found == all.end())
      return fail(ErrorCode::kFamilyUnknown, fmt::format("there is no family '{}'", name),
                  "quarterday family list shows those there are");
    chosen.push_back(*found);
  }
  return chosen;
}

void sort_by_name(std::vector<FamilyListing>& listings) {
  const auto before = [](const FamilyListing& a, const FamilyListing& b) {
    return name_of(a) < name_of(b);
  };
  const auto same = [](const FamilyListing& a, const FamilyListing& b) {
    return name_of(a) == name_of(b);
  };
  std::sort(listings.begin(), listings.end(), before);
  listings.erase(std::unique(listings.begin(), listings.end(), same), listings.end());
}

tl::unexpected<Error> not_yet(Instant as_of, Instant now) {
  return fail(ErrorCode::kInstantMalformed,
              fmt::format("{} is later than now, {}: what will be known then is not known yet",
                          to_text(as_of), to_text(now)),
              "leave the instant out to compute with what is known now");
}

Run planned(const FamilyListing& listing, const Period& period, Instant as_of, Instant now) {
  Run run;
  run.family = name_of(listing);
  if (listing.family) {
    run.family_version = listing.family->version;
    run.abi = listing.family->abi;
    run.library_sha256 = listing.family->library_sha256;
  }
  run.period = period.id();
  run.as_of = as_of;
  run.started_at = now;
  return run;
}

RunOutcome not_started(Run run, Error error) {
  error = fail_with(run, std::move(error));
  return {std::move(run), std::move(error)};
}

}  // namespace

Engine::Engine(const EngineStores& stores, const Clock& clock, std::filesystem::path family_folder,
               worker::parent::WorkerSettings settings)
    : stores_(stores),
      clock_(clock),
      settings_(std::move(settings)),
      folder_(std::move(family_folder), stores.observations, stores.families, clock) {}

Result<std::vector<FamilyListing>> Engine::families() { return folder_.listings(); }

Result<std::vector<FamilyListing>> Engine::wanted_families(const std::vector<std::string>& names) {
  auto listings = families();
  if (listings && !names.empty()) listings = named(*std::move(listings), names);
  if (!listings) return listings;
  if (listings->empty())
    return fail(ErrorCode::kNothingToCompute, "there is no family in the folder of families",
                "put one there, or name another folder");
  sort_by_name(*listings);
  return listings;
}

Result<Engine::Ground> Engine::ground(const Period& period, Instant as_of) {
  auto areas = stores_.catalogue.areas(as_of);
  if (!areas) return fail(areas.error());
  auto tree = AreaTree::build(*std::move(areas), period.readings());
  if (!tree) return fail(tree.error());
  auto definitions = stores_.catalogue.definitions(as_of);
  if (!definitions) return fail(definitions.error());
  const auto known = calendar::to_local(as_of);
  if (!known) return fail(known.error());
  return Ground{period, as_of, known->date, *std::move(tree), *std::move(definitions)};
}

// Never later than the newest load: what a load committing meanwhile brings is recorded after that,
// so no input of the run has half of it.
Result<Instant> Engine::newest_known(std::optional<Instant> asked) {
  const auto last = stores_.observations.last_recorded();
  if (!last) return fail(last.error());
  const Instant all = last->value_or(Instant{});  // before the first load nothing is known
  return std::min(asked.value_or(all), all);
}

Result<std::vector<RunOutcome>> Engine::compute(const ComputeRequest& request, Progress& progress) {
  if (request.period.readings().empty())
    return fail(ErrorCode::kNothingToCompute,
                fmt::format("{} has no reading of its own", request.period.id()),
                "compute a quarter or a year");
  const Instant now = clock_.now();
  const auto today = calendar::to_local(now);
  if (!today) return fail(today.error());
  if (today->date < request.period.from())
    return fail(ErrorCode::kNothingToCompute,
                fmt::format("{} begins on {}: nothing of it has happened yet", request.period.id(),
                            to_text(request.period.from())),
                "compute a period that has begun");
  if (request.as_of && *request.as_of > now) return not_yet(*request.as_of, now);
  const auto listings = wanted_families(request.families);
  if (!listings) return fail(listings.error());
  if (const auto swept = stores_.runs.sweep_runs(now); !swept) return fail(swept.error());
  const auto as_of = newest_known(request.as_of);
  if (!as_of) return fail(as_of.error());
  const auto ground = this->ground(request.period, *as_of);
  if (!ground) return fail(ground.error());
  std::vector<RunOutcome> outcomes;
  for (const FamilyListing& listing : *listings) {
    auto outcome = compute_one(listing, *ground, progress);
    if (!outcome) return fail(outcome.error());
    outcomes.push_back(*std::move(outcome));
  }
  progress.finished();
  return outcomes;
}

// An error is the store's, and everybody's; what a family does is in the outcome.
Result<RunOutcome> Engine::compute_one(const FamilyListing& listing, const Ground& ground,
                                       Progress& progress) {
  const Instant now = clock_.now();
  Run run = planned(listing, ground.period, ground.as_of, now);
  if (!listing.family) return not_started(std::move(run), listing.family.error());
  const Family& family = *listing.family;
  const auto runs = stores_.runs.runs(family.id, std::nullopt);
  if (!runs) return fail(runs.error());
  if (const auto held = quarantined(family, *runs, now)) return not_started(std::move(run), *held);
  const auto id = stores_.runs.begin_run(run, now + settings_.time_out + kLeaseMargin);
  if (!id) return fail(id.error());
  run.id = *id;
  auto error = compute_begun(listing, ground, run, progress);
  return RunOutcome{std::move(run), std::move(error)};
}

std::optional<Error> Engine::compute_begun(const FamilyListing& listing, const Ground& ground,
                                           Run& run, Progress& progress) {
  const Family& family = *listing.family;
  auto definitions =
      definitions_in_force(ground.definitions, family, ground.period.readings(), run.notes);
  auto computed =
      compute_family({family, ground.period.id(), ground.period.readings(), ground.as_of,
                      std::move(definitions), ground.known_until, ground.areas},
                     stores_.observations, settings_, progress);
  if (!computed) return fail_run(run, failure_of(computed.error().code), computed.error());
  if (!families::is_unchanged(listing))
    return fail_run(
        run, RunFailure::kReplaced,
        {ErrorCode::kFamilyFailed, "its library was replaced while it ran", "compute again"});
  if (const auto numbered = number_members(computed->facts, computed->dictionary, stores_.members);
      !numbered)
    return fail_run(run, RunFailure::kElsewhere, numbered.error());
  Run complete = run;
  complete.state = RunState::kComplete;
  complete.notes.insert(complete.notes.end(), computed->notes.begin(), computed->notes.end());
  complete.input_digest = computed->input_digest;
  complete.input_rows = computed->input_rows;
  complete.n_facts = static_cast<std::int64_t>(computed->facts.size());
  complete.finished_at = clock_.now();
  const auto stored = stores_.runs.complete_run(complete, computed->definitions, computed->facts);
  if (!stored) return fail_run(run, RunFailure::kElsewhere, stored.error());
  run = std::move(complete);
  return std::nullopt;
}

// The error to tell. When even the failure cannot be stored, the run's lease will end.
std::optional<Error> Engine::fail_run(Run& run, RunFailure failure, Error error) {
  error = fail_with(run, failure, std::move(error));
  run.finished_at = clock_.now();
  if (const auto stored = stores_.runs.fail_run(run); !stored)
    error.hint = "and the store could not note it: " + stored.error().message;
  return error;
}

}  // namespace qd::compute
