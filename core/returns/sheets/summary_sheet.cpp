// The pyramid of engagement, and what the quarter comes to in sentences.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/returns/content/rows.hpp"
#include "core/returns/content/words.hpp"
#include "core/returns/sheets/cells.hpp"
#include "core/returns/sheets/sheets.hpp"

namespace qd::returns::sheets {
namespace {

struct Level {
  int number;
  const char* name;
};
// The top of the pyramid first. Level 1 is reached, not engaged (domain B.4), and not drawn.
constexpr std::array<Level, 3> kLevels = {{{4, "Level 4, substantial involvement"},
                                           {3, "Level 3, peripheral involvement"},
                                           {2, "Level 2, armchair commentators"}}};

const Figure* own_figure(const ReturnContents& contents, const char* indicator, int level) {
  return content::level_figure(contents, indicator, level, contents.period(),
                               content::own_reading(contents.period()));
}

// "132"; nullopt when there is no value.
std::optional<std::string> shown(const Figure* figure) {
  if (!figure || !value(figure->fact, figure->definition)) return std::nullopt;
  return display(figure->fact, figure->definition);
}

// Persons at a level as a whole number; 0 when there is none to draw.
std::int64_t persons(const ReturnContents& contents, int level) {
  const Figure* figure = own_figure(contents, "INV1", level);
  if (!shown(figure)) return 0;
  return figure->fact.numerator.millionths / Number::kScale;
}

std::string change(const ReturnContents& contents, const Figure* now) {
  const auto before = content::level_figure(contents, "INV1", 0, contents.periods[1],
                                            content::own_reading(contents.periods[1]));
  if (!shown(before)) return "";
  const std::int64_t difference =
      (now->fact.numerator.millionths - before->fact.numerator.millionths) / Number::kScale;
  const std::string then = words::period(contents.periods[1]);
  if (difference == 0) return fmt::format(", as many as in {}", then);
  return fmt::format(", {} {} than in {}", words::grouped(std::to_string(std::abs(difference))),
                     difference > 0 ? "more" : "fewer", then);
}

void add_involvement(const ReturnContents& contents, std::vector<std::string>& sentences) {
  const Figure* engaged = own_figure(contents, "INV1", 0);
  const auto hours = shown(own_figure(contents, "INV2", 0));
  const Figure* policies = contents.find({"INV3", contents.landlord(), contents.period().id(),
                                          content::own_reading(contents.period()), ""});
  if (const auto total = shown(engaged)) {
    sentences.push_back(fmt::format("{} engaged at levels 2 to 4 in {}{}. Each is counted once.",
                                    words::counted(*total, "person was", "people were"),
                                    words::period(contents.period()), change(contents, engaged)));
  }
  std::string given;
  if (hours)
    given = fmt::format("They gave {} of their own time", words::counted(*hours, "hour", "hours"));
  if (const auto consulted = shown(policies)) {
    given += fmt::format("{}{} subject to consultation", given.empty() ? "" : "; ",
                         words::counted(*consulted, "policy was", "policies were"));
  }
  if (!given.empty()) sentences.push_back(given + ".");
}

std::string give_or_take(const Figure& figure) {
  const auto accuracy = sample_accuracy(figure.fact, figure.definition);
  if (!accuracy) return "";
  return fmt::format(", give or take {:.1f} points", accuracy->margin_percent);
}

// Value and margin of the measure everyone asks for first.
void add_satisfaction(const ReturnContents& contents, std::vector<std::string>& sentences) {
  for (const content::RowSubject& subject :
       content::subjects_of(contents, kExistingFamily, contents.landlord())) {
    if (subject.definition.code != "TP01") continue;
    const content::NewestFigure newest =
        content::newest_figure(contents, subject, contents.landlord());
    const auto percent = shown(newest.figure);
    if (!percent) continue;
    sentences.push_back(fmt::format("Overall satisfaction ({}) is {} %{} ({}).",
                                    words::with_part("TP01", subject.breakdown), *percent,
                                    give_or_take(*newest.figure), newest.period));
  }
}

// Percentages of safety checks round to 100.0 while homes are still waiting: homes are counted.
void add_safety(const ReturnContents& contents, std::vector<std::string>& sentences) {
  std::string waiting;
  bool any = false;
  for (const content::RowSubject& subject :
       content::subjects_of(contents, kExistingFamily, contents.landlord())) {
    if (subject.definition.polarity != Polarity::kHigh) continue;
    const content::NewestFigure newest =
        content::newest_figure(contents, subject, contents.landlord());
    const auto homes = newest.figure ? content::outstanding(*newest.figure) : std::nullopt;
    if (!homes) continue;
    any = true;
    if (homes->millionths == 0) continue;
    waiting += fmt::format("{}{} ({}) {}", waiting.empty() ? "" : ", ", subject.definition.title,
                           subject.definition.code, words::grouped(homes->text()));
  }
  if (!any) return;
  sentences.push_back(waiting.empty()
                          ? "No home is waiting for a required safety check."
                          : fmt::format("Homes waiting for a required safety check: {}.", waiting));
}

void add_existing(const ReturnContents& contents, std::vector<std::string>& sentences) {
  const auto subjects = content::subjects_of(contents, kExistingFamily, contents.landlord());
  const auto measured = std::count_if(subjects.begin(), subjects.end(), [&](const auto& subject) {
    return shown(content::newest_figure(contents, subject, contents.landlord()).figure).has_value();
  });
  if (subjects.empty()) return;
  sentences.push_back(
      fmt::format("Existing PIs: {} of {} lines have a figure.", measured, subjects.size()));
}

void add_copis(const ReturnContents& contents, std::vector<std::string>& sentences) {
  std::set<std::string> places;
  int in_force = 0, measured = 0;
  for (const Definition& definition : contents.definitions) {
    if (definition.family != kCopiFamily || definition.area.empty()) continue;
    const bool here = std::any_of(contents.areas.begin(), contents.areas.end(),
                                  [&](const Area& area) { return area.code == definition.area; });
    if (!here) continue;
    ++in_force;
    const Figure* figure = contents.find({definition.code, definition.area, contents.period().id(),
                                          content::own_reading(contents.period()), ""});
    if (!shown(figure)) continue;
    ++measured;
    places.insert(definition.area);
  }
  if (in_force == 0) return;
  sentences.push_back(fmt::format(
      "Residents measured {} of {} community owned indicators this {}, in {}.", measured, in_force,
      contents.period().kind() == Period::Kind::kYear ? "year" : "quarter",
      words::counted(std::to_string(places.size()), "neighbourhood", "neighbourhoods")));
}

void add_missing(const ReturnContents& contents, std::vector<std::string>& sentences) {
  for (const content::NotComputed& missing : contents.not_computed) {
    sentences.push_back(
        fmt::format("Not computed: family {}, {}.", missing.family, missing.reason));
  }
  for (const content::OutOfDate& old : contents.out_of_date) {
    sentences.push_back(
        fmt::format("Not up to date: family {}, whose figures are those of run {}: {}.", old.family,
                    old.shown_run, old.reason));
  }
}

// Members on the last day are only defined level by level: no total is missing there.
render::Cell level_cell(const ReturnContents& contents, const char* indicator, int level,
                        const Period& period) {
  const Figure* figure =
      content::level_figure(contents, indicator, level, period, content::own_reading(period));
  const bool has_total = std::string_view(indicator) != "INV1e";
  if (level == 0 && !has_total) return std::string(mark(NullReason::kNotApplicable));
  return cells::cell(figure);
}

render::Row level_row(const ReturnContents& contents, int level, const std::string& name) {
  const Period& period = contents.period();
  const render::Emphasis emphasis =
      level == 0 ? render::Emphasis::kStrong : render::Emphasis::kNone;
  return {
      {name, level_cell(contents, "INV1", level, period),
       level_cell(contents, "INV1", level, contents.periods[1]),
       level_cell(contents, "INV1a", level, period), level_cell(contents, "INV1e", level, period),
       level_cell(contents, "INV2", level, period)},
      emphasis};
}

std::string described(const ReturnContents& contents) {
  std::string text = fmt::format("Pyramid of engagement, {}.", words::period(contents.period()));
  for (const Level& level : kLevels) {
    const Figure* figure = own_figure(contents, "INV1", level.number);
    const auto number = shown(figure);
    text += fmt::format(" {}: {}.", level.name,
                        number ? words::counted(*number, "person", "persons") : "no figure");
  }
  return text;
}

}  // namespace

render::Sheet summary_sheet(const ReturnContents& contents) {
  render::Sheet sheet;
  sheet.name = kSummary;
  sheet.is_summary = true;
  sheet.heading = fmt::format("Summary, {}", words::period(contents.period()));
  sheet.holds =
      "The period in a few sentences, and the pyramid of engagement as figures and as a chart.";
  add_involvement(contents, sheet.paragraphs);
  add_satisfaction(contents, sheet.paragraphs);
  add_existing(contents, sheet.paragraphs);
  add_safety(contents, sheet.paragraphs);
  add_copis(contents, sheet.paragraphs);
  add_missing(contents, sheet.paragraphs);
  sheet.table.name = "Summary_table";
  sheet.table.columns = {{"Level of the pyramid of engagement", 38},
                         {"Persons engaged", 13, true},
                         {"Persons engaged, " + words::short_period(contents.periods[1]), 17, true},
                         {"Active persons", 11, true},
                         {"Members on the last day", 15, true},
                         {"Hours given", 10, true}};
  for (const Level& level : kLevels) {
    sheet.table.rows.push_back(level_row(contents, level.number, level.name));
  }
  sheet.table.rows.push_back(level_row(contents, 0, "Levels 2 to 4, each person once"));
  sheet.chart = render::PyramidChart{"Persons engaged at each level", described(contents),
                                     kChartNumbers, static_cast<int>(sheet.table.columns.size())};
  return sheet;
}

render::Sheet chart_sheet(const ReturnContents& contents) {
  std::int64_t widest = 0;
  for (const Level& level : kLevels) widest = std::max(widest, persons(contents, level.number));
  render::Sheet sheet;
  sheet.name = kChartNumbers;
  sheet.heading = "Numbers behind the chart";
  sheet.holds =
      "What the chart on Summary is drawn from: persons, and the space that centres each bar.";
  sheet.table.name = "Chart_table";
  sheet.table.columns = {{"Bar", 34}, {"Space to the left", 14, true}, {"Persons", 12, true}};
  for (const Level& level : kLevels) {
    const std::int64_t number = persons(contents, level.number);
    const auto drawn = shown(own_figure(contents, "INV1", level.number));
    const std::string label =
        fmt::format("Level {}: {}", level.number,
                    drawn ? words::counted(*drawn, "person", "persons") : std::string("[x]"));
    sheet.table.rows.push_back(
        {{label, render::NumberCell{Number{(widest - number) * Number::kScale / 2}.text()},
          render::NumberCell{std::to_string(number)}}});
  }
  return sheet;
}

}  // namespace qd::returns::sheets
