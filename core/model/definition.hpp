// What an indicator means: the one list of the fields of a definition. What is stored, digested,
// sent to a worker, listed and documented of a definition follows from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/number.hpp"

namespace qd {

// The enumerations have the values of the seam (quarterday/plugin.h).
enum class Aggregation {
  kSnapshotRatio = 1,
  kFlowRatio,
  kRatePerStock,
  kSurveyProportion,
  kMeanDuration,
  kDistinctCount,
  kAdditiveCount,
  kSnapshotCount,
  kQuantile
};
enum class Polarity { kContext = 0, kHigh, kLow, kRange, kNearest };
enum class Interval { kNone = 0, kSampleMargin = 1 };
// What a figure counts: people are protected from being recognised in small numbers.
enum class Counted { kPeople = 0, kHomes, kThings };

std::string_view to_text(Aggregation aggregation);  // "snapshot_ratio", …
std::string_view to_text(Polarity polarity);        // "context", "high", "low", "range", "nearest"
std::string_view to_text(Interval interval);        // "none", "sample_margin"
std::string_view to_text(Counted counted);          // "people", "homes", "things"
std::optional<Aggregation> parse_aggregation(std::string_view text);
std::optional<Polarity> parse_polarity(std::string_view text);
std::optional<Interval> parse_interval(std::string_view text);
std::optional<Counted> parse_counted(std::string_view text);
std::vector<std::string> aggregation_texts();  // all of them, in the order of the seam
std::vector<std::string> polarity_texts();
std::vector<std::string> interval_texts();
std::vector<std::string> counted_texts();

// Distinct, additive or snapshot count: a figure without denominator, whatever it counts.
bool is_count(Aggregation aggregation);

struct Parameter {
  std::string key, value;
  friend bool operator==(const Parameter&, const Parameter&) = default;
};

// One version of what an indicator means, be it declared by a family or captured from people.
struct Definition {
  std::string code;
  int version = 1;
  std::string family;
  std::string title;
  std::string numerator;    // in words
  std::string denominator;  // in words; empty: a count without denominator
  std::string unit;
  std::string source;
  std::int64_t multiplier = 1, divisor = 1;  // value = multiplier/divisor * numerator/denominator
  int decimals = 0;
  Polarity polarity = Polarity::kContext;
  Aggregation aggregation = Aggregation::kAdditiveCount;
  std::string rule;  // a word its family understands, or a formula; empty: its code is the rule
  std::string area;  // its owner's neighbourhood or estate; empty: no owner area
  Date effective_from{};
  std::optional<Date> effective_until;  // first day it no longer holds
  bool comparable_with_previous = true;
  Interval interval = Interval::kNone;
  std::vector<Parameter> parameters;              // what the rule needs, by key
  std::optional<Number> range_from, range_until;  // polarity range, both inclusive
  std::optional<Number> target;                   // polarity nearest
  std::optional<std::int64_t> percentile;         // aggregation quantile: 50 is the median
  bool part_of_whole = false;                     // more than the denominator cannot be
  bool source_verified = false;
  std::string shortfall;                // words for denominator - numerator; empty: none are true
  std::vector<std::string> breakdowns;  // keys its facts may carry
  Counted counts = Counted::kPeople;
  std::string subjects;                  // figures of one word are of the same people; "": none
  std::vector<std::string> overlapping;  // breakdowns: one may be counted at several values
  std::vector<std::string> special_category;  // breakdowns of the law's special categories

  // Not of the list: where it comes from, and what was changed in its editorial fields.
  bool captured = false;  // by people; otherwise its family declares it
  int revision = 1;

  // Without denominator. A quantile has one that its values give it, with or without words for it.
  bool is_count() const { return denominator.empty() && aggregation != Aggregation::kQuantile; }

