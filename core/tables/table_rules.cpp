#include "core/tables/table_rules.hpp"

#include <algorithm>
#include <string_view>

#include "core/model/period.hpp"

namespace qd::tables {
namespace {

// A minute value above a whole month is a slip (hours typed as seconds, a date serial).
constexpr std::int64_t kMostMinutes = std::int64_t{24} * 60 * 31;

bool starts_quarter(const Cell& day, const Cell&) {
  const Date date = date_of(static_cast<std::int32_t>(day.value));
  return Period::quarter_of(date).from() == date;
}
bool not_before(const Cell& last, const Cell& first) { return last.value >= first.value; }
bool after(const Cell& until, const Cell& from) { return until.value > from.value; }
bool credible_version(const Cell& cell, const Cell&) {
  return cell.value >= 1 && cell.value <= 9999;
}
bool credible_factor(const Cell& cell, const Cell&) {
  return cell.value >= 1 && cell.value <= 1'000'000'000;
}
bool not_negative(const Cell& cell, const Cell&) { return cell.value >= 0; }
bool countable(const Cell& number, const Cell&) {
  return number.value >= -kMostCounted.millionths && number.value <= kMostCounted.millionths;
}
bool countable_whole(const Cell& cell, const Cell&) {
  return cell.value <= kMostCounted.millionths / Number::kScale;
}
bool yes_or_no(const Cell& cell, const Cell&) { return cell.value == 0 || cell.value == 1; }
bool level_2_to_4(const Cell& cell, const Cell&) { return cell.value >= 2 && cell.value <= 4; }
bool strength_1_to_3(const Cell& cell, const Cell&) { return cell.value >= 1 && cell.value <= 3; }
bool shown_decimals(const Cell& cell, const Cell&) { return cell.value >= 0 && cell.value <= 10; }
bool credible_minutes(const Cell& cell, const Cell&) {
  return cell.value >= 0 && cell.value <= kMostMinutes;
}
bool level_list(const Cell& cell, const Cell&) {  // "2;4"
  for (std::size_t i = 0; i < cell.text.size(); ++i) {
    const char letter = cell.text[i];
    if (i % 2 == 0 ? (letter < '1' || letter > '4') : letter != ';') return false;
  }
  return cell.text.size() % 2 == 1;
}
bool parent_by_kind(const Cell& parent, const Cell& kind) {
  return parent.present != (kind.text == "landlord");
}

struct Rule {
  std::string_view table, column, other;  // other: empty, or the column it is held against
  bool (*holds)(const Cell& cell, const Cell& other);
  std::string_view reason, hint;
  bool when_absent = false;  // held also against an absent cell
};

constexpr std::string_view kMinutesHint = "write minutes, 0 to 44640 (31 days)";
constexpr std::string_view kFlagHint = "write 1 for yes, 0 for no";
constexpr std::string_view kLevelHint = "levels with members are 2, 3 and 4";
constexpr std::string_view kVersionReason = "versions count from 1 to 9999";
constexpr std::string_view kVersionHint = "write 1, and one more for every new version";
constexpr std::string_view kCountReason = "no count is beyond 1,000,000,000";
constexpr std::string_view kCountHint = "check the number of digits";
constexpr std::string_view kAnswers = "answers are never negative";
constexpr std::string_view kSignHint = "check the sign";
constexpr std::string_view kUntilHint = "until is the day after the last";

constexpr Rule kRules[] = {
    {"areas", "valid_until", "valid_from", after, "it ends before it begins", kUntilHint},
    {"areas", "parent", "kind", parent_by_kind,
     "a landlord has no parent, and every other area has one",
     "name the area it lies in; leave it empty for a landlord", true},
    {"memberships", "level", "", level_2_to_4, "there is no such level", kLevelHint},
    {"memberships", "closed_on", "opened_on", not_before, "it was closed before it was opened",
     "closed_on is the last day, inclusive"},
    {"events", "level", "", level_2_to_4, "there is no such level", kLevelHint},
    {"events", "minutes", "", credible_minutes, "no event takes that long", kMinutesHint},
    {"events", "cancelled", "", yes_or_no, "neither yes nor no", kFlagHint},
    {"participations", "minutes", "", credible_minutes, "nobody takes part that long",
     kMinutesHint},
    {"policies", "customer_facing", "", yes_or_no, "neither yes nor no", kFlagHint},
    {"consultations", "closed_on", "opened_on", not_before, "it was closed before it was opened",
     "closed_on is the last day, inclusive"},
    {"consultations", "levels", "", level_list, "this is no list of levels",
     "write the levels with semicolons between, e.g. 2;4"},
    {"measure_observations", "version", "", credible_version, kVersionReason, kVersionHint},
    {"measure_observations", "period_until", "period_from", after, "it ends before it begins",
     kUntilHint},
    {"measure_observations", "denominator", "", not_negative, "a denominator is never negative",
     "check the sign"},
    {"measure_observations", "numerator", "", countable, kCountReason, kCountHint},
    {"measure_observations", "denominator", "", countable, kCountReason, kCountHint},
    {"survey_tallies", "version", "", credible_version, kVersionReason, kVersionHint},
    {"survey_tallies", "period_until", "period_from", after, "it ends before it begins",
     kUntilHint},
    {"survey_tallies", "very_positive", "", not_negative, kAnswers, kSignHint},
    {"survey_tallies", "fairly_positive", "", not_negative, kAnswers, kSignHint},
    {"survey_tallies", "neither", "", not_negative, kAnswers, kSignHint},
    {"survey_tallies", "fairly_negative", "", not_negative, kAnswers, kSignHint},
    {"survey_tallies", "very_negative", "", not_negative, kAnswers, kSignHint},
    {"survey_tallies", "not_applicable", "", not_negative, kAnswers, kSignHint},
    {"survey_tallies", "filter_yes", "", not_negative, kAnswers, kSignHint},
    {"survey_tallies", "filter_no", "", not_negative, kAnswers, kSignHint},
    {"survey_tallies", "weighted", "", yes_or_no, "neither yes nor no", kFlagHint},
    {"survey_tallies", "responses", "", not_negative, kAnswers, kSignHint},
    {"survey_tallies", "very_positive", "", countable, kCountReason, kCountHint},
    {"survey_tallies", "fairly_positive", "", countable, kCountReason, kCountHint},
    {"survey_tallies", "neither", "", countable, kCountReason, kCountHint},
    {"survey_tallies", "fairly_negative", "", countable, kCountReason, kCountHint},
    {"survey_tallies", "very_negative", "", countable, kCountReason, kCountHint},
    {"survey_tallies", "not_applicable", "", countable, kCountReason, kCountHint},
    {"survey_tallies", "filter_yes", "", countable, kCountReason, kCountHint},
    {"survey_tallies", "filter_no", "", countable, kCountReason, kCountHint},
    {"survey_tallies", "responses", "", countable_whole, kCountReason, kCountHint},
    {"definitions", "version", "", credible_version, kVersionReason, kVersionHint},
    {"definitions", "multiplier", "", credible_factor,
     "a multiplier lies between 1 and 1,000,000,000",
     "write 100 for %, 1000 for a rate per 1,000, else 1"},
    {"definitions", "divisor", "", credible_factor, "a divisor lies between 1 and 1,000,000,000",
     "write 1 unless units change"},
    {"definitions", "decimals", "", shown_decimals, "nothing is shown to so many decimals",
     "write 0 to 10"},
    {"definitions", "effective_from", "", starts_quarter, "a definition begins with a quarter",
     "write 1 April, 1 July, 1 October or 1 January"},
    {"definitions", "effective_until", "effective_from", after, "it ends before it begins",
     kUntilHint},
    {"definitions", "comparable_with_previous", "", yes_or_no, "neither yes nor no", kFlagHint},
    {"definition_links", "strength", "", strength_1_to_3, "there is no such strength",
     "write 1 weak, 2 moderate or 3 strong"},
};

bool is_part_of_whole(std::string_view measure) {
  return measure.starts_with("BS0") || measure.starts_with("RP0") || measure.starts_with("CH02");
}

bool to_be_held(const Rule& rule, const Cell& cell, const Cell* other) {
  if (rule.when_absent) return other == nullptr || other->present;
  return cell.present && (other == nullptr || other->present);
}

}  // namespace

TableRules::TableRules(const TableSpec& table)
    : numerator_(table.index_of("numerator")),
      denominator_(table.index_of("denominator")),
      measures_(table.name == "measure_observations") {
  for (std::size_t i = 0; i < std::size(kRules); ++i) {
    if (kRules[i].table != table.name) continue;
    rules_.push_back({table.index_of(kRules[i].column), table.index_of(kRules[i].other), i});
  }
}

std::vector<BrokenRule> TableRules::broken(std::span<const Cell> cells) const {
  std::vector<BrokenRule> broken;
  for (const auto& bound : rules_) {
    const Rule& rule = kRules[bound.rule];
    const Cell* other = rule.other.empty() ? nullptr : &cells[bound.other];
    const Cell& cell = cells[bound.column];
    if (!to_be_held(rule, cell, other) || rule.holds(cell, other ? *other : Cell{})) continue;
    broken.push_back({bound.column, std::string(rule.reason), std::string(rule.hint)});
  }
  return broken;
}

// Only of the regulator's percentages: rent collected may exceed 100 %, a mean has no such bound.
std::vector<std::string> TableRules::notes(std::span<const Cell> cells) const {
  if (!measures_ || !is_part_of_whole(cells[0].text)) return {};
  const Cell& numerator = cells[numerator_];
  const Cell& denominator = cells[denominator_];
  if (!numerator.present || !denominator.present) return {};
  if (numerator.value <= denominator.value) return {};
  return {"the numerator is greater than the denominator"};
}

}  // namespace qd::tables
