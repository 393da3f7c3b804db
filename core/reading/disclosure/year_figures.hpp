// The figures of one family and financial year that are of people: what is decided upon together,
// because quarters, years to date and the year are of the same persons.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/model/area_tree.hpp"
#include "core/model/period.hpp"
#include "core/model/run.hpp"
#include "core/ports/figures/figure_store.hpp"

namespace qd::reading::disclosure {

struct PeopleFigure {
  std::uint32_t position = 0;  // in its run
  std::shared_ptr<const Definition> definition;
  std::uint32_t area = 0;       // of YearFigures::areas
  std::uint32_t breakdown = 0;  // of YearFigures::breakdowns
  Reading reading = Reading::kQuarter;
  FactValue value;
};

struct PeopleRun {
  std::int64_t run = 0;
  Period period = Period::year(0);
  std::vector<PeopleFigure> figures;    // in no order
  std::vector<std::uint32_t> unplaced;  // positions of those whose area or reading has no tree
  // By reading of the period, then number of area: what it lies in then, AreaTree::kRoot or
  // kAbsent.
  std::vector<std::vector<std::uint32_t>> parents;
};

struct YearFigures {
  std::vector<std::string> areas;       // ascending
  std::vector<std::string> breakdowns;  // as in Fact
  std::vector<PeopleRun> runs;          // by period
  std::vector<PeopleRun> replaced;      // in whose place one of `runs` is now, by number
};

// Whether a figure says something of people: it counts them, or what it counts is told of them.
bool is_of_people(const Definition& definition);

// The figures of a run that are of people, as they were read: areas and breakdowns by the numbers
// they have here.
struct ReadRun {
  Run run;
  std::vector<PeopleFigure> figures;
  std::vector<std::string> areas, breakdowns;
};
// Errors: those of FigureStore::scan.
Result<std::shared_ptr<const ReadRun>> read_run(const Run& run, FigureStore& store);

// Takes one run after the other. Used by one thread.
class YearIntake {
 public:
  // Areas as they were known.
  explicit YearIntake(std::vector<Area> areas) : areas_(std::move(areas)) {}

  // Errors: those of Period::parse and AreaTree::build.
  Result<void> add(const ReadRun& run);
  Result<void> add_replaced(const ReadRun& run);
  YearFigures take();  // once, at the end

 private:
  Result<PeopleRun> placed(const ReadRun& run);
  std::uint32_t number_of(const std::string& breakdown);

  std::vector<Area> areas_;
  YearFigures year_;
  TextMap<std::uint32_t> breakdown_numbers_;
};

}  // namespace qd::reading::disclosure
