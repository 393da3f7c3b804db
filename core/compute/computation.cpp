#include "core/compute/computation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/compute/accept_answer.hpp"
#include "core/compute/input_digest.hpp"

namespace qd::compute {
namespace {

// Ends a scan whose rows nobody wants any more; never leaves this file.
const Error kEnough{ErrorCode::kFamilyStopped, "no more rows are wanted", {}};

// Inputs in the order the family declares them, each complete before the next begins.
class Feed {
 public:
  Feed(const ComputationRequest& request, worker::parent::WorkerRun& worker, Progress& progress)
      : request_(request), worker_(worker), progress_(progress) {}

  // Errors: those of the store. A worker that wants no more ends it without error.
  Result<void> run(ObservationStore& observations) {
    const auto& inputs = request_.family.inputs;
    for (std::uint32_t i = 0; i < inputs.size() && wanted_; ++i) {
      digest_.begin_input(inputs[i]);
      const ScanRequest scan{inputs[i].table, inputs[i].columns, request_.as_of};
      const auto sink = [&](const Batch& batch) { return take(i, batch); };
      auto scanned = observations.scan(scan, dictionary_, sink);
      if (!scanned && wanted_) return scanned;
    }
    return {};
  }

  const InputDigest& digest() const { return digest_; }
  Dictionary& dictionary() { return dictionary_; }

 private:
  Result<void> take(std::uint32_t input, const Batch& batch) {
    wanted_ = worker_.send(input, batch, dictionary_);
    if (!wanted_) return fail(kEnough);
    digest_.add(batch, dictionary_);
    progress_.at(request_.family.id, digest_.n_rows(), 0);
    return {};
  }

  const ComputationRequest& request_;
  worker::parent::WorkerRun& worker_;
  Progress& progress_;
  Dictionary dictionary_;
  InputDigest digest_;
  bool wanted_ = true;
};

std::vector<Definition> referred_to(const std::vector<Definition>& all,
                                    const worker::parent::RunAnswer& answer) {
  std::set<std::uint32_t> places;
  for (const worker::wire::FactRow& row : answer.rows) places.insert(row.definition);
  std::vector<Definition> used;
  used.reserve(places.size());
  for (const auto place : places) used.push_back(all[place]);
  return used;
}

bool holds_during(const Definition& definition, const ReadingWindow& window) {
  return overlap({definition.effective_from, definition.effective_until},
                 {window.from, window.until});
}

// Empty: nothing is wrong with it.
std::string flaw(const Definition& definition, const Family& family) {
  constexpr std::int64_t kLargestFactor = 1'000'000'000;
  const auto is_factor = [](std::int64_t factor) {
    return factor >= 1 && factor <= kLargestFactor;
  };
  const auto has_its_code = [&](const Definition& own) { return own.code == definition.code; };
  if (std::any_of(family.indicators.begin(), family.indicators.end(), has_its_code))
    return "the library has an indicator of that code";
  if (is_count(definition.aggregation) && !definition.is_count())
    return "a count has no denominator";
  if (!is_factor(definition.multiplier) || !is_factor(definition.divisor))
    return "multiplier and divisor must lie between 1 and 1,000,000,000";
  return {};
}

}  // namespace

std::vector<Definition> definitions_in_force(const std::vector<Definition>& all,
                                             const Family& family,
                                             const std::vector<ReadingWindow>& readings,
                                             std::vector<RunNote>& notes) {
  const auto is_in_force = [&](const Definition& definition) {
    return std::any_of(readings.begin(), readings.end(), [&](const ReadingWindow& window) {
      return holds_during(definition, window);
    });
  };
  std::vector<Definition> in_force;
  std::copy_if(family.indicators.begin(), family.indicators.end(), std::back_inserter(in_force),
               is_in_force);
  for (const Definition& definition : all) {
    if (definition.family != family.id || !definition.captured || !is_in_force(definition))
      continue;
    if (const auto wrong = flaw(definition, family); wrong.empty())
      in_force.push_back(definition);
    else
      notes.push_back({fmt::format("definition {} version {} left out: {}", definition.code,
                                   definition.version, wrong)});
  }
  return in_force;
}

Result<Computed> compute_family(ComputationRequest request, ObservationStore& observations,
                                const worker::parent::WorkerSettings& settings,
                                Progress& progress) {
  auto worker =
      worker::parent::WorkerRun::start(request.family,
                                       {request.readings, request.definitions, request.known_until,
                                        request.areas, std::move(request.trace), request.scrutiny},
                                       settings);
  if (!worker) return fail(worker.error());
  Feed feed(request, *worker, progress);
  if (const auto fed = feed.run(observations); !fed) return fail(fed.error());
  auto answer = worker->finish();
  if (!answer) return fail(answer.error());
  auto facts = accept_answer(*answer, {request.definitions, request.readings, request.areas.codes(),
                                       request.period, feed.dictionary().size(), request.as_of});
  if (!facts) return fail(facts.error());
  return Computed{*std::move(facts),
                  std::move(feed.dictionary()),
                  referred_to(request.definitions, *answer),
                  std::move(answer->notes),
                  feed.digest().text(),
                  feed.digest().n_rows(),
                  std::move(answer->trace)};
}

}  // namespace qd::compute
