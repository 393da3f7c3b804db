// Decides once what of a state of the data an audience may see, and keeps it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <tuple>
#include <utility>
#include <vector>

#include "core/ports/catalogue.hpp"
#include "core/ports/run_store.hpp"
#include "core/reading/disclosure/decide.hpp"

namespace qd::reading::disclosure {

// Of the runs that are current in one state of the data. Immutable and shared.
class Decisions {
 public:
  explicit Decisions(const Rules& rules) : rules_(rules) {}

  const Rules& rules() const { return rules_; }
  // Everything is given as it is.
  bool changes_nothing() const { return changes_nothing_; }
  bool knows(std::int64_t run) const { return changes_nothing_ || by_run_.count(run) != 0; }
  // Of a figure of people; kUndecided of a run it does not know.
  Why why(std::int64_t run, std::uint32_t position) const;
  // How many figures are withheld for each reason, for logs and lists.
  std::map<Why, std::size_t> totals() const;

 private:
  friend class DecisionKeeper;
  void add(std::shared_ptr<const YearDecision> year, const std::vector<Run>& runs);

  Rules rules_;
  bool changes_nothing_ = false;
  std::vector<std::shared_ptr<const YearDecision>> years_;
  std::map<std::int64_t, const Reasons*> by_run_;
};

// The runs of a year are decided upon in the order in which they completed, once, from what is
// stored: what was given of one is given for good, and the next must not tell more, be it another
// family's of the same people. All servers decide alike. Thread-safe.
class DecisionKeeper {
 public:
  DecisionKeeper(FigureStore& figures, RunStore& runs, Catalogue& catalogue)
      : figures_(figures), runs_(runs), catalogue_(catalogue) {}

  // About what the question is answered from. What is current now is kept until the data has
  // another version; what completes while that is found out is undecided until then. Errors:
  // kStoreUnavailable, those of YearIntake.
  Result<std::shared_ptr<const Decisions>> about(const FactQuery& query, Audience audience);

 private:
  using Runs = std::vector<Run>;
  using ReadRuns = std::map<std::int64_t, std::shared_ptr<const ReadRun>>;

  struct Present {
    std::int64_t data_version = -1;
    Instant newest{};
    std::map<Audience, std::shared_ptr<const Decisions>> decisions;
  };

  static int year_of(const Run& run);  // that its period lies in
  std::shared_ptr<const Decisions> kept_for(const FactQuery& query, Audience audience) const;
  Result<Runs> runs_of(const FactQuery& query);
  void keep(const FactQuery& query, const Runs& runs, Audience audience,
            const std::shared_ptr<const Decisions>& made);
  Result<std::shared_ptr<const Decisions>> decided(Audience audience, const Runs& current);
  Result<bool> has_special_categories();

  Result<std::shared_ptr<const YearDecision>> year(Audience audience, int year, const Runs& runs);
  Result<Runs> in_turn(int year, const Runs& until, const YearDecision& before);
  Result<std::shared_ptr<const YearDecision>> next(
      Audience audience, const Run& run, const std::shared_ptr<const YearDecision>& before,
      ReadRuns& read);
  Result<Runs> current_then(const Run& run);
  Result<std::vector<std::string>> families_of_the_same_people(const std::string& family);
  Result<const ReadRun*> read_once(const Run& run, ReadRuns& read);

  FigureStore& figures_;
  RunStore& runs_;
  Catalogue& catalogue_;
  std::mutex deciding_;  // one decides; who asks for what is decided already does not wait for it
  std::map<std::pair<Audience, int>, std::shared_ptr<const YearDecision>> years_;
  mutable std::mutex mutex_;
  Present present_;
};

}  // namespace qd::reading::disclosure
