// A landlord that does not exist, with enough figures for every sheet of a return.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/returns/return.hpp"
#include "tests/support/memory_fact_store.hpp"

namespace qd::sample {

inline constexpr const char* kLandlord = "QH01";
inline const Instant kComputed = *parse_instant("2026-10-14T06:00:00Z");
inline const Instant kAsOf = *parse_instant("2026-10-21T07:00:00Z");

inline Period quarter() { return Period::quarter(2026, 2); }

inline returns::ReturnRequest request() {
  return {.period = quarter(),
          .area = kLandlord,
          .organisation = "Quarterday Homes",
          .audience = "Executive",
          .revision = 1,
          .fact_runs = {},
          .as_of = kAsOf};
}

inline Definition definition(std::string code, std::string family, std::string title,
                             Aggregation aggregation, Polarity polarity) {
  Definition made;
  made.code = std::move(code);
  made.family = std::move(family);
  made.title = std::move(title);
  made.aggregation = aggregation;
  made.polarity = polarity;
  made.effective_from = make_date(2023, 4, 1);
  return made;
}

inline Definition percentage(std::string code, std::string title, Aggregation aggregation,
                             Polarity polarity, std::string numerator, std::string denominator) {
  Definition made =
      definition(std::move(code), "existing_pis", std::move(title), aggregation, polarity);
  made.numerator = std::move(numerator);
  made.denominator = std::move(denominator);
  made.unit = "%";
  made.multiplier = 100;
  made.decimals = 1;
  made.source = "RSH, TSM Technical Requirements";
  return made;
}

inline Definition counted(std::string code, std::string title, std::string unit,
                          Aggregation aggregation) {
  Definition made =
      definition(std::move(code), "involvement", std::move(title), aggregation, Polarity::kHigh);
  made.numerator = made.title + ", counted";
  made.unit = std::move(unit);
  made.source = "Engagement Strategy, section 8";
  if (made.unit == "hours") {
    made.divisor = 60;
    made.decimals = 1;
  }
  return made;
}

struct Counts {
  std::int64_t numerator;
  std::optional<std::int64_t> denominator = {};
  std::optional<std::int64_t> n = {};
  std::optional<std::int64_t> population = {};
};

inline Fact fact(const std::string& indicator, const std::string& area, const Period& period,
                 Reading reading, Counts counts) {
  Fact made;
  made.indicator = indicator;
  made.area = area;
  made.period = period.id();
  made.reading = reading;
  made.numerator = Number::of(counts.numerator);
  if (counts.denominator) made.denominator = Number::of(*counts.denominator);
  made.n = counts.n;
  made.population = counts.population;
  return made;
}

inline void add_areas(MemoryFactStore& store) {
  const Date begin = make_date(2020, 4, 1);
  store.areas_ = {{"QH01", "Quarterday Homes", "landlord", "", begin, {}},
                  {"QH01-A", "Alder Green", "neighbourhood", "QH01", begin, {}},
                  {"QH01-B", "Brook Fields", "neighbourhood", "QH01", begin, {}},
                  {"QH01-C", "Canal Side", "neighbourhood", "QH01", begin, {}},
                  {"QH01-C-1", "Lock House", "block", "QH01-C", begin, {}},
                  {"ZZ99", "Another Landlord", "landlord", "", begin, {}}};
}

// Runs a family for a period with these facts.
inline std::int64_t add_run(MemoryFactStore& store, const std::string& family, const Period& period,
                            const std::vector<Definition>& definitions, std::vector<Fact> facts,
                            std::vector<RunNote> notes = {}) {
  Run run;
  run.family = family;
  run.family_version = "1.0.0";
  run.abi = "1.0";
  run.library_sha256 = std::string(64, 'a');
  run.period = period.id();
  run.input_digest = std::string(64, 'b');
  run.input_rows = static_cast<std::int64_t>(facts.size()) * 37;
  run.n_facts = static_cast<std::int64_t>(facts.size());
  run.as_of = run.started_at = kComputed;
  run.notes = std::move(notes);
  run.id = *store.begin_run(run, kComputed + std::chrono::hours{1});
  run.finished_at = kComputed + std::chrono::minutes{2};
  static_cast<void>(store.complete_run(run, definitions, facts));
  return run.id;
}

inline std::vector<Definition> involvement_definitions() {
  const auto persons = [](const char* code, const char* title) {
    return counted(code, title, "persons", Aggregation::kDistinctCount);
  };
  return {
      persons("INV1", "Engaged persons at each level"),
      persons("INV1.T", "Engaged persons at levels 2 to 4"),
      persons("INV1a", "Active persons at each level"),
      persons("INV1a.T", "Active persons at levels 2 to 4"),
      persons("INV1e", "Members at the end of the period"),
      counted("INV2", "Hours of involvement at each level", "hours", Aggregation::kAdditiveCount),
      counted("INV2.T", "Hours of involvement", "hours", Aggregation::kAdditiveCount),
      counted("INV3", "Policies subject to consultation", "policies", Aggregation::kDistinctCount)};
}

struct InvolvementCount {
  const char* code;
  const char* breakdown;
  std::int64_t count;  // hours in minutes
};

inline constexpr InvolvementCount kInvolvement[] = {
    {"INV1", "level=2", 87},    {"INV1", "level=3", 18},    {"INV1", "level=4", 12},
    {"INV1.T", "", 113},        {"INV1a", "level=2", 61},   {"INV1a", "level=3", 14},
    {"INV1a", "level=4", 11},   {"INV1e", "level=2", 84},   {"INV1e", "level=3", 17},
    {"INV1e", "level=4", 12},   {"INV2", "level=2", 4'815}, {"INV2", "level=3", 2'292},
    {"INV2", "level=4", 3'456}, {"INV2.T", "", 10'563},     {"INV3", "", 5}};

inline void add_involvement(MemoryFactStore& store) {
  const auto definitions = involvement_definitions();
  const std::vector<std::pair<const char*, int>> areas = {
      {"QH01", 100}, {"QH01-A", 42}, {"QH01-B", 33}, {"QH01-C", 29}};
  Period period = quarter().previous().previous().previous().previous();
  for (int age = 4; age >= 0; --age, period = period.next()) {
    std::vector<Fact> facts;
    for (const auto& [area, share] : areas) {
      for (const auto& [code, breakdown, whole] : kInvolvement) {
        const std::int64_t count = whole * (share * (100 - 6 * age) / 100) / 100;
        for (const Reading reading : {Reading::kQuarter, Reading::kYearToDate}) {
          const std::int64_t growth = reading == Reading::kQuarter ? 100 : 140;
          facts.push_back(fact(code, area, period, reading, {count * growth / 100}));
          facts.back().breakdown = breakdown;
        }
      }
    }
    add_run(store, "involvement", period, definitions, facts,
            {{"participation without minutes: counted as active, no hours", 3}});
  }
}

inline std::vector<Definition> existing_definitions() {
  using enum Aggregation;
  const auto homes = "homes with all required checks carried out and recorded";
  const auto required = "homes for which checks were required";
  std::vector<Definition> definitions = {
      percentage("BS01", "Gas safety checks", kSnapshotRatio, Polarity::kHigh, homes, required),
      percentage("BS02", "Fire risk assessments", kSnapshotRatio, Polarity::kHigh, homes, required),
      percentage("BS05", "Communal passenger lift safety checks", kSnapshotRatio, Polarity::kHigh,
                 homes, required),
      percentage("RP01", "Homes that do not meet the Decent Homes Standard", kSnapshotRatio,
                 Polarity::kLow, "homes that failed", "homes the standard applies to"),
      percentage("RP02_1", "Non-emergency repairs completed within target", kFlowRatio,
                 Polarity::kHigh, "repairs completed within target", "repairs completed"),
      percentage("TP01", "Overall satisfaction", kSurveyProportion, Polarity::kHigh,
                 "very and fairly satisfied answers", "answers on the five-point scale"),
      percentage("TP03", "Satisfaction with time taken to complete most recent repair",
                 kSurveyProportion, Polarity::kHigh, "very and fairly satisfied answers",
                 "answers on the five-point scale"),
      percentage("TP10", "Satisfaction that communal areas are kept clean and well maintained",
                 kSurveyProportion, Polarity::kHigh, "very and fairly satisfied answers",
                 "answers on the five-point scale"),
      percentage("TP12", "Satisfaction with approach to handling anti-social behaviour",
                 kSurveyProportion, Polarity::kHigh, "very and fairly satisfied answers",
                 "answers on the five-point scale"),
      percentage("CH01_1", "Stage one complaints per 1,000 homes", kRatePerStock,
                 Polarity::kContext, "stage one complaints made", "homes owned")};
  for (Definition& definition : definitions) {
    if (definition.code.starts_with("TP")) definition.interval = Interval::kSampleMargin;
    if (definition.aggregation == kSnapshotRatio) definition.shortfall = "homes outstanding";
  }
  definitions.back().multiplier = 1000;
  definitions.back().unit = "per 1,000";
  return definitions;
}

// One fact as the family would tell it, with its tenure.
inline Fact existing(const char* code, const char* tenure, const Period& period, Reading reading,
                     Counts counts) {
  Fact made = fact(code, kLandlord, period, reading, counts);
  if (*tenure) made.breakdown = std::string("tenure=") + tenure;
  return made;
}

inline std::vector<Fact> existing_facts(const Period& period, Reading reading) {
  std::vector<Fact> facts = {
      existing("BS01", "", period, reading, {8'853, 8'856}),  // shown as 100.0, three homes missing
      existing("BS02", "", period, reading, {2'355, 2'355}),
      existing("RP01", "LCRA", period, reading, {20, 4'394}),
      existing("RP02_1", "LCRA", period, reading, {8'387, 9'983}),
      existing("TP01", "LCRA", period, reading, {254, 301, 301, 1'080}),
      existing("TP01", "LCHO", period, reading, {61, 96, 96, 310}),
      existing("TP03", "LCRA", period, reading, {309, 400, 400, 1'080}),  // 77.25, a tie
      existing("TP10", "LCRA", period, reading, {424, 640, 640, 1'080}),  // 66.25, a tie
      existing("CH01_1", "LCRA", period, reading, {343, 4'394})};
  Fact none = existing("BS05", "", period, reading, {0});
  none.null_reason = NullReason::kZeroDenominator;
  facts.push_back(none);
  if (reading == Reading::kQuarter) facts[4].flags = kIndicative | kProvisional | kWeighted;
  return facts;
}

inline void add_existing(MemoryFactStore& store) {
  const auto definitions = existing_definitions();
  auto facts = existing_facts(quarter(), Reading::kQuarter);
  const auto to_date = existing_facts(quarter(), Reading::kYearToDate);
  facts.insert(facts.end(), to_date.begin(), to_date.end());
  add_run(store, "existing_pis", quarter(), definitions, facts);
  add_run(store, "existing_pis", Period::year(2025), definitions,
          existing_facts(Period::year(2025), Reading::kYear));
}

struct SampleCopi {
  const char* code;
  const char* area;
  const char* title;
  std::int64_t good, all;
  const char* linked;
  const char* relation;
  int strength;
  const char* adds;
};

inline const std::vector<SampleCopi>& copis() {
  static const std::vector<SampleCopi> kCopis = {
      {"COPI-A-C01", "QH01-A", "I feel safe walking here after dark", 31, 52, "TP12", "EXPLAINS", 2,
       "What nuisance means to people who walk home from the late bus"},
      {"COPI-A-C02", "QH01-A", "Stair and path lights work", 171, 184, "TP10", "LOCALISES", 2,
       "Which stairs are dark, week by week"},
      {"COPI-B-C05", "QH01-B", "Litter on the green", 7, 12, "TP10", "LOCALISES", 3,
       "Photographs, graded by residents"},
      {"COPI-B-C14", "QH01-B", "They turned up when they said", 63, 80, "TP03", "CONTRASTS", 3,
       "The appointment as the tenant saw it"},
      {"COPI-C-C24", "QH01-C", "Wheelchair and pram can get through", 22, 30, "TP08", "EXPLAINS", 1,
       ""},
      {"COPI-C-C28", "QH01-C", "They asked us before they changed it", 9, 11, "INV3", "LOCALISES",
       2, "Whether a consultation was noticed by those it was for"}};
  return kCopis;
}

inline void add_copis(MemoryFactStore& store) {
  std::vector<Definition> definitions;
  std::vector<Fact> facts;
  for (const SampleCopi& copi : copis()) {
    Definition made =
        percentage(copi.code, copi.title, Aggregation::kSurveyProportion, Polarity::kHigh,
                   "agree and strongly agree", "all answers on the scale");
    made.family = "copis";
    made.area = copi.area;
    made.source = "Residents' meeting of the neighbourhood";
    definitions.push_back(made);
    Fact told =
        fact(copi.code, copi.area, quarter(), Reading::kQuarter, {copi.good, copi.all, copi.all});
    if (copi.all < 12) told.null_reason = NullReason::kLowReliability;
    facts.push_back(told);
    store.links_.push_back({copi.code, copi.linked, copi.relation, copi.strength, copi.adds});
  }
  store.links_.push_back({"COPI-A-C01", "TP11", "EXPLAINS", 2, "Which places people avoid"});
  add_run(store, "copis", quarter(), definitions, facts,
          {{"fewer than 12 answers: marked as not reliable", 1}});
}

inline void fill(MemoryFactStore& store) {
  add_areas(store);
  add_involvement(store);
  add_existing(store);
  add_copis(store);
}

}  // namespace qd::sample
