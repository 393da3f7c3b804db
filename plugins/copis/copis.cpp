// Community owned performance indicators: what each means is data, written by the people who own
// it; this family knows how the kinds of measure are counted.
#include <algorithm>
#include <array>
#include <map>
#include <quarterday/counted.hpp>
#include <quarterday/family.hpp>
#include <quarterday/measured.hpp>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace copis {
namespace {

namespace measured = quarterday::measured;
using quarterday::Answer;
using quarterday::Code;
using quarterday::Counted;
using quarterday::Part;
using quarterday::Rule;

enum Input { kObservations, kTallies };
constexpr qd_input_spec kInputs[] = {measured::observations(), measured::tallies()};

// All indicators are data.
constexpr std::array<qd_indicator_spec, 0> kIndicators = {};

struct Formula {
  std::string_view name;
  Input table;
  Rule rule;
  bool of_answers;  // people's answers: too few are no figure to stand on
};
constexpr Formula kFormulas[] = {{"AGREE_PCT", kTallies, Rule::kSurvey, true},
                                 {"SCORE_MEAN", kObservations, Rule::kSurvey, true},
                                 {"CHECKLIST_PCT", kObservations, Rule::kSurvey, false},
                                 {"COUNT_RATE", kObservations, Rule::kRate, false}};

constexpr std::int64_t kMinAnswers = 10;

using Version = std::pair<std::string, std::int64_t>;  // code and version of a definition

// Observations of one definition, at one area and tenure.
using Series = std::tuple<std::size_t, Code, std::uint32_t>;

class Copis final : public quarterday::Family {
 public:
  static constexpr bool kTakesDefinitions = true;

 private:
  void begin() override {
    min_answers_ = option_number("min_answers", kMinAnswers);
    prefix_ = option("prefix").value_or("COPI-");
    for (std::size_t i = 0; i < n_definitions(); ++i) {
      const qd_definition& definition = this->definition(i);
      if (formula_of(i) == nullptr)
        note(name_of(i) + ": formula " + definition.formula + " is not known: left out");
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
    if (record.from < definition(i).effective_from || record.until > definition(i).effective_until)
      note(name_of(i) + " was measured outside the time it is in force");
    record.part = formula->table == kTallies ? measured::tally_part(row) : observed(row, *formula);
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
    auto answer = answer_of(i, records, index);
    if (!answer) return;
    if (answer->overlap) note(name_of(i) + " has records that overlap");
    if (answer->too_large) note(name_of(i) + " adds up to more than can be kept exactly: left out");
    const quarterday::Cell cell{indicator_of_definition(i), index, area, tenure};
    if (formula_of(i)->of_answers && has_too_few(answer->part))
      answer->part.null_reason = QD_LOW_RELIABILITY;
    answer->part.flags |= QD_WHOLE_AREA;  // a record is of everybody and everything in its area
    count(cell, answer->part, quarterday::Source{});
    for (const Counted* record : answer->from) trace(cell, record->source);
  }

  // A version that came into force in mid-year is complete with what was measured since.
  std::optional<Answer> answer_of(std::size_t i, const std::vector<Counted>& records,
                                  std::uint32_t index) const {
    const Rule rule = formula_of(i)->rule;
    qd_reading in_force = reading(index);
    in_force.from = std::max(in_force.from, definition(i).effective_from);
    in_force.until = std::min(in_force.until, definition(i).effective_until);
    auto answer = answer_for(records, in_force, rule);
    return answer ? answer : answer_for(records, reading(index), rule);
  }

  bool has_too_few(const Part& part) const {
    if (part.null_reason != QD_HAS_VALUE || part.denominator == 0) return false;
    const std::int64_t answers = part.n >= 0 ? part.n : part.denominator.whole_part();
    return answers < min_answers_;
  }

  const Formula* formula_of(std::size_t i) const {
    const std::string_view name = definition(i).formula;
    const auto found = std::find_if(std::begin(kFormulas), std::end(kFormulas),
                                    [&](const Formula& formula) { return formula.name == name; });
    return found == std::end(kFormulas) ? nullptr : found;
  }

  std::string name_of(std::size_t i) const {
    return std::string(definition(i).code) + " version " + std::to_string(definition(i).version);
  }

  std::int64_t min_answers_ = kMinAnswers;
  std::string prefix_;
  std::map<Version, std::size_t> definitions_;
  std::set<std::string> codes_;
  std::map<Series, std::vector<Counted>> records_;
};

}  // namespace
}  // namespace copis

QUARTERDAY_FAMILY(copis::Copis, "copis", "1.0.0", "Community owned performance indicators",
                  copis::kInputs, copis::kIndicators)
