#include "core/capture/rsh/tsm_load.hpp"

#include <fmt/format.h>

#include <tuple>
#include <utility>

#include "core/tables/shipped_tables.hpp"

namespace qd::capture::rsh {
namespace {

// Landlords of the workbook exist before any year it is published for. The day is the same in
// every edition, so that next year's does not supersede this year's area for nothing.
const Date kKnownSince = make_date(2000, 4, 1);

constexpr std::int64_t kVersion = 1;  // of the regulator's definitions

const TableSpec& areas_table() { return *tables::shipped_table("areas"); }

Cell figure_cell(const TsmFigure& figure) {
  return figure.number ? Cell::of(*figure.number) : Cell{};
}

// The texts of marks live as long as the program: cells only point at them.
Cell mark_cell(char mark) {
  static constexpr std::string_view kMarks = "XZUES";
  const std::size_t at = mark == '\0' ? std::string_view::npos : kMarks.find(mark);
  return at == std::string_view::npos ? Cell{} : Cell::of(kMarks.substr(at, 1));
}

Result<std::map<std::string, std::string>> names_of(ObservationStore& store) {
  std::map<std::string, std::string> names;
  Dictionary dictionary;
  const ScanRequest request{areas_table(), {"code", "name"}, Instant::max()};
  const auto scanned = store.scan(request, dictionary, [&](const Batch& batch) -> Result<void> {
    for (std::size_t row = 0; row < batch.n_rows; ++row) {
      names.emplace(dictionary.text(batch.columns[0].codes[row]),
                    dictionary.text(batch.columns[1].codes[row]));
    }
    return {};
  });
  if (!scanned) return fail(scanned.error());
  return names;
}

const TsmMeasure* find_measure(const TsmLandlord& landlord, std::string_view measure,
                               const std::string& tenure) {
  for (const auto& found : landlord.measures) {
    if (found.measure == measure && found.tenure == tenure) return &found;
  }
  return nullptr;
}

}  // namespace

TsmLoad::TsmLoad(Load& load, capture::ReportBook& book, std::map<std::string, std::string> names)
    : book_(book),
      names_(std::move(names)),
      load_(load),
      measures_(*tables::shipped_table("measure_observations")),
      tallies_(*tables::shipped_table("survey_tallies")) {}

Result<TsmLoad> TsmLoad::begin(ObservationStore& store, Load& load, capture::ReportBook& book) {
  auto names = names_of(store);
  if (!names) return fail(names.error());
  return TsmLoad(load, book, std::move(*names));
}

Result<void> TsmLoad::take(const std::string& sheet, int start_year, const std::string& tenure,
                           const TsmLandlord& landlord) {
  const std::string where = fmt::format("{} line {}, {}", sheet, landlord.line, landlord.code);
  if (auto taken = take_area(sheet, landlord); !taken) return taken;
  const Cell from = Cell::of(make_date(start_year, 4, 1));
  const Cell until = Cell::of(make_date(start_year + 1, 4, 1));
  for (const auto& measure : landlord.measures) {
    compare(where, measure.measure + " " + measure.tenure, measure.published, recompute(measure));
    const std::vector<Cell> place = {Cell::of(measure.measure),
                                     Cell::of(kVersion),
                                     Cell::of(landlord.code),
                                     Cell::of(measure.tenure),
                                     from,
                                     until};
    if (auto added = add_measure(place, measure); !added) return added;
  }
  for (const auto& tally : landlord.tallies) {
    compare(where, tally.measure + " " + tenure, tally.published, recompute(tally));
    const std::vector<Cell> place = {Cell::of(tally.measure),
                                     Cell::of(kVersion),
                                     Cell::of(landlord.code),
                                     Cell::of(tenure),
                                     from,
                                     until};
    if (auto added = add_tally(place, tally); !added) return added;
  }
  look_at_totals(where, landlord);
  return {};
}

// The store's name stays: a name is changed by importing areas, not by the way.
Result<void> TsmLoad::take_area(const std::string& sheet, const TsmLandlord& landlord) {
  const bool fresh = !names_.contains(landlord.code);
  const std::string& name = names_.emplace(landlord.code, landlord.name).first->second;
  const bool first = met_.emplace(landlord.code, !fresh).second;
  if (first && !fresh) ++known_;
  if (name != landlord.name) {
    book_.note(fmt::format("{} line {}: {} is called '{}' here; it keeps its name '{}'", sheet,
                           landlord.line, landlord.code, landlord.name, name));
  }
  if (!fresh) return {};
  const std::vector<Cell> cells = {Cell::of(landlord.code),
                                   Cell::of(landlord.name),
                                   Cell::of(std::string_view("landlord")),
                                   Cell{},
                                   Cell::of(kKnownSince),
                                   Cell{}};
  return load_.add(areas_table(), cells);
}

Result<void> TsmLoad::add_measure(const std::vector<Cell>& place, const TsmMeasure& measure) {
  std::vector<Cell> cells = place;
  cells.push_back(figure_cell(measure.numerator));
  cells.push_back(figure_cell(measure.denominator));
  cells.push_back(mark_cell(measure.mark()));
  return load_.add(measures_, cells);
}

Result<void> TsmLoad::add_tally(const std::vector<Cell>& place, const TsmTally& tally) {
  std::vector<Cell> cells = place;
  for (const auto& count : tally.counts) cells.push_back(figure_cell(count));
  cells.push_back(Cell::of(std::int64_t{tally.weighted ? 1 : 0}));
  cells.push_back(tally.responses ? Cell::of(*tally.responses) : Cell{});
  cells.push_back(mark_cell(tally.mark()));
  return load_.add(tallies_, cells);
}

void TsmLoad::compare(const std::string& where, const std::string& measure,
                      const TsmFigure& published, const std::optional<std::string>& recomputed) {
  if (!published.number) {
    if (published.mark == '\0' || !recomputed) return;
    return book_.note(fmt::format("{} {}: published as [{}], and its figures give {}", where,
                                  measure, published.mark, *recomputed));
  }
  const std::string shown = Ratio(published.number->millionths, Number::kScale).rounded(1);
  if (recomputed && *recomputed == shown) return;
  book_.note(fmt::format("{} {}: published as {}, and its figures give {}", where, measure, shown,
                         recomputed.value_or("none")));
}

// What must fit together (domain: management measures, integrity checks); odd, yet taken.
void TsmLoad::look_at_totals(const std::string& where, const TsmLandlord& landlord) {
  for (const auto& measure : landlord.measures) {
    const auto& [numerator, denominator] = std::tie(measure.numerator, measure.denominator);
    const bool rate = measure.measure.starts_with("NM01") || measure.measure.starts_with("CH01");
    if (!rate && numerator.number && denominator.number &&
        *numerator.number > *denominator.number) {
      book_.note(fmt::format("{} {} {}: the numerator is greater than the denominator", where,
                             measure.measure, measure.tenure));
    }
    if (!measure.measure.starts_with("CH02")) continue;
    const std::string made = "CH01" + measure.measure.substr(4);
    const TsmMeasure* complaints = find_measure(landlord, made, measure.tenure);
    if (complaints == nullptr || !complaints->numerator.number || !denominator.number) continue;
    if (*complaints->numerator.number == *denominator.number) continue;
    book_.note(fmt::format("{} {} {}: its denominator is not the numerator of {}", where,
                           measure.measure, measure.tenure, made));
  }
}

}  // namespace qd::capture::rsh
