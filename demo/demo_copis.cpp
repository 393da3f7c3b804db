// Indicators the residents of the demonstration own, and what they measured.
#include <algorithm>

#include "demo/demo_parts.hpp"

namespace qd::demo {
namespace {

struct Copi {
  const char* code;
  int version;
  const char* area;
  const char* formula;  // AGREE_PCT | SCORE_MEAN | CHECKLIST_PCT | COUNT_RATE
  const char* title;    // the residents' own words
  const char* numerator;
  const char* denominator;
  const char* effective_from;
  const char* effective_until;  // "" while it holds
  const char* comparable;       // with the version before: 1, or 0 for a break in the series
  int level, trend;  // per cent, tenths of a score, or count; and its change over ten quarters
  int cases;         // answers, checks or readers a quarter; of a rate: homes
};

constexpr const char* kAgreed = "answers agree or strongly agree";
constexpr const char* kAnswers = "answers on the five-point scale";

constexpr Copi kCopis[] = {
    {"COPI-N01-C01", 1, "DEMO-N01", "AGREE_PCT", "I feel safe walking here after dark", kAgreed,
     kAnswers, "2024-04-01", "", "1", 52, 12, 46},
    // The questions changed with the scheme of grades: a break in the series.
    {"COPI-N01-C05", 1, "DEMO-N01", "CHECKLIST_PCT", "Litter on the green",
     "visits that found hardly any litter", "visits", "2024-04-01", "2025-04-01", "1", 58, 0, 12},
    {"COPI-N01-C05", 2, "DEMO-N01", "CHECKLIST_PCT", "Litter on the green and the paths to it",
     "visits graded A or B from a photograph", "visits", "2025-04-01", "", "0", 66, 14, 12},
    {"COPI-N01-C07", 1, "DEMO-N01", "COUNT_RATE", "Dumped rubbish", "items seen on the walkabout",
     "homes", "2024-04-01", "", "1", 21, -9, 310},
    {"COPI-N02-C11", 1, "DEMO-N02", "CHECKLIST_PCT", "The cleaner came and did the job",
     "visits signed off as acceptable", "visits due", "2024-04-01", "", "1", 71, 12, 39},
    {"COPI-N02-C15", 1, "DEMO-N02", "AGREE_PCT", "I did not have to chase", kAgreed, kAnswers,
     "2024-07-01", "", "1", 44, 15, 38},
    // New wording, same scale and same readers: the series goes on.
    {"COPI-N02-C22", 1, "DEMO-N02", "SCORE_MEAN", "Letters I can understand",
     "sum of the marks, 1 to 5", "marks given", "2024-04-01", "2025-10-01", "1", 31, 4, 18},
    {"COPI-N02-C22", 2, "DEMO-N02", "SCORE_MEAN", "Letters and texts I can understand",
     "sum of the marks, 1 to 5", "marks given", "2025-10-01", "", "1", 35, 6, 18},
    {"COPI-N03-C09", 1, "DEMO-N03", "CHECKLIST_PCT", "The play area is safe and usable",
     "points in order", "points checked", "2024-04-01", "", "1", 75, 10, 36},
    {"COPI-N03-C17", 1, "DEMO-N03", "COUNT_RATE", "Damp or mould reported and still there",
     "homes in which it is open for more than 28 days", "homes", "2024-10-01", "", "1", 9, -5, 220},
    {"COPI-N03-C25", 1, "DEMO-N03", "AGREE_PCT", "Staff treat me with respect", kAgreed, kAnswers,
     "2025-04-01", "", "1", 64, 10, 11},
    {"COPI-N04-C03", 1, "DEMO-N04-E1", "CHECKLIST_PCT", "The block door closes and locks",
     "checks passed", "weekly checks", "2024-04-01", "", "1", 80, 8, 13},
    // Retired by its neighbourhood: the car park was marked out anew.
    {"COPI-N04-C30", 1, "DEMO-N04", "COUNT_RATE", "Parking is fair for residents",
     "blocked or abandoned spaces", "homes", "2024-04-01", "2025-10-01", "1", 8, -3, 170},
};

struct Link {
  const char* code;
  const char* linked;
  const char* relation;
  const char* strength;
  const char* adds;
};

constexpr Link kLinks[] = {
    {"COPI-N01-C01", "TP12", "EXPLAINS", "2", "where and when people do not feel safe"},
    {"COPI-N01-C01", "TP11", "EXPLAINS", "2", ""},
    {"COPI-N01-C01", "NM01_1", "CONTRASTS", "2", "few cases are opened where people feel unsafe"},
    {"COPI-N01-C05", "TP10", "LOCALISES", "3", "one green, seen every month"},
    {"COPI-N01-C07", "TP10", "EXPLAINS", "3", ""},
    {"COPI-N02-C11", "TP10", "LOCALISES", "3", "whether the visit was made at all"},
    {"COPI-N02-C15", "TP02", "EXPLAINS", "3", "the second call is what people remember"},
    {"COPI-N02-C15", "CH01_1", "LEADS", "2", "chasing comes before complaining"},
    {"COPI-N02-C22", "TP07", "EXPLAINS", "2", ""},
    {"COPI-N03-C09", "TP11", "EXPLAINS", "2", ""},
    {"COPI-N03-C17", "RP01", "EXPLAINS", "3", "a decent home may be a damp one"},
    {"COPI-N03-C17", "TP04", "EXPLAINS", "3", ""},
    {"COPI-N03-C25", "TP08", "LOCALISES", "3", "asked by neighbours, in people's own languages"},
    {"COPI-N04-C03", "TP05", "LOCALISES", "3", ""},
    {"COPI-N04-C03", "TP10", "LOCALISES", "2", ""},
    {"COPI-N04-C30", "TP11", "EXPLAINS", "1", ""},
};

struct Formula {
  const char* name;
  const char* unit;
  const char* multiplier;
  const char* aggregation;
  const char* counts;
};

const Formula& formula_of(const Copi& copi) {
  static constexpr Formula kFormulas[] = {
      {"AGREE_PCT", "%", "100", "survey_proportion", "people"},
      {"SCORE_MEAN", "score", "1", "mean_duration", "people"},
      {"CHECKLIST_PCT", "%", "100", "flow_ratio", "things"},
      {"COUNT_RATE", "per 100 homes", "100", "rate_per_stock", "things"},
  };
  return *std::find_if(std::begin(kFormulas), std::end(kFormulas), [&](const Formula& formula) {
    return std::string_view(formula.name) == copi.formula;
  });
}

void add_definition(DemoFiles& files, const Copi& copi) {
  const Formula& formula = formula_of(copi);
  const bool low = std::string_view(copi.formula) == "COUNT_RATE";
  files.add("definitions", {{"code", copi.code},
                            {"version", std::to_string(copi.version)},
                            {"family", "copis"},
                            {"title", copi.title},
                            {"numerator", copi.numerator},
                            {"denominator", copi.denominator},
                            {"unit", formula.unit},
                            {"source", "Residents' meeting of the neighbourhood (synthetic)"},
                            {"multiplier", formula.multiplier},
                            {"divisor", "1"},
                            {"decimals", "1"},
                            {"polarity", low ? "low" : "high"},
                            {"aggregation", formula.aggregation},
                            {"rule", copi.formula},
                            {"area", copi.area},
                            {"effective_from", copi.effective_from},
                            {"effective_until", copi.effective_until},
                            {"comparable_with_previous", copi.comparable},
                            {"counts", formula.counts}});
}

Record place_of(const Copi& copi, const Period& quarter) {
  return {{"measure", copi.code},
          {"version", std::to_string(copi.version)},
          {"area", copi.area},
          {"tenure", "ALL"},
          {"period_from", to_text(quarter.from())},
          {"period_until", to_text(quarter.until())}};
}

void add_answers(DemoFiles& files, Dice& dice, const Copi& copi, const Period& quarter, int level) {
  const int answers = copi.cases + dice.between(-4, 4);
  const int good = dice.hits(answers, level);
  const int very = dice.hits(good, 40);
  const int neither = dice.hits(answers - good, 40);
  const int bad = answers - good - neither;
  Record record = place_of(copi, quarter);
  record.emplace_back("very_positive", std::to_string(very));
  record.emplace_back("fairly_positive", std::to_string(good - very));
  record.emplace_back("neither", std::to_string(neither));
  record.emplace_back("fairly_negative", std::to_string(bad - bad / 3));
  record.emplace_back("very_negative", std::to_string(bad / 3));
  record.emplace_back("weighted", "0");
  files.add("survey_tallies", record);
}

// Marks from 1 to 5 whose mean lies near so many tenths.
int sum_of_marks(Dice& dice, int marks, int tenths) {
  int sum = 0;
  for (int i = 0; i < marks; ++i) {
    sum += std::clamp((tenths + dice.between(-14, 14) + 5) / 10, 1, 5);
  }
  return sum;
}

void add_counts(DemoFiles& files, Dice& dice, const Copi& copi, const Period& quarter, int level) {
  const std::string_view formula = copi.formula;
  int numerator = std::max(0, level + dice.between(-3, 3));  // COUNT_RATE
  if (formula == "CHECKLIST_PCT") numerator = dice.hits(copi.cases, level);
  if (formula == "SCORE_MEAN") numerator = sum_of_marks(dice, copi.cases, level);
  Record record = place_of(copi, quarter);
  record.emplace_back("numerator", std::to_string(numerator));
  record.emplace_back("denominator", std::to_string(copi.cases));
  files.add("measure_observations", record);
}

bool holds(const Copi& copi, const Period& quarter) {
  const std::string_view until = copi.effective_until;
  return quarter.from() >= *parse_date(copi.effective_from) &&
         (until.empty() || quarter.until() <= *parse_date(until));
}

}  // namespace

void add_copis(DemoFiles& files, unsigned seed) {
  Dice dice(seed, "copis");
  for (const auto& copi : kCopis) add_definition(files, copi);
  for (const auto& link : kLinks) {
    files.add("definition_links", {{"code", link.code},
                                   {"linked", link.linked},
                                   {"relation", link.relation},
                                   {"strength", link.strength},
                                   {"adds", link.adds}});
  }
  int quarters_on = 0;
  for (const auto& quarter : demo_quarters()) {
    for (const auto& copi : kCopis) {
      if (!holds(copi, quarter)) continue;
      const int level = copi.level + copi.trend * quarters_on / 10;
      const bool survey = std::string_view(copi.formula) == "AGREE_PCT";
      (survey ? add_answers : add_counts)(files, dice, copi, quarter, level);
    }
    ++quarters_on;
  }
}

}  // namespace qd::demo
