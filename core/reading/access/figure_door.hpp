// The last stage of reading, and the only one that faces are built on.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/catalogue.hpp"
#include "core/ports/run_store.hpp"
#include "core/reading/access/portion.hpp"
#include "core/reading/figure_reading.hpp"
#include "core/reading/grouping/grouped_figures.hpp"
#include "core/reading/withheld_figures.hpp"

namespace qd::reading::access {

struct DoorParts;  // door_parts.hpp

// Everybody reads what is theirs, as their audience may see it, and is told of what is not theirs
// exactly what is told of what does not exist. Thread-safe. Errors of all: kStoreUnavailable.
class FigureDoor {
 public:
  explicit FigureDoor(const DoorParts& parts);
  ~FigureDoor();

  // The figures of a question in the order of the store.
  Result<std::unique_ptr<FigureReading>> open(const FactQuery& query, const Viewer& viewer);
  // nullopt: there is none of that number, or it is not the viewer's.
  Result<std::optional<Figure>> fact(std::int64_t id, const Viewer& viewer);
  // Whether the rows behind a figure that was given may be told, and how many they are.
  static bool tells_rows(const Figure& given, const Viewer& viewer);

  // How many different people, homes or things several figures that were given count together.
  // Empty for who is not told: small numbers are withheld in figures, not in what is made of them,
  // so it is for those from whom no figure of theirs is withheld.
  grouping::CountTogether count_together(const Viewer& viewer);

  // What the viewer may read, now.
  Result<std::shared_ptr<const Portion>> portion(const Viewer& viewer);
  // Periods that there are figures for, by id, ascending; of a part, those that its families were
  // computed for.
  Result<std::vector<std::string>> periods(const Viewer& viewer);
  // Grows with every completed run and every load: what a cache or an ETag may depend on.
  Result<std::int64_t> data_version();

 private:
  // By areas and families; of one version of the data.
  using Portions = std::map<std::pair<std::vector<std::string>, std::vector<std::string>>,
                            std::shared_ptr<const Portion>>;

  std::unique_ptr<const DoorParts> parts_;
  std::mutex mutex_;
  std::int64_t portions_version_ = -1;
  Portions portions_;
};

// A door of its own to what is stored, for who reads once.
class StoreDoor {
 public:
  StoreDoor(FigureStore& figures, RunStore& runs, Catalogue& catalogue);
  ~StoreDoor();
  FigureDoor& door();
  // What of the question an audience does not see, and why. Who has the store sees everything; no
  // key is given this. Errors: kStoreUnavailable.
  Result<void> withheld(const FactQuery& query, Audience from, WithheldSink& sink);

 private:
  struct Stages;
  std::unique_ptr<Stages> stages_;
};

}  // namespace qd::reading::access
