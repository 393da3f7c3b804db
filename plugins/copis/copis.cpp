// Community owned performance indicators: what each means is data, written by the people who own
// it; this family knows how the kinds of measure are counted.
#include <algorithm>
#include <map>
#include <quarterday/counted.hpp>
#include <quarterday/family.hpp>
#include <quarterday/measured.hpp>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "copis_names.hpp"

namespace copis {
namespace {

namespace measured = quarterday::measured;
using quarterday::Code;
using quarterday::Counted;
using quarterday::DefinitionIndex;
using quarterday::Part;
using quarterday::Rule;

struct Formula {
  std::string_view name;
  measured::Input table;
  Rule rule;
  bool of_answers;  // people's answers: too few are no figure to stand on
};
constexpr Formula kFormulas[] = {{"AGREE_PCT", measured::kTallies, Rule::kSurvey, true},
                                 {"SCORE_MEAN", measured::kObservations, Rule::kSurvey, true},
                                 {"CHECKLIST_PCT", measured::kObservations, Rule::kSurvey, false},
                                 {"COUNT_RATE", measured::kObservations, Rule::kRate, false}};

using Version = std::pair<std::string, std::int64_t>;  // code and version of a definition

// Observations of one definition, at one area and tenure.
using Series = std::tuple<std::size_t, Code, std::uint32_t>;

class Copis final : public quarterday::Family {
  void begin() override {
    min_answers_ = option_whole(copis_names::option::min_answers);
    prefix_ = option(copis_names::option::prefix).value_or("");
    for (std::size_t i = 0; i < n_definitions(); ++i) {
      const qd_definition& definition = of(i);
      if (formula_of(i) == nullptr)
        note(name_of(i) + ": formula " + definition.rule + " is not known: left out");
      definitions_[{definition.code, definition.version}] = i;
      codes_.insert(definition.code);
    }
  }

  void row(const quarterday::Row& row) override {
    const std::string measure(row.text(measured::kMeasure).value_or(""));
    if (measure.compare(0, prefix_.size(), prefix_) != 0 && codes_.count(measure) == 0) return;
    const auto area = row.code(measured::kArea);
    const auto from = row.date(measured::kFrom), until = row.date(measured::kUntil);
    if (!area || !from || !until || *from >= *until)
      return note(measure + " without area or period: left out");
    if (readings_sharing(*from, *until).empty()) return;
    const std::int64_t version = row.integer(measured::kVersion).value_or(1);
    const auto found = definitions_.find({measure, version});
    if (found == definitions_.end())
      return note(measure + " version " + std::to_string(version) +
                  " is not defined for this period: left out");
    keep(row, found->second, {*from, *until, version, {}, row.source()});
  }

  void keep(const quarterday::Row& row, std::size_t i, Counted record) {
    const Formula* formula = formula_of(i);
    if (formula == nullptr) return;
    if (row.input() != formula->table)
      return note(name_of(i) + " stands in the wrong table for its formula: left out");
    if (record.from < of(i).effective_from || record.until > of(i).effective_until)
      note(name_of(i) + " was measured outside the time it is in force");
    record.part =
        formula->table == measured::kTallies ? measured::tally_part(row) : observed(row, *formula);
    if (record.part.numerator < 0 || record.part.denominator < 0) {
      note(name_of(i) + " is below 0: left out");
      record.part = measured::missing(QD_NOT_AVAILABLE);
    }
    const Code area = *row.code(measured::kArea);
    remember(area);
    records_[{i, area, breakdown(measured::tenure_breakdown(row))}].push_back(record);
  }

  // The denominator of a mean or a checklist is the number of scores or items.
  static Part observed(const quarterday::Row& row, const Formula& formula) {
    Part part = measured::observation_part(row);
    if (part.null_reason == QD_HAS_VALUE && formula.rule == Rule::kSurvey)
      part.n = measured::whole_or_unstated(part.denominator);
    return part;
  }

  void finish() override {
    for (const auto& [series, records] : records_)
      for (std::uint32_t i = 0; i < n_readings(); ++i) report(series, records, i);
  }

  void report(const Series& series, const std::vector<Counted>& records, std::uint32_t index) {
    const auto& [i, area, tenure] = series;
    auto answer = measured::answer_in_force(records, reading(index), of(i), formula_of(i)->rule);
    if (!answer) return;
    if (answer->overlap) note(name_of(i) + " has records that overlap");
    if (answer->too_large) note(name_of(i) + " adds up to more than can be kept exactly: left out");
    const quarterday::Cell cell{DefinitionIndex(i), index, area, tenure};
    if (formula_of(i)->of_answers && has_too_few(answer->part))
      answer->part.null_reason = QD_LOW_RELIABILITY;
    answer->part.flags |= QD_WHOLE_AREA;  // a record is of everybody and everything in its area
    count(cell, answer->part, quarterday::Source{});
    for (const Counted* record : answer->from) trace(cell, record->source);
  }

  bool has_too_few(const Part& part) const {
    if (part.null_reason != QD_HAS_VALUE || part.denominator == 0) return false;
    const std::int64_t answers = part.n >= 0 ? part.n : part.denominator.whole_part();
    return answers < min_answers_;
  }

  const qd_definition& of(std::size_t i) const { return definition(DefinitionIndex(i)); }

  const Formula* formula_of(std::size_t i) const {
    const std::string_view name = of(i).rule;
    const auto found = std::find_if(std::begin(kFormulas), std::end(kFormulas),
                                    [&](const Formula& formula) { return formula.name == name; });
    return found == std::end(kFormulas) ? nullptr : found;
  }

  std::string name_of(std::size_t i) const {
    return std::string(of(i).code) + " version " + std::to_string(of(i).version);
  }

  std::int64_t min_answers_ = 0;
  std::string prefix_;
  std::map<Version, std::size_t> definitions_;
  std::set<std::string> codes_;
  std::map<Series, std::vector<Counted>> records_;
};

}  // namespace
}  // namespace copis

QUARTERDAY_FAMILY(copis::Copis, copis_names::kId, copis_names::kVersion)
