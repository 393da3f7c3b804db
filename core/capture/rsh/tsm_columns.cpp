#include "core/capture/rsh/tsm_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/capture/rsh/heading_places.hpp"
#include "core/capture/workbook/workbook_reader.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture::rsh {
namespace {

// Finds what stands where, and makes up the columns of each measure.
class Gathering {
 public:
  Gathering(const TsmTable& table, TsmColumns& columns) : table_(table), columns_(columns) {
    for (const auto& column : columns.all) {
      if (column.how != TsmHow::kNotPlaced) placed_.emplace(column.means, &column);
    }
  }

  void gather_plain();
  void gather_measures();
  void gather_tallies();

 private:
  std::int64_t at(TsmRole role, const std::string& measure = {}, const std::string& tenure = {});
  void gather_measure(const std::string& measure, const std::string& tenure);
  void gather_tally(const std::string& measure);
  void leave_out(const std::string& what, const std::string& missing);
  std::string take_doubt();
  std::string doubt_of_published(const std::string& measure, const std::string& tenure = {}) const;

  const TsmTable& table_;
  TsmColumns& columns_;
  std::map<TsmMeaning, const PlacedColumn*> placed_;
  std::string doubt_;  // of the columns asked for since take_doubt
};

std::int64_t Gathering::at(TsmRole role, const std::string& measure, const std::string& tenure) {
  const auto found = placed_.find(TsmMeaning{role, measure, tenure});
  if (found == placed_.end()) return kNoColumn;
  if (doubt_.empty() && role != TsmRole::kPublished) doubt_ = found->second->doubt;
  return found->second->column;
}

std::string Gathering::doubt_of_published(const std::string& measure,
                                          const std::string& tenure) const {
  const auto found = placed_.find(TsmMeaning{TsmRole::kPublished, measure, tenure});
  return found == placed_.end() ? std::string() : found->second->doubt;
}

std::string Gathering::take_doubt() { return std::exchange(doubt_, {}); }

void Gathering::gather_plain() {
  columns_.name = at(TsmRole::kLandlordName);
  columns_.code = at(TsmRole::kLandlordCode);
  columns_.population = at(TsmRole::kPopulation);
  columns_.sample = at(TsmRole::kSample);
  columns_.weighted = at(TsmRole::kWeighted);
  if (table_.kind.block != TsmSheetKind::Block::kPerception) return;
  const auto missing = [&](std::int64_t column, const char* what, const char* costs) {
    if (column != kNoColumn) return;
    columns_.notes.push_back(fmt::format("{} has no column for {}: {}", table_.name, what, costs));
  };
  missing(columns_.population, "the relevant tenant population", "SURVEY is left out");
  missing(columns_.sample, "the sample achieved", "SURVEY is left out");
  missing(columns_.weighted, "whether responses were weighted", "that is not recorded");
}

void Gathering::leave_out(const std::string& what, const std::string& missing) {
  columns_.notes.push_back(
      fmt::format("{}: {} is left out: there is no column for {}", table_.name, what, missing));
}

void Gathering::gather_measures() {
  for (const auto& measure : tsm_measures()) {
    if (is_perception(measure)) continue;
    for (const auto& tenure : tenures_of(measure)) gather_measure(measure, tenure);
  }
}

void Gathering::gather_measure(const std::string& measure, const std::string& tenure) {
  TsmMeasureColumns found;
  found.measure = measure;
  found.tenure = tenure;
  found.numerator = at(TsmRole::kNumerator, measure, tenure);
  found.denominator = at(TsmRole::kDenominator, measure, tenure);
  found.published = at(TsmRole::kPublished, measure, tenure);
  found.doubt = take_doubt();
  found.published_doubt = doubt_of_published(measure, tenure);
  const bool numerator = found.numerator != kNoColumn;
  const bool denominator = found.denominator != kNoColumn;
  if (numerator && denominator) return columns_.measures.push_back(std::move(found));
  leave_out(measure + " " + tenure, numerator     ? "its denominator"
                                    : denominator ? "its numerator"
                                                  : "its numerator and denominator");
}

// Questions about repairs and upkeep are not put to shared owners; TP01 unweighted stands only
// where answers were weighted.
bool is_expected(const std::string& measure, const std::string& tenure) {
  const bool rented = measure == "TP02" || measure == "TP03" || measure == "TP04";
  return tenure != "LCHO" || !rented;
}

void Gathering::gather_tallies() {
  for (const auto& measure : tsm_measures()) {
    if (is_perception(measure)) gather_tally(measure);
  }
  gather_tally("TP01_UNWEIGHTED");
}

void Gathering::gather_tally(const std::string& measure) {
  TsmTallyColumns found{
      measure, {}, at(TsmRole::kPublished, measure), {}, doubt_of_published(measure)};
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < kTallyCounts; ++i) {
    if (i == kScaleAnswers) found.doubt = take_doubt();  // of the answers: they make the figure
    found.counts[i] = at(kTallyRoles[i], measure);
    if (i >= kScaleAnswers || found.counts[i] != kNoColumn) continue;
    missing.push_back(fmt::format("'{}'", role_words(kTallyRoles[i])));
  }
  take_doubt();
  if (missing.empty()) return columns_.tallies.push_back(std::move(found));
  const bool any = missing.size() < kScaleAnswers || found.published != kNoColumn;
  if (any || is_expected(measure, table_.kind.tenure)) {
    leave_out(measure, fmt::format("{}", fmt::join(missing, ", ")));
  }
}

void note_columns(const TsmTable& table, TsmColumns& columns) {
  for (const auto& column : columns.all) {
    if (column.remark.empty()) continue;
    const bool taken = column.how != TsmHow::kNotPlaced;
    columns.notes.push_back(fmt::format(
        "{} column {}: '{}': {}; {}", table.name, workbook::column_letters(column.column),
        text::shortened(column.heading, 300), column.remark,
        taken ? "taken as " + meaning_text(column.means) : std::string("left out")));
  }
}

// Columns with values and no heading, e.g. under a heading that was merged over two.
void note_nameless(const TsmTable& table, TsmColumns& columns) {
  std::set<std::int64_t> nameless;
  for (const auto& row : table.rows) {
    for (const auto& cell : row.cells) nameless.insert(cell.column);
  }
  for (const auto& cell : table.headings.cells) nameless.erase(cell.column);
  for (const auto column : nameless) {
    columns.notes.push_back(fmt::format("{} column {}: it has no heading; left out", table.name,
                                        workbook::column_letters(column)));
  }
}

}  // namespace

const std::string& TsmColumns::heading(std::int64_t column) const {
  static const std::string none;
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const PlacedColumn& placed) { return placed.column == column; });
  return found == all.end() ? none : found->heading;
}

TsmColumns place_tsm_columns(const TsmTable& table, const Layout& layout) {
  TsmColumns columns;
  columns.all = read_headings(table, layout);
  note_nameless(table, columns);
  settle_doubled(table, columns.all);
  place_by_position(columns.all);
  if (table.kind.block == TsmSheetKind::Block::kPerception) hold_shared_words(columns.all);
  note_columns(table, columns);
  Gathering gathering(table, columns);
  gathering.gather_plain();
  if (table.kind.block == TsmSheetKind::Block::kPerception)
    gathering.gather_tallies();
  else
    gathering.gather_measures();
  return columns;
}

}  // namespace qd::capture::rsh
