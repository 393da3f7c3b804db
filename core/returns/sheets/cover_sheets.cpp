// The cover and the list of sheets.
#include <fmt/format.h>

#include "core/returns/content/findings.hpp"
#include "core/returns/content/words.hpp"
#include "core/returns/sheets/cells.hpp"
#include "core/returns/sheets/sheets.hpp"

namespace qd::returns::sheets {
namespace {

std::string period_in_full(const Period& period) {
  if (period.kind() == Period::Kind::kYear) return words::period(period);
  return fmt::format("{} (quarter {} of {})", words::period(period), period.quarter_number(),
                     words::year_label(period));
}

std::string run_numbers(const ReturnContents& contents) {
  std::string numbers;
  for (const Run& run : contents.runs) {
    numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", run.id);
  }
  return numbers;
}

std::string as_of_words(const ReturnContents& contents) {
  if (contents.request.as_of != Instant{}) return words::instant(contents.request.as_of);
  return "the newest runs";
}

template <class Families>
std::string names_of(const Families& families) {
  std::string names;
  for (const auto& one : families) names += (names.empty() ? "" : ", ") + one.family;
  return names;
}

// A quarter in which a family is missing, or failed the last time, says so on its first page.
std::string completeness(const ReturnContents& contents) {
  std::string words;
  if (!contents.not_computed.empty())
    words += fmt::format("Not computed for this period: {}. ", names_of(contents.not_computed));
  if (!contents.out_of_date.empty())
    words += fmt::format("Not up to date: {}. ", names_of(contents.out_of_date));
  if (words.empty()) return "Every family was computed for this period";
  return fmt::format("{}The reasons are on the sheet {}", words, plan::kNotes);
}

// What the families found that a reader should know before the figures.
std::string findings(const ReturnContents& contents) {
  std::string words;
  for (const content::Finding& finding : content::findings_of(contents))
    words += fmt::format("{}{}: {}", words.empty() ? "" : "; ", finding.about, finding.words);
  return words;
}

void fill(std::string& text, const std::string& place, const std::string& words) {
  const std::size_t at = text.find(place);
  if (at != std::string::npos) text.replace(at, place.size(), words);
}

}  // namespace

std::string return_title(const ReturnContents& contents) {
  const bool year = contents.period().kind() == Period::Kind::kYear;
  std::string title = contents.plan->title;
  fill(title, "{kind}", year ? "Annual" : "Quarterly");
  fill(title, "{audience}", contents.request.audience);
  return title;
}

render::Sheet cover_sheet(const ReturnContents& contents) {
  const content::ReturnRequest& request = contents.request;
  render::Sheet sheet;
  sheet.name = plan::kCover;
  sheet.is_cover = true;
  sheet.heading = return_title(contents);
  sheet.holds = fmt::format("{}, {}", request.organisation, words::period(contents.period()));
  sheet.paragraphs = {contents.plan->about};
  sheet.table.name = "Cover_table";
  sheet.table.columns = {{"About this return", 34}, {"What it is", 84}};
  const auto add = [&](std::string subject, std::string words) {
    sheet.table.rows.push_back({{std::move(subject), std::move(words)}});
  };
  const Period& period = contents.period();
  add("Organisation", fmt::format("{} ({})", request.organisation, contents.landlord()));
  add("For", request.audience);
  add("Period", period_in_full(period));
  add("Days it covers", fmt::format("{} to {}, both included", words::day(period.from()),
                                    words::day(period.until() - std::chrono::days{1})));
  add("Revision", std::to_string(request.revision));
  add("Completeness", completeness(contents));
  if (const auto found = findings(contents); !found.empty()) add("Found in the data", found);
  add("Figures as known at", as_of_words(contents));
  add("Made by runs", run_numbers(contents));
  add("How to read a missing figure",
      fmt::format("A mark in brackets, for example [x], stands where there is no figure. The sheet "
                  "{} lists the marks",
                  plan::kNotes));
  return sheet;
}

render::Sheet contents_sheet(const std::vector<render::Sheet>& others) {
  render::Sheet sheet;
  sheet.name = plan::kContents;
  sheet.heading = "Contents";
  sheet.holds = "The sheets of this workbook, each with a link to it.";
  sheet.table.name = "Contents_table";
  sheet.table.columns = {{"Sheet", 28}, {"What it holds", 90}};
  for (const render::Sheet& other : others) {
    sheet.table.rows.push_back({{render::LinkCell{other.name, other.name}, other.holds}});
  }
  return sheet;
}

}  // namespace qd::returns::sheets