  bool operator==(const Definition&) const = default;
};

// What a change of a field means.
enum class FieldWeight {
  kIdentity,   // another definition
  kMaterial,   // another figure: needs a new version
  kEnd,        // until when it holds: may be said later
  kEditorial,  // the same figure in other words: a revision
};

// A field as it is listed, stored and described.
struct DefinitionField {
  const char* name;
  FieldWeight weight;
  bool required;        // a captured definition states it
  const char* meaning;  // for people
};

// visit(const DefinitionField&, value&) for each field, in the order of the table `definitions`.
// New fields come last and are not required: that table only grows at its end.
template <class D, class Visit>
void for_each_field(D&& definition, Visit&& visit) {
  using enum FieldWeight;
  auto& d = definition;
  visit(DefinitionField{"code", kIdentity, true, "code of the indicator"}, d.code);
  visit(DefinitionField{"version", kIdentity, true, "1, 2, …"}, d.version);
  visit(DefinitionField{"family", kIdentity, true, "the family that computes it, e.g. copis"},
        d.family);
  visit(DefinitionField{"title", kEditorial, true,
                        "plain-English title; of a COPI: the residents' own words"},
        d.title);
  visit(DefinitionField{"numerator", kMaterial, true, "numerator in words"}, d.numerator);
  visit(DefinitionField{"denominator", kMaterial, false, "denominator in words; none: a count"},
        d.denominator);
  visit(DefinitionField{"unit", kMaterial, true, "unit of the value"}, d.unit);
  visit(DefinitionField{"source", kEditorial, true, "who decided it, when and where"}, d.source);
  visit(DefinitionField{"multiplier", kMaterial, true,
                        "value = multiplier / divisor x numerator / denominator"},
        d.multiplier);
  visit(DefinitionField{"divisor", kMaterial, true,
                        "1 unless units change, e.g. 60 for hours out of minutes"},
        d.divisor);
  visit(DefinitionField{"decimals", kEditorial, true, "shown half-up to so many"}, d.decimals);
  visit(DefinitionField{"polarity", kMaterial, true, "which way is good"}, d.polarity);
  visit(DefinitionField{"aggregation", kMaterial, true, "how it adds up over time and area"},
        d.aggregation);
  visit(DefinitionField{"rule", kMaterial, false,
                        "a word its family understands, or a formula; none: its code says it"},
        d.rule);
  visit(DefinitionField{"area", kMaterial, false, "neighbourhood or estate that owns it"}, d.area);
  visit(DefinitionField{"effective_from", kMaterial, true,
                        "first day it holds; the start of a quarter"},
        d.effective_from);
  visit(DefinitionField{"effective_until", kEnd, false, "first day it no longer holds"},
        d.effective_until);
  visit(DefinitionField{"comparable_with_previous", kMaterial, true,
                        "yes: the series goes on; no: a break in the series"},
        d.comparable_with_previous);
  visit(DefinitionField{"interval", kMaterial, false, "how uncertain it is; none: not said"},
        d.interval);
  visit(DefinitionField{"parameters", kMaterial, false, "what the rule needs: key=text;key=text"},
        d.parameters);
  visit(DefinitionField{"range_from", kMaterial, false, "lowest value that is good"}, d.range_from);
  visit(DefinitionField{"range_until", kMaterial, false, "highest value that is good"},
        d.range_until);
  visit(DefinitionField{"target", kMaterial, false, "value to be near to"}, d.target);
  visit(DefinitionField{"percentile", kMaterial, false, "of a quantile; 50 is the median"},
        d.percentile);
  visit(DefinitionField{"part_of_whole", kMaterial, false,
                        "yes: the numerator is part of the denominator; none: so for a ratio in %"},
        d.part_of_whole);
  visit(DefinitionField{"source_verified", kEditorial, false,
                        "yes: somebody has read the source and found it says so"},
        d.source_verified);
  visit(DefinitionField{"shortfall", kEditorial, false,
                        "words for denominator less numerator, where that means something"},
        d.shortfall);
  visit(DefinitionField{"breakdowns", kEditorial, false, "keys its facts may carry: key;key"},
        d.breakdowns);
  visit(DefinitionField{"counts", kEditorial, false, "what is counted; none: people"}, d.counts);
  visit(
      DefinitionField{"subjects", kEditorial, false,
                      "one word for who is counted: what has the same word is protected together"},
      d.subjects);
  visit(DefinitionField{"overlapping", kEditorial, false,
                        "breakdowns in which one may be counted at several values: key;key"},
        d.overlapping);
  visit(DefinitionField{"special_category", kEditorial, false,
                        "breakdowns by ethnicity, health, belief and the like: key;key"},
        d.special_category);
}

// Every field, in that order.
const std::vector<DefinitionField>& definition_fields();

// The type of a field, as much as storing and listing need of it.
enum class FieldKind { kText, kInteger, kNumber, kDate, kTruth, kWord, kList };
template <class Value>
constexpr FieldKind field_kind() {
  using T = std::decay_t<Value>;
  if constexpr (std::is_same_v<T, bool>) return FieldKind::kTruth;
  if constexpr (std::is_same_v<T, std::string>) return FieldKind::kText;
  if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, std::optional<Date>>)
    return FieldKind::kDate;
  if constexpr (std::is_same_v<T, std::optional<Number>>) return FieldKind::kNumber;
  if constexpr (std::is_enum_v<T>) return FieldKind::kWord;
  if constexpr (std::is_integral_v<T> || std::is_same_v<T, std::optional<std::int64_t>>)
    return FieldKind::kInteger;
  return FieldKind::kList;
}

