#include "core/capture/rsh/tsm_records.hpp"

#include "core/tables/shipped_tables.hpp"

namespace qd::capture::rsh {
namespace {

constexpr std::int64_t kVersion = 1;  // of the regulator's definitions

Cell figure_cell(const TsmFigure& figure) {
  return figure.number ? Cell::of(*figure.number) : Cell{};
}

// The texts of marks live as long as the program: cells only point at them.
Cell mark_cell(char mark) {
  static constexpr std::string_view kMarks = "XZUES";
  const std::size_t at = mark == '\0' ? std::string_view::npos : kMarks.find(mark);
  return at == std::string_view::npos ? Cell{} : Cell::of(kMarks.substr(at, 1));
}

std::vector<Cell> measured(const std::string& measure, const TsmPlace& place) {
  return {
      Cell::of(std::string_view(measure)),         Cell::of(kVersion),
      Cell::of(std::string_view(place.landlord)),  Cell::of(std::string_view(place.tenure)),
      Cell::of(make_date(place.start_year, 4, 1)), Cell::of(make_date(place.start_year + 1, 4, 1))};
}

}  // namespace

const TableSpec& areas_table() { return *tables::shipped_table("areas"); }
const TableSpec& measures_table() { return *tables::shipped_table("measure_observations"); }
const TableSpec& tallies_table() { return *tables::shipped_table("survey_tallies"); }

std::vector<Cell> cells_of(const TsmPlace& place, const TsmMeasure& measure) {
  std::vector<Cell> cells = measured(measure.measure, place);
  cells.push_back(figure_cell(measure.numerator));
  cells.push_back(figure_cell(measure.denominator));
  cells.push_back(mark_cell(measure.mark()));
  return cells;
}

std::vector<Cell> cells_of(const TsmPlace& place, const TsmTally& tally) {
  std::vector<Cell> cells = measured(tally.measure, place);
  for (const auto& count : tally.counts) cells.push_back(figure_cell(count));
  cells.push_back(tally.weighted ? Cell::of(std::int64_t{*tally.weighted ? 1 : 0}) : Cell{});
  cells.push_back(tally.responses ? Cell::of(*tally.responses) : Cell{});
  cells.push_back(mark_cell(tally.mark()));
  return cells;
}

}  // namespace qd::capture::rsh
