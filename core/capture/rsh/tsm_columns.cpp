#include "core/capture/rsh/tsm_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/text/text_check.hpp"

namespace qd::capture::rsh {
namespace {

// What a column holds: no two columns of a sheet may hold the same.
struct Slot {
  std::string measure, tenure;
  TsmRole role;
  friend bool operator<(const Slot& a, const Slot& b) {
    return std::tie(a.measure, a.tenure, a.role) < std::tie(b.measure, b.tenure, b.role);
  }
};
using Slots = std::map<Slot, std::int64_t>;

constexpr std::array<TsmRole, kTallyCounts> kTallyRoles = {
    TsmRole::kVeryPositive, TsmRole::kFairlyPositive, TsmRole::kNeither,   TsmRole::kFairlyNegative,
    TsmRole::kVeryNegative, TsmRole::kNotApplicable,  TsmRole::kFilterYes, TsmRole::kFilterNo,
};

std::int64_t column_of(const Slots& slots, const Slot& slot) {
  const auto found = slots.find(slot);
  return found == slots.end() ? kNoColumn : found->second;
}

Result<Slots> collect(const std::string& sheet, const SheetRow& row,
                      std::vector<std::string>& notes) {
  Slots slots;
  for (const auto& cell : row.cells) {
    const TsmHeading heading = read_tsm_heading(cell.text);
    if (heading.role == TsmRole::kContext) continue;
    if (heading.role == TsmRole::kUnknown) {
      notes.push_back(fmt::format("{} column {}: the heading '{}' is not known; left out", sheet,
                                  column_letters(cell.column), text::shortened(cell.text, 300)));
      continue;
    }
    const auto [first, placed] =
        slots.emplace(Slot{heading.measure, heading.tenure, heading.role}, cell.column);
    if (placed) continue;
    return fail(ErrorCode::kHeadingUnknown,
                fmt::format("{}: the headings of columns {} and {} say the same: '{}'", sheet,
                            column_letters(first->second), column_letters(cell.column),
                            text::shortened(cell.text, 300)),
                "give each column of the sheet a heading of its own");
  }
  return slots;
}

tl::unexpected<Error> half(const std::string& sheet, const std::string& what) {
  return fail(ErrorCode::kHeadingMissing, fmt::format("{} has no column for {}", sheet, what),
              "check that the workbook is the regulator's full data file");
}

Result<void> gather_measures(const std::string& sheet, const Slots& slots, TsmColumns& columns) {
  for (const auto& [slot, column] : slots) {
    if (slot.role != TsmRole::kNumerator && slot.role != TsmRole::kDenominator) continue;
    const bool known = !columns.measures.empty() &&
                       columns.measures.back().measure == slot.measure &&
                       columns.measures.back().tenure == slot.tenure;
    if (known) continue;
    const auto at = [&slots, &slot = slot](TsmRole role) {
      return column_of(slots, {slot.measure, slot.tenure, role});
    };
    const TsmMeasureColumns found{slot.measure, slot.tenure, at(TsmRole::kNumerator),
                                  at(TsmRole::kDenominator), at(TsmRole::kPublished)};
    if (found.numerator == kNoColumn || found.denominator == kNoColumn) {
      return half(sheet, fmt::format("the {} of {} ({})",
                                     found.numerator == kNoColumn ? "numerator" : "denominator",
                                     slot.measure, slot.tenure));
    }
    columns.measures.push_back(found);
  }
  return {};
}

Result<void> gather_tallies(const std::string& sheet, const Slots& slots, TsmColumns& columns) {
  for (const auto& [slot, column] : slots) {
    const bool count =
        std::find(kTallyRoles.begin(), kTallyRoles.end(), slot.role) != kTallyRoles.end();
    const bool known = !columns.tallies.empty() && columns.tallies.back().measure == slot.measure;
    if (!count || known) continue;
    TsmTallyColumns found{
        slot.measure, {}, column_of(slots, {slot.measure, {}, TsmRole::kPublished})};
    for (std::size_t i = 0; i < kTallyCounts; ++i) {
      found.counts[i] = column_of(slots, {slot.measure, {}, kTallyRoles[i]});
      if (i < kScaleAnswers && found.counts[i] == kNoColumn) {
        return half(sheet, fmt::format("answer {} of {}", i + 1, slot.measure));
      }
    }
    columns.tallies.push_back(found);
  }
  return {};
}

Result<void> require(const std::string& sheet, const TsmColumns& columns, bool perception) {
  if (columns.name == kNoColumn) return half(sheet, "the landlord's name");
  if (columns.code == kNoColumn) return half(sheet, "the landlord's code");
  if (!perception) {
    return columns.measures.empty() ? Result<void>(half(sheet, "any measure")) : Result<void>{};
  }
  if (columns.tallies.empty()) return half(sheet, "any answers");
  if (columns.population == kNoColumn) return half(sheet, "the relevant tenant population");
  if (columns.sample == kNoColumn) return half(sheet, "the sample achieved");
  if (columns.weighted == kNoColumn) return half(sheet, "whether responses were weighted");
  return {};
}

void note_absent(const std::string& sheet, const TsmColumns& columns,
                 std::vector<std::string>& notes) {
  static constexpr std::array<std::string_view, 14> kMeasures = {
      "BS01", "BS02",   "BS03",   "BS04",   "BS05",   "NM01_1", "NM01_2",
      "RP01", "RP02_1", "RP02_2", "CH01_1", "CH01_2", "CH02_1", "CH02_2"};
  for (const auto measure : kMeasures) {
    const bool there = std::any_of(columns.measures.begin(), columns.measures.end(),
                                   [&](const auto& found) { return found.measure == measure; });
    if (!there) notes.push_back(fmt::format("{} has no columns for {}", sheet, measure));
  }
}

}  // namespace

Result<TsmColumns> place_tsm_columns(const std::string& sheet, const SheetRow& headings,
                                     bool perception, std::vector<std::string>& notes) {
  const auto slots = collect(sheet, headings, notes);
  if (!slots) return fail(slots.error());
  const auto at = [&](TsmRole role) { return column_of(*slots, {{}, {}, role}); };
  TsmColumns columns;
  columns.name = at(TsmRole::kLandlordName);
  columns.code = at(TsmRole::kLandlordCode);
  columns.population = at(TsmRole::kPopulation);
  columns.sample = at(TsmRole::kSample);
  columns.weighted = at(TsmRole::kWeighted);
  for (const auto& cell : headings.cells) columns.headings.emplace(cell.column, cell.text);
  if (auto done = gather_measures(sheet, *slots, columns); !done) return fail(done.error());
  if (auto done = gather_tallies(sheet, *slots, columns); !done) return fail(done.error());
  if (auto done = require(sheet, columns, perception); !done) return fail(done.error());
  if (!perception) note_absent(sheet, columns, notes);
  return columns;
}

}  // namespace qd::capture::rsh
