// The regulator's Tenant Satisfaction Measures, from figures counted for periods of their own. What
// each measure is stands in existing_pis.toml; this code knows the words of its rules.
#include "measures.hpp"

namespace existing_pis {
namespace {

// Observations of one measure, of one area and tenure.
struct Series {
  std::uint32_t measure;  // see Measures
  Code area;
  std::uint32_t tenure;  // a breakdown
  friend bool operator<(const Series& a, const Series& b) {
    return std::tie(a.measure, a.area, a.tenure) < std::tie(b.measure, b.area, b.tenure);
  }
};

class ExistingPis final : public quarterday::Family {
  void begin() override {
    for (std::size_t i = 0; i < n_definitions(); ++i) {
      const DefinitionIndex index(i);
      const qd_definition& definition = this->definition(index);
      measures_.add(definition, parameter(index, "people").value_or(""));
      if (rule_of(i) == nullptr)
        note(std::string(definition.code) + ": rule '" + definition.rule +
             "' is not known: left out");
    }
  }

  void row(const quarterday::Row& row) override {
    const auto measure = row.text(measured::kMeasure);
    if (!measure) return;
    if (!measures_.knows(*measure)) {
      // The table holds what other families measure, too.
      if (measures_.looks_like_ours(*measure))
        note("'" + std::string(*measure) + "' is no Tenant Satisfaction Measure: left out");
      return;
    }
    const auto area = row.code(measured::kArea);
    const auto from = row.date(measured::kFrom), until = row.date(measured::kUntil);
    if (!area || !from || !until || *from >= *until)
      return note(std::string(*measure) + " without area or period: left out");
    if (row.input() != measures_.table_of(*measure))
      return note(std::string(*measure) + " stands in the wrong table: left out");
    if (readings_sharing(*from, *until).empty()) return;
    const std::int64_t version = row.integer(measured::kVersion).value_or(1);
    const auto found = measures_.find(*measure, version);
    if (!found)
      return note(std::string(*measure) + " version " + std::to_string(version) +
                  " is not defined for this period: left out");
    remember(*area);
    const Series series{*found, *area, breakdown(measured::tenure_breakdown(row))};
    records_[series].push_back(
        {*from, *until, version, checked(series, part_of(row, *found)), row.source()});
  }

  void finish() override {
    for (const auto& [series, records] : records_) {
      if (series.measure >= n_definitions()) continue;  // serves another
      for (std::uint32_t i = 0; i < n_readings(); ++i) report(series, records, i);
      look_at_agreements(series, records);
    }
  }

  const RuleOf* rule_of(std::size_t i) const {
    return find_rule(definition(DefinitionIndex(i)).rule);
  }

  Part part_of(const quarterday::Row& row, std::uint32_t measure) const {
    if (row.input() == measured::kTallies) return measured::tally_part(row);
    const Part part = measured::observation_part(row);
    if (!rule_of(measure)->is_sample || part.null_reason != QD_HAS_VALUE) return part;
    return {part.numerator, 0, measured::whole_or_unstated(part.numerator),
            measured::whole_or_unstated(part.denominator)};
  }

  // What is below 0 is no count. (What is above 100 % is reported as it is, and the host says so.)
  Part checked(const Series& series, Part part) const {
    if (part.null_reason != QD_HAS_VALUE || series.measure >= n_definitions()) return part;
    if (part.numerator < 0 || part.denominator < 0 || part.n < -1 || part.population < -1) {
      note(where(series) + code_of(series) + " is below 0: left out");
      return measured::missing(QD_NOT_AVAILABLE);
    }
    return part;
  }

  std::string where(const Series& series) const {
    return std::string(text(series.area)) + " " + breakdown_text(series.tenure) + ": ";
  }
  std::string code_of(const Series& series) const {
    return definition(DefinitionIndex(series.measure)).code;
  }

  void report(const Series& series, const std::vector<Counted>& records, std::uint32_t index) {
    const DefinitionIndex measure(series.measure);
    auto answer = measured::answer_in_force(records, reading(index), definition(measure),
                                            rule_of(series.measure)->rule);
    if (!answer) return;
    if (answer->overlap) note(where(series) + code_of(series) + " has records that overlap");
    if (answer->too_large)
      note(where(series) + code_of(series) + " adds up to more than can be kept exactly: left out");
    const quarterday::Cell cell{measure, index, series.area, series.tenure};
    add_sample(series, cell, answer->part);
    if (!is_whole_year(reading(index))) answer->part.flags |= QD_INDICATIVE;
    if (!is_final(measure, reading(index))) answer->part.flags |= QD_PROVISIONAL;
    answer->part.flags |= QD_WHOLE_AREA;  // a record is of all homes or people of its area
    count(cell, answer->part, quarterday::Source{});
    for (const Counted* record : answer->from) trace(cell, record->source);
  }

  // Only figures for 1 April to 31 March are Tenant Satisfaction Measures.
  static bool is_whole_year(const qd_reading& reading) {
    return reading.until - reading.from >= 365;
  }

  // Complaints made on the last days are answered weeks later: such a cohort is complete so many
  // working days after the reading, and not before that day is known.
  bool is_final(DefinitionIndex measure, const qd_reading& reading) const {
    const auto days = parameter(measure, "final_after_working_days");
    if (!days) return true;
    const auto number = quarterday::parse_number(*days);
    if (!number || !number->is_whole())
      throw quarterday::BadInput("final_after_working_days is '" + std::string(*days) +
                                 "': write a whole number");
    const auto n = static_cast<std::int32_t>(number->whole_part());
    return known_until() >= working_days().nth_after(reading.until - 1, n);
  }

  // Of how many people the answers are a sample, and for weighted answers: how many gave them.
  void add_sample(const Series& series, const quarterday::Cell& cell, Part& part) {
    const DefinitionIndex measure(series.measure);
    if (const auto sample = parameter(measure, "sample")) {
      if (const auto survey = answer_of(*sample, series, cell.reading)) {
        part.population = survey->part.population;
        for (const Counted* record : survey->from) trace(cell, record->source);
      }
    }
    const auto people = parameter(measure, "people");
    if (!people || part.n >= 0) return;
    if (const auto unweighted = answer_of(*people, series, cell.reading))
      part.n = unweighted->part.n;
  }

  // What another measure says of the same area and tenure.
  std::optional<Answer> answer_of(std::string_view code, const Series& series,
                                  std::uint32_t index) const {
    for (const std::uint32_t other : measures_.all_of(code)) {
      const auto found = records_.find({other, series.area, series.tenure});
      if (found == records_.end()) continue;
      const Rule rule = other < n_definitions() ? rule_of(other)->rule : Rule::kSurvey;
      if (auto answer = answer_for(found->second, reading(index), rule)) return answer;
    }
    return std::nullopt;
  }

  void look_at_agreements(const Series& series, const std::vector<Counted>& records) const {
    for (const Agreement& agreement : kAgreements) {
      const auto code = parameter(DefinitionIndex(series.measure), agreement.parameter);
      if (!code) continue;
      for (const std::uint32_t other : measures_.all_of(*code)) {
        const auto found = records_.find({other, series.area, series.tenure});
        if (found == records_.end()) continue;
        for (const Counted& record : records)
          if (!agrees(agreement, record, found->second))
            note(where(series) + code_of(series) + agreement.before + std::string(*code) +
                 agreement.after);
      }
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

  Measures measures_;
  std::map<Series, std::vector<Counted>> records_;
};

}  // namespace
}  // namespace existing_pis

QUARTERDAY_FAMILY(existing_pis::ExistingPis, existing_pis_names::kId, existing_pis_names::kVersion)
