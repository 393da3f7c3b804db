// The regulator's Tenant Satisfaction Measures, from figures counted for periods of their own.
#include <map>
#include <quarterday/counted.hpp>
#include <quarterday/family.hpp>
#include <quarterday/measured.hpp>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "indicators.hpp"

namespace existing_pis {
namespace {

namespace measured = quarterday::measured;
using quarterday::Answer;
using quarterday::Code;
using quarterday::Counted;
using quarterday::Part;

// Observations of one measure, of one area and tenure.
struct Series {
  std::uint32_t indicator;
  Code area;
  std::uint32_t tenure;  // a breakdown
  friend bool operator<(const Series& a, const Series& b) {
    return std::tie(a.indicator, a.area, a.tenure) < std::tie(b.indicator, b.area, b.tenure);
  }
};

// Two figures that the regulator wants to see agree.
struct Agreement {
  std::uint32_t one, other;
  bool (*holds)(const Part& one, const Part& other);
  const char* otherwise;
};
const Agreement kAgreements[] = {
    {kNm012, kNm011, [](const Part& a, const Part& b) { return !(a.numerator > b.numerator); },
     "NM01_2 counts more cases than NM01_1"},
    {kNm012, kNm011, [](const Part& a, const Part& b) { return a.denominator == b.denominator; },
     "NM01_2 and NM01_1 have different homes below the line"},
    {kCh021, kCh011, [](const Part& a, const Part& b) { return a.denominator == b.numerator; },
     "CH02_1 is not of the complaints CH01_1 counts"},
    {kCh022, kCh012, [](const Part& a, const Part& b) { return a.denominator == b.numerator; },
     "CH02_2 is not of the complaints CH01_2 counts"},
};

class ExistingPis final : public quarterday::Family {
  void row(const quarterday::Row& row) override {
    const auto measure = row.text(measured::kMeasure);
    const auto indicator = measure ? find_indicator(*measure) : std::nullopt;
    if (!indicator) {
      // The table holds what other families measure, too.
      if (measure && begins_like_ours(*measure))
        note("'" + std::string(*measure) + "' is no Tenant Satisfaction Measure: left out");
      return;
    }
    const auto area = row.code(measured::kArea);
    const auto from = row.date(measured::kFrom), until = row.date(measured::kUntil);
    if (!area || !from || !until || *from >= *until)
      return note(std::string(*measure) + " without area or period: left out");
    if (row.input() != table_of(*indicator))
      return note(std::string(*measure) + " stands in the wrong table: left out");
    if (readings_sharing(*from, *until).empty()) return;
    remember(*area);
    const Series series{*indicator, *area, breakdown(measured::tenure_breakdown(row))};
    records_[series].push_back({*from, *until, row.integer(measured::kVersion).value_or(1),
                                checked(series, part_of(row, *indicator)), row.source()});
  }

  void finish() override {
    for (const auto& [series, records] : records_)
      if (series.indicator != kUnweightedTp01)
        for (std::uint32_t i = 0; i < n_readings(); ++i) report(series, records, i);
    for (const Agreement& agreement : kAgreements) look_at(agreement);
  }

  // "TP99", "rp02_1": most likely a code that was mistyped.
  static bool begins_like_ours(std::string_view code) {
    constexpr std::string_view kBeginnings[] = {"TP", "RP", "BS", "CH", "NM"};
    const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
    if (code.size() < 3 || code[2] < '0' || code[2] > '9') return false;
    const char beginning[] = {upper(code[0]), upper(code[1])};
    for (const std::string_view ours : kBeginnings)
      if (ours == std::string_view(beginning, 2)) return true;
    return false;
  }

  static Part part_of(const quarterday::Row& row, std::uint32_t indicator) {
    if (table_of(indicator) == kTallies) return measured::tally_part(row);
    const Part part = measured::observation_part(row);
    if (indicator != kSurvey || part.null_reason != QD_HAS_VALUE) return part;
    return {part.numerator, 0, measured::whole_or_unstated(part.numerator),
            measured::whole_or_unstated(part.denominator)};
  }

