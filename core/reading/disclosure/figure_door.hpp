// The last stage of reading, and the only one that faces are built on.
#pragma once

#include <optional>

#include "core/reading/disclosure/decision_keeper.hpp"
#include "core/reading/figure_reading.hpp"
#include "core/reading/store_reader.hpp"

namespace qd::reading::disclosure {

// Who reads, as far as it decides what there is to be read.
struct Viewer {
  Audience audience = Audience::kPublic;
};

// What every figure passes on its way out: it is given as its reader may see it. Thread-safe.
class FigureDoor {
 public:
  FigureDoor(FigureReader& figures, FigureStore& store, RunStore& runs, DecisionKeeper& decisions)
      : figures_(figures), store_(store), runs_(runs), decisions_(decisions) {}

  // As FigureReader::open, for this viewer. Errors: kStoreUnavailable.
  Result<std::unique_ptr<FigureReading>> open(const FactQuery& query, const Viewer& viewer);
  // nullopt: there is none of that number. Errors: kStoreUnavailable.
  Result<std::optional<Figure>> fact(std::int64_t id, const Viewer& viewer);
  // Whether the rows behind a figure, and how many they are, may be told to this viewer: they would
  // tell of people what the figure, as it was given, does not.
  static bool tells_rows(const Figure& given, const Viewer& viewer);

 private:
  FigureReader& figures_;
  FigureStore& store_;
  RunStore& runs_;
  DecisionKeeper& decisions_;
};

// A door of its own to what is stored, for who reads once.
class StoreDoor {
 public:
  StoreDoor(FigureStore& figures, RunStore& runs, Catalogue& catalogue)
      : reader_(figures),
        decisions_(figures, runs, catalogue),
        door_(reader_, figures, runs, decisions_) {}
  FigureDoor& door() { return door_; }

 private:
  StoreReader reader_;
  DecisionKeeper decisions_;
  FigureDoor door_;
};

}  // namespace qd::reading::disclosure