std::vector<std::string> pairs_of(const std::vector<Parameter>& parameters);  // "key=text" each

// A value as text, the same for ever and different for different values; "" for none.
inline std::string field_text(const std::string& text) { return text; }
inline std::string field_text(int number) { return std::to_string(number); }
inline std::string field_text(std::int64_t number) { return std::to_string(number); }
inline std::string field_text(bool yes) { return yes ? "1" : "0"; }
inline std::string field_text(Date date) { return to_text(date); }
inline std::string field_text(Polarity polarity) { return std::string(to_text(polarity)); }
inline std::string field_text(Aggregation aggregation) { return std::string(to_text(aggregation)); }
inline std::string field_text(Interval interval) { return std::string(to_text(interval)); }
inline std::string field_text(Counted counted) { return std::string(to_text(counted)); }
std::string field_text(const std::vector<std::string>& list);      // "a;b"
std::string field_text(const std::vector<Parameter>& parameters);  // "key=text;key=text"
inline std::string field_text(Number number) { return number.text(); }
template <class T>
std::string field_text(const std::optional<T>& value) {
  return value ? field_text(*value) : std::string();
}

// The way back, for lists; a text that is not of that form gives what can be made of it.
std::vector<std::string> parse_list(std::string_view text);
std::vector<Parameter> parse_parameters(std::string_view text);

// A ratio, rate or proportion shown as %: more than the whole it is a part of cannot be.
bool is_share(const Definition& definition);

// A field in which two definitions differ, and what each says.
struct FieldDifference {
  const char* field;
  std::string before, after;
};
std::string to_text(const FieldDifference& difference);  // "multiplier was '1' and would be '10'"
std::optional<FieldDifference> first_difference(const Definition& before, const Definition& after,
                                                std::initializer_list<FieldWeight> weights);

// A version that is in force keeps its meaning: where `after` may not take the place of `before`,
// both of the same code and version; nullopt when it may. When it ends may be said until it has.
std::optional<FieldDifference> change_of_meaning(const Definition& before, const Definition& after,
                                                 Date today);
// The revision `after` is: the one before, or the next when its words changed.
int revision_after(const Definition& before, const Definition& after);

// COPI -> existing PI and the like.
struct DefinitionLink {
  std::string code;      // from, e.g. a COPI
  std::string linked;    // to, e.g. "TP10"
  std::string relation;  // EXPLAINS | LOCALISES | LEADS | CONTRASTS | GAP_FILLS
  int strength = 1;      // 1 weak, 2 moderate, 3 strong
  std::string adds;      // what it adds, in words
};

}  // namespace qd
