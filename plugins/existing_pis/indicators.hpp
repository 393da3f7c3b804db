// What the regulator's Tenant Satisfaction Measures are, and which tables they are read from.
#pragma once

#include <quarterday/plugin.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <quarterday/counted.hpp>
#include <quarterday/measured.hpp>
#include <string_view>

namespace existing_pis {

enum Input { kObservations, kTallies };
constexpr qd_input_spec kInputs[] = {quarterday::measured::observations(),
                                     quarterday::measured::tallies()};

enum Indicator : std::uint32_t {
  kTp01,
  kTp02,
  kTp03,
  kTp04,
  kTp05,
  kTp06,
  kTp07,
  kTp08,
  kTp09,
  kTp10,
  kTp11,
  kTp12,
  kRp01,
  kRp021,
  kRp022,
  kBs01,
  kBs02,
  kBs03,
  kBs04,
  kBs05,
  kNm011,
  kNm012,
  kCh011,
  kCh012,
  kCh021,
  kCh022,
  kSurvey,
  kUnweightedTp01  // no indicator: the number of people behind a weighted TP01
};

constexpr qd_indicator_spec perception(const char* id, const char* title, const char* numerator) {
  return {id,
          title,
          numerator,
          "answers on the five-point scale",
          "%",
          "Regulator of Social Housing, Tenant Satisfaction Measures, perception measures",
          100,
          1,
          1,
          QD_HIGH,
          QD_SURVEY_PROPORTION,
          QD_SAMPLE_MARGIN};
}

struct Words {
  const char *title, *numerator, *denominator;
};
constexpr const char* kManagementSource =
    "Regulator of Social Housing, Tenant Satisfaction Measures, management measures";

constexpr qd_indicator_spec percentage(const char* id, const Words& words, std::int32_t polarity,
                                       std::int32_t aggregation) {
  return {id, words.title, words.numerator, words.denominator, "%", kManagementSource, 100, 1,
          1,  polarity,    aggregation,     QD_NO_INTERVAL};
}
// The regulator does not rank these: few complaints may mean that complaining is hard.
constexpr qd_indicator_spec per_thousand(const char* id, const Words& words) {
  return {id,
          words.title,
          words.numerator,
          words.denominator,
          "per 1,000 homes",
          kManagementSource,
          1000,
          1,
          1,
          QD_CONTEXT,
          QD_RATE_PER_STOCK,
          QD_NO_INTERVAL};
}

constexpr const char* kSatisfied = "very and fairly satisfied";
constexpr const char* kHomesOwned = "homes owned, low cost rental and low cost home ownership";
constexpr const char* kTenureHomes = "homes of the tenure owned";

constexpr qd_indicator_spec kIndicators[] = {
    perception("TP01", "Overall satisfaction", kSatisfied),
    perception("TP02", "Satisfaction with repairs", kSatisfied),
    perception("TP03", "Satisfaction with time taken to complete most recent repair", kSatisfied),
    perception("TP04", "Satisfaction that the home is well maintained", kSatisfied),
    perception("TP05", "Satisfaction that the home is safe", kSatisfied),
    perception("TP06", "Satisfaction that the landlord listens and acts", kSatisfied),
    perception("TP07", "Satisfaction that the landlord keeps tenants informed", kSatisfied),
    perception("TP08", "Agreement that the landlord treats tenants fairly and with respect",
               "strongly agree and agree"),
    perception("TP09", "Satisfaction with the approach to handling complaints", kSatisfied),
    perception("TP10", "Satisfaction that communal areas are clean and well maintained",
               kSatisfied),
    perception("TP11", "Satisfaction that the landlord contributes to the neighbourhood",
               kSatisfied),
    perception("TP12", "Satisfaction with the approach to handling anti-social behaviour",
               kSatisfied),
    percentage("RP01",
               {"Homes that do not meet the Decent Homes Standard",
                "homes that failed the standard", "homes the standard applies to"},
               QD_LOW, QD_SNAPSHOT_RATIO),
    percentage("RP02_1",
               {"Non-emergency repairs completed within target timescale",
                "completed within the landlord's target", "completed"},
               QD_HIGH, QD_FLOW_RATIO),
    percentage("RP02_2",
               {"Emergency repairs completed within target timescale",
                "completed within the landlord's target", "completed"},
               QD_HIGH, QD_FLOW_RATIO),
    percentage("BS01",
               {"Gas safety checks", "homes with all checks carried out and recorded",
                "homes that need gas safety checks"},
               QD_HIGH, QD_SNAPSHOT_RATIO),
    percentage("BS02",
               {"Fire safety checks", "homes in properties with all fire risk assessments recorded",
                "homes in properties that need a fire risk assessment"},
               QD_HIGH, QD_SNAPSHOT_RATIO),
    percentage("BS03",
               {"Asbestos safety checks",
                "homes in properties with all surveys or re-inspections recorded",
                "homes in properties that need an asbestos survey or re-inspection"},
               QD_HIGH, QD_SNAPSHOT_RATIO),
    percentage("BS04",
               {"Water safety checks", "homes with all legionella risk assessments recorded",
                "homes that need a legionella risk assessment"},
               QD_HIGH, QD_SNAPSHOT_RATIO),
    percentage(
        "BS05",
        {"Lift safety checks", "homes in properties with all lift inspection reports recorded",
         "homes in properties with communal passenger lifts"},
        QD_HIGH, QD_SNAPSHOT_RATIO),
    per_thousand("NM01_1", {"Anti-social behaviour cases opened",
                            "cases opened, hate incidents included", kHomesOwned}),
    per_thousand("NM01_2", {"Anti-social behaviour cases that involve hate incidents",
                            "cases opened that involve hate incidents", kHomesOwned}),
    per_thousand("CH01_1", {"Stage one complaints", "complaints made at stage one", kTenureHomes}),
    per_thousand("CH01_2", {"Stage two complaints", "complaints made at stage two", kTenureHomes}),
    percentage("CH02_1",
               {"Stage one complaints answered in time",
                "of these, answered within the Complaint Handling Code's times",
                "stage one complaints made"},
               QD_HIGH, QD_FLOW_RATIO),
    percentage("CH02_2",
               {"Stage two complaints answered in time",
                "of these, answered within the Complaint Handling Code's times",
                "stage two complaints made"},
               QD_HIGH, QD_FLOW_RATIO),
    {"SURVEY", "Tenant perception survey: answers achieved", "people who answered", "", "answers",
     "Regulator of Social Housing, Tenant Satisfaction Measures, survey accuracy", 1, 1, 0,
     QD_CONTEXT, QD_ADDITIVE_COUNT, QD_SAMPLE_MARGIN},
};
static_assert(std::size(kIndicators) == kUnweightedTp01);

constexpr bool is_perception(std::uint32_t indicator) { return indicator <= kTp12; }
constexpr Input table_of(std::uint32_t indicator) {
  return is_perception(indicator) || indicator == kUnweightedTp01 ? kTallies : kObservations;
}

// nullopt: not a measure of this family; the tables hold those of others as well.
inline std::optional<std::uint32_t> find_indicator(std::string_view measure) {
  if (measure == "TP01_UNWEIGHTED") return kUnweightedTp01;
  for (std::uint32_t i = 0; i < std::size(kIndicators); ++i)
    if (measure == kIndicators[i].id) return i;
  return std::nullopt;
}

// A survey's sample grows through the year while the people it is drawn from are those of the
// latest day known: events over stock, like complaints over homes.
constexpr quarterday::Rule rule_of(std::uint32_t indicator) {
  if (table_of(indicator) == kTallies) return quarterday::Rule::kSurvey;
  if (indicator == kSurvey) return quarterday::Rule::kRate;
  switch (kIndicators[indicator].aggregation) {
    case QD_SNAPSHOT_RATIO:
      return quarterday::Rule::kSnapshot;
    case QD_RATE_PER_STOCK:
      return quarterday::Rule::kRate;
    default:
      return quarterday::Rule::kFlow;
  }
}

}  // namespace existing_pis
