#include "core/capture/rsh/tsm_load.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/capture/rsh/tsm_records.hpp"

namespace qd::capture::rsh {
namespace {

// Landlords of the workbook exist before any year it is published for. The day is the same in
// every edition, so that next year's does not supersede this year's area for nothing.
const Date kKnownSince = make_date(2000, 4, 1);

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
      measure_rules_(measures_table(), kKnownSince),
      load_(load) {}

Result<TsmLoad> TsmLoad::begin(ObservationStore& store, Load& load, capture::ReportBook& book) {
  auto names = names_of(store);
  if (!names) return fail(names.error());
  return TsmLoad(load, book, std::move(*names));
}

// Unweighted answers to TP01 are how many people stand behind a weighted one.
std::optional<std::int64_t> responses_of(const TsmLandlord& landlord, const TsmTally& tally) {
  if (tally.measure != "TP01" || !tally.weighted.value_or(false)) return std::nullopt;
  for (const auto& other : landlord.tallies) {
    if (other.measure == "TP01_UNWEIGHTED") return answers_of(other).millionths / Number::kScale;
  }
  return std::nullopt;
}

Result<void> TsmLoad::take(const std::string& sheet, int start_year, const std::string& tenure,
                           const TsmLandlord& landlord) {
  const std::string where = fmt::format("{} line {}, {}", sheet, landlord.line, landlord.code);
  if (auto taken = take_area(sheet, landlord); !taken) return taken;
  for (const auto& measure : landlord.measures) {
    const auto cells = cells_of({landlord.code, measure.tenure, start_year}, measure);
    for (const auto& note : measure_rules_.notes(cells)) {
      book_.note(fmt::format("{} {} {}: {}", where, measure.measure, measure.tenure, note));
    }
    if (auto added = load_.add(measures_table(), cells); !added) return added;
  }
  for (TsmTally tally : landlord.tallies) {
    tally.responses = responses_of(landlord, tally);
    const auto cells = cells_of({landlord.code, tenure, start_year}, tally);
    if (auto added = load_.add(tallies_table(), cells); !added) return added;
  }
  look_at_totals(where, landlord);
  return {};
}

// The store's name stays: a name is changed by importing areas, not by the way.
Result<void> TsmLoad::take_area(const std::string& sheet, const TsmLandlord& landlord) {
  const bool fresh = !names_.contains(landlord.code);
  const std::string& said = landlord.name.empty() ? landlord.code : landlord.name;
  const std::string& name = names_.emplace(landlord.code, said).first->second;
  const bool first = met_.emplace(landlord.code, !fresh).second;
  if (first && !fresh) ++known_;
  if (!landlord.name.empty() && name != landlord.name) {
    book_.note(fmt::format("{} line {}: {} is called '{}' here; it keeps its name '{}'", sheet,
                           landlord.line, landlord.code, landlord.name, name));
  }
  if (!fresh) return {};
  const std::vector<Cell> cells = {
      Cell::of(landlord.code), Cell::of(said), Cell::of(std::string_view("landlord")), Cell{},
      Cell::of(kKnownSince),   Cell{}};
  return load_.add(areas_table(), cells);
}

// What must fit together (domain: management measures, integrity checks); odd, yet taken.
void TsmLoad::look_at_totals(const std::string& where, const TsmLandlord& landlord) {
  for (const auto& measure : landlord.measures) {
    if (!measure.measure.starts_with("CH02") || !measure.denominator.number) continue;
    const std::string made = "CH01" + measure.measure.substr(4);
    const TsmMeasure* complaints = find_measure(landlord, made, measure.tenure);
    if (complaints == nullptr || !complaints->numerator.number) continue;
    if (*complaints->numerator.number == *measure.denominator.number) continue;
    book_.note(fmt::format("{} {} {}: its denominator is not the numerator of {}", where,
                           measure.measure, measure.tenure, made));
  }
}

}  // namespace qd::capture::rsh
