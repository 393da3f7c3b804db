// What a figure is shown with beside its codes: names, kinds, days.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/area_tree.hpp"
#include "core/ports/catalogue.hpp"
#include "core/ports/clock.hpp"
#include "core/reading/access/portion.hpp"

namespace qd::faces {

struct AreaLabel {
  std::string name, kind;  // as the table `areas` has them
  std::string parent;      // code of what it lies in; "": nothing, or nothing that is the reader's
  std::string path;        // codes from the top to itself: "L1/N1/E7"
};

struct AreaLabels {
  TextMap<AreaLabel> labels;  // by code
  std::string version;        // changes when any label does

  const AreaLabel& of(std::string_view area) const;  // all empty: the area is not known (any more)
};
AreaLabels area_labels(const std::vector<Area>& areas,
                       const reading::access::Portion& portion = {});

// The areas there are, kept for a moment: every figure is shown with one. Thread-safe.
class LabelKeeper {
 public:
  // What was changed is seen at the latest so long after.
  static constexpr std::chrono::milliseconds kMemory = std::chrono::seconds{5};

  LabelKeeper(Catalogue& store, const Clock& clock) : store_(store), clock_(clock) {}
  // Errors: kStoreUnavailable.
  Result<std::shared_ptr<const AreaLabels>> now(const reading::access::Portion& portion = {});

 private:
  Catalogue& store_;
  const Clock& clock_;
  std::mutex mutex_;
  std::vector<Area> areas_;
  std::shared_ptr<const AreaLabels> labels_;  // of all of them; null: not read yet
  Instant read_at_{};
};

struct PeriodLabel {
  std::string from, until;            // of the days the reading is of, half-open: 2026-04-01
  std::string previous, year_before;  // ids of periods of the same kind
};

// Where something of this reading stands in an array; 0: it is no reading, but spoilt in the store.
constexpr std::size_t kReadingPlaces = 4;
constexpr std::size_t place_of(Reading reading) {
  const auto place = static_cast<std::size_t>(reading);
  return place < kReadingPlaces ? place : 0;
}

// All empty: the period is no period of the calendar, or "". What is given stays for this thread,
// and for the next thousands of periods.
const PeriodLabel& period_label(std::string_view period, Reading reading);

}  // namespace qd::faces
