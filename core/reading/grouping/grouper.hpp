// Takes figures and keeps, of each version of an indicator, the sums of its groups and what was put
// together.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/model/area_tree.hpp"
#include "core/reading/figure_columns.hpp"
#include "core/reading/grouping/grouped_figures.hpp"
#include "core/reading/grouping/sum.hpp"

namespace qd::reading::grouping {

struct Days {
  Date from, until;
  friend bool operator<(const Days& a, const Days& b) {
    return std::tie(a.from, a.until) < std::tie(b.from, b.until);
  }
};

using Names = std::unordered_set<std::string, TextHash, std::equal_to<>>;
// Area, period, reading, breakdown: "" where groups are not by it.
using GroupKey = std::tuple<std::string, std::string, Reading, std::string>;

struct Group {
  Sum sum;
  std::vector<std::int64_t> counted;  // of a distinct count: its figures that count somebody
};

struct Measured {
  std::shared_ptr<const Definition> definition;
  std::map<GroupKey, Group> groups;
  Names areas, breakdowns;
  std::map<Reading, Names> periods;
  std::map<Reading, std::set<Days>> days;
  std::vector<bool> known_areas;  // by their numbers in columns: those that are among `areas`
};

// Used by one thread, for one reading.
class Grouper final : public ColumnSink {
 public:
  explicit Grouper(const Grouping& by) : by_(by) {}

  void take(const FigureView& figure) override;
  // Of a distinct count each figure is needed by its number.
  bool takes_columns_of(const Definition& definition) const override {
    return definition.aggregation != Aggregation::kDistinctCount;
  }
  void take_columns(const FigureColumns& figures) override;

  // By indicator and version.
  const std::map<std::pair<std::string, int>, Measured>& all() const { return all_; }

 private:
  // Of the figures that are taken, the group that those of one reading and breakdown go to.
  class Slots {
   public:
    Group*& of(std::size_t slot) {
      if (groups_.size() <= slot) groups_.resize(slot + 1);
      if (!groups_[slot]) used_.push_back(slot);
      return groups_[slot];
    }
    void forget() {
      for (const std::size_t slot : used_) groups_[slot] = nullptr;
      used_.clear();
    }

   private:
    std::vector<Group*> groups_;
    std::vector<std::size_t> used_;
  };

  Measured& measured_of(const Definition& definition);
  void note_area(Measured& measured, const FigureColumns& figures, std::size_t row);
  Group& noted(Measured& measured, const FigureView& figure);

  Grouping by_;
  std::map<std::pair<std::string, int>, Measured> all_;
  Measured* last_ = nullptr;
  Slots slots_;
  std::string last_area_, last_breakdown_, last_period_;
  Reading last_reading_ = Reading::kQuarter;
  Group* last_group_ = nullptr;
};

}  // namespace qd::reading::grouping