  // Says what cannot be right. It is reported all the same: the regulator publishes it so.
  Part checked(const Series& series, Part part) const {
    if (part.null_reason != QD_HAS_VALUE || series.indicator == kUnweightedTp01) return part;
    const auto& spec = kIndicators[series.indicator];
    if (part.numerator < 0 || part.denominator < 0 || part.n < -1 || part.population < -1) {
      note(where(series) + spec.id + " is below 0: left out");
      return measured::missing(QD_NOT_AVAILABLE);
    }
    if (spec.multiplier == 100 && part.numerator > part.denominator)
      note(where(series) + spec.id + " is above 100 %");
    return part;
  }

  std::string where(const Series& series) const {
    return std::string(text(series.area)) + " " + breakdown_text(series.tenure) + ": ";
  }

  void report(const Series& series, const std::vector<Counted>& records, std::uint32_t index) {
    auto answer = answer_for(records, reading(index), rule_of(series.indicator));
    if (!answer) return;
    const quarterday::Cell cell{series.indicator, index, series.area, series.tenure};
    if (answer->overlap)
      note(where(series) + kIndicators[series.indicator].id + " has records that overlap");
    if (answer->too_large)
      note(where(series) + kIndicators[series.indicator].id +
           " adds up to more than can be kept exactly: left out");
    if (is_perception(series.indicator)) add_sample(cell, answer->part);
    if (!is_whole_year(reading(index))) answer->part.flags |= QD_INDICATIVE;
    answer->part.flags |= QD_WHOLE_AREA;  // a record is of all homes or people of its area
    count(cell, answer->part, quarterday::Source{});
    for (const Counted* record : answer->from) trace(cell, record->source);
  }

  // Only figures for 1 April to 31 March are Tenant Satisfaction Measures.
  static bool is_whole_year(const qd_reading& reading) {
    return reading.until - reading.from >= 365;
  }

  // Of how many people the answers are a sample, and for weighted answers: how many gave them.
  void add_sample(const quarterday::Cell& cell, Part& part) {
    if (const auto survey = answer_of(kSurvey, cell)) {
      part.population = survey->part.population;
      for (const Counted* record : survey->from) trace(cell, record->source);
    }
    if (cell.indicator != kTp01 || part.n >= 0) return;
    if (const auto unweighted = answer_of(kUnweightedTp01, cell)) part.n = unweighted->part.n;
  }

  std::optional<Answer> answer_of(std::uint32_t indicator, const quarterday::Cell& cell) const {
    const auto found = records_.find({indicator, cell.area, cell.breakdown});
    if (found == records_.end()) return std::nullopt;
    return answer_for(found->second, reading(cell.reading), rule_of(indicator));
  }

  void look_at(const Agreement& agreement) const {
    for (const auto& [series, records] : records_) {
      if (series.indicator != agreement.one) continue;
      const auto others = records_.find({agreement.other, series.area, series.tenure});
      if (others == records_.end()) continue;
      for (const Counted& record : records)
        if (!agrees(agreement, record, others->second)) note(where(series) + agreement.otherwise);
    }
  }

  static bool agrees(const Agreement& agreement, const Counted& record,
                     const std::vector<Counted>& others) {
    for (const Counted& other : others) {
      const bool comparable = other.from == record.from && other.until == record.until &&
                              other.part.null_reason == QD_HAS_VALUE &&
                              record.part.null_reason == QD_HAS_VALUE;
      if (comparable && !agreement.holds(record.part, other.part)) return false;
    }
    return true;
  }

  std::map<Series, std::vector<Counted>> records_;
};

}  // namespace
}  // namespace existing_pis

QUARTERDAY_FAMILY(existing_pis::ExistingPis, "existing_pis", "1.0.0", "Existing PIs",
                  existing_pis::kInputs, existing_pis::kIndicators)
