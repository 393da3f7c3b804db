// The stage at which small numbers of people are taken out, by audience.
#pragma once

#include <functional>
#include <optional>

#include "core/ports/figures/figure_store.hpp"
#include "core/reading/disclosure/decision_keeper.hpp"
#include "core/reading/figure_reading.hpp"
#include "core/reading/stages/figure_reader.hpp"
#include "core/reading/withheld_figures.hpp"

namespace qd::reading::disclosure {

// Every figure is given as an audience may see it. Thread-safe.
class DisclosedFigures {
 public:
  DisclosedFigures(stages::FigureReader& figures, FigureStore& store, RunStore& runs,
                   DecisionKeeper& decisions)
      : figures_(figures), store_(store), runs_(runs), decisions_(decisions) {}

  // As FigureReader::open, for this audience. Errors: kStoreUnavailable.
  Result<std::unique_ptr<FigureReading>> open(const FactQuery& query, Audience audience);
  // What of the question this audience does not see, in the order of the store. Errors:
  // kStoreUnavailable.
  Result<void> withheld(const FactQuery& query, Audience audience, WithheldSink& sink);
  // nullopt: there is none of that number, or none that may be had, for which nothing is decided:
  // no work is done that would tell by its time that it is there. Errors: kStoreUnavailable.
  using MayHave = std::function<bool(const FigureView&)>;
  Result<std::optional<Figure>> fact(std::int64_t id, Audience audience, const MayHave& may_have);
  // Whether the rows behind a figure, and how many they are, may be told: they would tell of people
  // what the figure, as it was given, does not.
  static bool tells_rows(const Figure& given, Audience audience);

 private:
  stages::FigureReader& figures_;
  FigureStore& store_;
  RunStore& runs_;
  DecisionKeeper& decisions_;
};

}  // namespace qd::reading::disclosure
