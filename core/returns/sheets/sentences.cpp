#include "core/returns/sheets/sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>

#include "core/returns/content/rows.hpp"
#include "core/returns/content/words.hpp"

namespace qd::returns::sheets {
namespace {

namespace words = content::words;
using content::ReturnContents;
using content::RowSubject;
using Filling = std::map<std::string, std::string>;  // by place

// Every place was checked when the plan was read.
std::string filled(const std::string& says, const Filling& filling) {
  std::string text;
  std::size_t at = 0;
  while (at < says.size()) {
    const std::size_t open = std::min(says.find('{', at), says.size());
    text += says.substr(at, open - at);
    if (open == says.size()) break;
    const std::size_t close = std::min(says.find('}', open), says.size() - 1);
    const auto found = filling.find(says.substr(open + 1, close - open - 1));
    if (found != filling.end()) text += found->second;
    at = close + 1;
  }
  return text;
}

Filling common_filling(const ReturnContents& contents) {
  const bool year = contents.period().kind() == Period::Kind::kYear;
  return {{"period", words::period(contents.period())}, {"span", year ? "year" : "quarter"}};
}

// "132"; nullopt when there is no value.
std::optional<std::string> shown(const Figure* figure) {
  if (!figure || !value(figure->fact, figure->definition)) return std::nullopt;
  return display(figure->fact, figure->definition);
}

plan::Section section_about(const plan::Sentence& sentence) {
  plan::Section section;
  section.families = sentence.families;
  section.indicators = sentence.indicators;
  return section;
}

std::string counted(const plan::Sentence& sentence, const std::string& number,
                    const std::string& unit) {
  const bool own = !sentence.one.empty();
  return words::counted(number, own ? sentence.one : unit, own ? sentence.many : unit);
}

const Figure* landlords(const ReturnContents& contents, const plan::Sentence& sentence,
                        const Period& period) {
  return contents.find({sentence.indicators.front(), contents.landlord(), period.id(),
                        content::own_reading(period), sentence.breakdown});
}

// ", 2 fewer than in April to June 2026" of a count; "" of a series that is broken there.
std::string change(const ReturnContents& contents, const Figure& now, const Figure* before) {
  if (!shown(before) || !now.definition.is_count()) return "";
  if (before->fact.version != now.fact.version && !now.definition.comparable_with_previous)
    return "";
  const std::int64_t more = now.fact.numerator.millionths - before->fact.numerator.millionths;
  const std::string then = words::period(contents.periods[1]);
  if (more == 0) return fmt::format(", as many as in {}", then);
  Fact difference = now.fact;
  difference.numerator = Number{std::abs(more)};
  return fmt::format(", {} {} than in {}", words::grouped(display(difference, now.definition)),
                     more > 0 ? "more" : "fewer", then);
}

std::vector<std::string> about_figure(const ReturnContents& contents,
                                      const plan::Sentence& sentence) {
  const Figure* now = landlords(contents, sentence, contents.period());
  const auto number = shown(now);
  if (!number) return {};
  Filling filling = common_filling(contents);
  filling["figure"] = counted(sentence, *number, now->definition.unit);
  filling["change"] = change(contents, *now, landlords(contents, sentence, contents.periods[1]));
  return {filled(sentence.says, filling)};
}

std::string range_words(const Figure& figure) {
  const auto range = content::range_of(figure);
  if (!range) return "";
  return fmt::format(", {} at 95 % confidence", words::range(range->lower, range->upper));
}

// One sentence for each part of each indicator.
std::vector<std::string> about_newest(const ReturnContents& contents,
                                      const plan::Sentence& sentence) {
  std::vector<std::string> sentences;
  for (const RowSubject& subject :
       content::subjects_of(contents, section_about(sentence), contents.landlord())) {
    const auto newest = content::newest_figure(contents, subject, contents.landlord());
    const auto number = shown(newest.figure);
    if (!number) continue;
    Filling filling = common_filling(contents);
    filling["title"] = subject.definition.title;
    filling["code"] = words::with_part(subject.definition.code, subject.breakdown);
    filling["value"] = words::grouped(*number);
    filling["unit"] = subject.definition.unit;
    filling["interval"] = range_words(*newest.figure);
    filling["when"] = newest.period;
    sentences.push_back(filled(sentence.says, filling));
  }
  return sentences;
}

std::vector<std::string> about_lines(const ReturnContents& contents,
                                     const plan::Sentence& sentence) {
  const auto subjects =
      content::subjects_of(contents, section_about(sentence), contents.landlord());
  if (subjects.empty()) return {};
  const auto measured = std::count_if(subjects.begin(), subjects.end(), [&](const auto& subject) {
    return shown(content::newest_figure(contents, subject, contents.landlord()).figure).has_value();
  });
  Filling filling = common_filling(contents);
  filling["measured"] = std::to_string(measured);
  filling["lines"] = std::to_string(subjects.size());
  return {filled(sentence.says, filling)};
}

// Percentages round to 100.0 while something is still lacking: it is counted.
std::vector<std::string> about_shortfall(const ReturnContents& contents,
                                         const plan::Sentence& sentence) {
  std::string list;
  bool any = false;
  for (const RowSubject& subject :
       content::subjects_of(contents, section_about(sentence), contents.landlord())) {
    const auto newest = content::newest_figure(contents, subject, contents.landlord());
    const auto lacking = newest.figure ? content::shortfall(*newest.figure) : std::nullopt;
    any = any || lacking.has_value();
    if (!lacking || lacking->millionths == 0) continue;
    list += fmt::format("{}{} ({}) {}", list.empty() ? "" : ", ", subject.definition.title,
                        subject.definition.code, words::grouped(lacking->text()));
  }
  if (!any || (list.empty() && sentence.none.empty())) return {};
  Filling filling = common_filling(contents);
  filling["list"] = list;
  return {filled(list.empty() ? sentence.none : sentence.says, filling)};
}

bool is_here(const ReturnContents& contents, const std::string& code) {
  return std::any_of(contents.areas.begin(), contents.areas.end(),
                     [&](const Area& area) { return area.code == code; });
}

// Indicators that an area of the landlord owns.
std::vector<std::string> about_owned(const ReturnContents& contents,
                                     const plan::Sentence& sentence) {
  std::set<std::string> places;
  int lines = 0, measured = 0;
  for (const Definition& definition : contents.definitions) {
    const auto& families = sentence.families;
    if (std::find(families.begin(), families.end(), definition.family) == families.end()) continue;
    if (definition.area.empty() || !is_here(contents, definition.area)) continue;
    ++lines;
    const Figure* figure = contents.find({definition.code, definition.area, contents.period().id(),
                                          content::own_reading(contents.period()), ""});
    if (!shown(figure)) continue;
    ++measured;
    places.insert(definition.area);
  }
  if (lines == 0) return {};
  Filling filling = common_filling(contents);
  filling["measured"] = std::to_string(measured);
  filling["lines"] = std::to_string(lines);
  filling["places"] = counted(sentence, std::to_string(places.size()), "areas");
  return {filled(sentence.says, filling)};
}

std::vector<std::string> said(const ReturnContents& contents, const plan::Sentence& sentence) {
  switch (sentence.about) {
    case plan::About::kFigure:
      return about_figure(contents, sentence);
    case plan::About::kNewest:
      return about_newest(contents, sentence);
    case plan::About::kLines:
      return about_lines(contents, sentence);
    case plan::About::kShortfall:
      return about_shortfall(contents, sentence);
    case plan::About::kOwned:
      break;
  }
  return about_owned(contents, sentence);
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

}  // namespace

std::vector<std::string> sentences_of(const ReturnContents& contents) {
  std::vector<std::string> sentences;
  bool previous_was_said = false;
  for (const plan::Sentence& sentence : contents.plan->sentences) {
    auto now = said(contents, sentence);
    const bool joins = sentence.joins && previous_was_said && !now.empty();
    if (joins) {
      sentences.back().pop_back();  // its full stop
      sentences.back() += "; " + now.front() + ".";
      now.erase(now.begin());
    }
    for (const std::string& one : now) sentences.push_back(one + ".");
    previous_was_said = joins || !now.empty();
  }
  add_missing(contents, sentences);
  return sentences;
}

}  // namespace qd::returns::sheets
