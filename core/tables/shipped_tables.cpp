#include "core/tables/shipped_tables.hpp"

#include <algorithm>

namespace qd::tables {
namespace {

using enum ColumnKind;

// What observations of the regulator's measures and of COPIs have in common: what was measured,
// by which version of its definition, where, for whom and from when to when.
std::vector<ColumnSpec> measured_columns(std::vector<ColumnSpec> more) {
  std::vector<ColumnSpec> columns = {
      {"measure", kText, true, "", "code of the measure, e.g. RP02_1, TP01, COPI-N01-C05"},
      {"version", kInteger, true, "", "version of the definition it was measured by"},
      {"area", kText, true, "", "where", {}, "areas"},
      {"tenure",
       kText,
       true,
       "",
       "tenure basis; ALL where tenure does not matter",
       {"LCRA", "LCHO", "LCRA+LCHO", "COMBINED", "ALL"}},
      {"period_from", kDate, true, "", "first day it covers; of a snapshot: of its period"},
      {"period_until", kDate, true, "",
       "the day after the last; a snapshot is taken the day before"},
  };
  columns.insert(columns.end(), more.begin(), more.end());
  return columns;
}

ColumnSpec mark_column() {
  return {"mark",
          kText,
          false,
          "",
          "why figures are missing: X left blank, Z not required, U denominator 0, E excluded, "
          "S suppressed",
          {"X", "Z", "U", "E", "S"}};
}

std::vector<TableSpec> make_tables() {
  return {
      {"areas",
       "The tree of places, dated: landlord, region, neighbourhood, estate, block.",
       {{"code", kText, true, "", "official code; always text, e.g. L4240, 00CN"},
        {"name", kText, true, "", "name as people know it"},
        {"kind",
         kText,
         true,
         "",
         "what it is",
         {"landlord", "region", "neighbourhood", "estate", "block"}},
        {"parent", kText, false, "", "the area it lies in; none for a landlord", {}, "areas"},
        {"valid_from", kDate, true, "",
         "first day it exists in this place of the tree; once stored it does not move to a later "
         "day: correct the parent, or give the new place a code of its own"},
        {"valid_until", kDate, false, "", "first day it no longer does"}},
       1},
      {"persons",
       "People who may be involved. A pseudonymous code, never a name.",
       {{"code", kText, true, "", "pseudonymous code"},
        {"relationship",
         kText,
         true,
         "",
         "what makes them eligible, or not counted",
         {"TENANT", "JOINT_TENANT", "HOUSEHOLDER", "MANAGED_OCCUPIER", "SERVICE_USER",
          "BOARD_MEMBER", "STAFF"}},
        {"area", kText, true, "", "where they live", {}, "areas"}},
       1},
      {"memberships",
       "Who belongs to which level of the pyramid of engagement, from when to when.",
       {{"person", kText, true, "", "who", {}, "persons"},
        {"level", kInteger, true, "", "2 armchair commentator, 3 peripheral, 4 substantial"},
        {"opened_on", kDate, true, "", "first day"},
        {"closed_on", kDate, false, "", "last day, inclusive; none while it is open"},
        {"close_reason", kText, false, "", "why it was closed, e.g. INELIGIBLE, MOVED_LEVEL"},
        {"role", kText, false, "", "part played", {"MEMBER", "CHAIR", "DEPUTY", "CHAMPION"}}},
       3},
      {"events",
       "Occasions on which people were involved.",
       {{"code", kText, true, "", "code of the event"},
        {"type",
         kText,
         true,
         "",
         "what kind of occasion",
         {"PANEL_MEETING", "SERVICE_REVIEW", "SURVEY", "FEEDBACK", "EDITORIAL", "INSPECTION",
          "TRAINING", "FOCUS", "CONSULTATION", "SOCIAL"}},
        {"level", kInteger, true, "", "level credited: 2, 3 or 4"},
        {"held_on", kDate, true, "", "local date it was held on"},
        {"minutes", kMinutes, false, "minutes", "how long it was planned to take"},
        {"cancelled", kYesNo, false, "", "whether it did not take place"},
        {"title", kText, false, "", "what it was about"}},
       1},
      {"participations",
       "Who took part in which event, and for how long.",
       {{"person", kText, true, "", "who", {}, "persons"},
        {"event", kText, true, "", "in what", {}, "events"},
        {"status",
         kText,
         true,
         "",
         "whether they took part",
         {"ATTENDED", "APOLOGIES", "ABSENT", "REMOTE", "RESPONDED"}},
        {"minutes", kMinutes, false, "minutes", "their own time, without travel"}},
       2},
      {"policies",
       "Policies that may be consulted on.",
       {{"code", kText, true, "", "code of the policy"},
        {"title", kText, true, "", "its title"},
        {"area", kText, true, "", "where it applies: the landlord, or a part of it", {}, "areas"},
        {"customer_facing", kYesNo, true, "", "yes: customers meet it; no: internal"},
        {"decided_on", kDate, false, "", "when it was decided"}},
       1},
      {"consultations",
       "Exercises in which a policy was consulted on.",
       {{"code", kText, true, "", "code of the exercise"},
        {"policy", kText, true, "", "which policy", {}, "policies"},
        {"opened_on", kDate, true, "", "first day"},
        {"closed_on", kDate, false, "", "last day; its quarter is the one that counts"},
        {"levels", kText, false, "", "levels consulted, e.g. 2;4"}},
       1},
      {"measure_observations", "Numerator and denominator of a measure, as counted for a period.",
       measured_columns({
           {"numerator", kNumber, false, "as the measure says", "e.g. repairs completed in time"},
           {"denominator", kNumber, false, "as the measure says", "e.g. repairs completed"},
           mark_column(),
       }),
       6},
      {"survey_tallies", "Answers to one survey question on a five-point scale, counted.",
       measured_columns({
           {"very_positive", kNumber, false, "answers", "very satisfied, strongly agree"},
           {"fairly_positive", kNumber, false, "answers", "fairly satisfied, agree"},
           {"neither", kNumber, false, "answers", "neither nor"},
           {"fairly_negative", kNumber, false, "answers", "fairly dissatisfied, disagree"},
           {"very_negative", kNumber, false, "answers", "very dissatisfied, strongly disagree"},
           {"not_applicable", kNumber, false, "answers", "not applicable or don't know"},
           {"filter_yes", kNumber, false, "answers", "said yes to the question before"},
           {"filter_no", kNumber, false, "answers", "said no to it"},
           {"weighted", kYesNo, false, "", "whether the counts are weighted"},
           {"responses", kInteger, false, "answers", "unweighted answers on the scale, if known"},
           mark_column(),
       }),
       6},
      {"definitions",
       "What indicators mean, version by version.",
       {{"code", kText, true, "", "code of the indicator"},
        {"version", kInteger, true, "", "1, 2, …"},
        {"family", kText, true, "", "the family that computes it, e.g. copis"},
        {"title", kText, true, "", "plain-English title; of a COPI: the residents' own words"},
        {"numerator", kText, true, "", "numerator in words"},
        {"denominator", kText, false, "", "denominator in words; none: a count"},
        {"unit", kText, true, "", "unit of the value"},
        {"source", kText, true, "", "who decided it, when and where"},
        {"multiplier", kInteger, true, "",
         "value = multiplier / divisor x numerator / denominator"},
        {"divisor", kInteger, true, "", "1 unless units change, e.g. 60 for hours out of minutes"},
        {"decimals", kInteger, true, "", "shown half-up to so many"},
        {"polarity",
         kText,
         true,
         "",
         "which way is good",
         {"context", "high", "low", "range", "nearest"}},
        {"aggregation",
         kText,
         true,
         "",
         "how it adds up over time and area",
         {"snapshot_ratio", "flow_ratio", "rate_per_stock", "survey_proportion", "mean_duration",
          "distinct_count", "additive_count"}},
        {"formula",
         kText,
         false,
         "",
         "of an indicator that is data",
         {"AGREE_PCT", "SCORE_MEAN", "CHECKLIST_PCT", "COUNT_RATE"}},
        {"area", kText, false, "", "neighbourhood or estate that owns it", {}, "areas"},
        {"effective_from", kDate, true, "", "first day it holds; the start of a quarter"},
        {"effective_until", kDate, false, "", "first day it no longer holds"},
        {"comparable_with_previous", kYesNo, true, "",
         "yes: the series goes on; no: a break in the series"}},
       2},
      {"definition_links",
       "What a COPI says about an existing PI.",
       {{"code", kText, true, "", "the COPI"},
        {"linked", kText, true, "", "the existing PI, e.g. TP10"},
        {"relation",
         kText,
         true,
         "",
         "how they belong together",
         {"EXPLAINS", "LOCALISES", "LEADS", "CONTRASTS", "GAP_FILLS"}},
        {"strength", kInteger, true, "", "1 weak, 2 moderate, 3 strong"},
        {"adds", kText, false, "", "what it adds, in words"}},
       2},
  };
}

}  // namespace

const std::vector<TableSpec>& shipped_tables() {
  static const std::vector<TableSpec> tables = make_tables();
  return tables;
}

const TableSpec* shipped_table(std::string_view name) {
  const auto& tables = shipped_tables();
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const TableSpec& spec) { return spec.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

}  // namespace qd::tables
