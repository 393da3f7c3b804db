// Definitions, and notes: what each figure means, what is missing and why, and who made it.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/returns/content/words.hpp"
#include "core/returns/sheets/cells.hpp"
#include "core/returns/sheets/sheets.hpp"

namespace qd::returns::sheets {
namespace {

using Versions = std::map<std::pair<std::string, int>, const Definition*>;

bool is_of_landlord(const ReturnContents& contents, const Definition& definition) {
  if (definition.area.empty()) return true;
  return std::any_of(contents.areas.begin(), contents.areas.end(),
                     [&](const Area& area) { return area.code == definition.area; });
}

// Every version that some figure was made with, and those in force.
Versions versions_of(const ReturnContents& contents) {
  Versions versions;
  for (const Figure& figure : contents.figures) {
    versions.try_emplace({figure.definition.code, figure.definition.version}, &figure.definition);
  }
  for (const Definition& definition : contents.definitions) {
    if (!is_of_landlord(contents, definition)) continue;
    versions.try_emplace({definition.code, definition.version}, &definition);
  }
  return versions;
}

std::string in_force(const Definition& definition) {
  const std::string revised =
      definition.revision > 1 ? fmt::format("words revised, revision {}", definition.revision) : "";
  // A family's own has always held where it states no date.
  if (definition.effective_from <= Date{}) return revised.empty() ? "[z]" : words::capital(revised);
  std::string text = "From " + words::day(definition.effective_from);
  if (definition.effective_until) {
    text += " to " + words::day(*definition.effective_until - std::chrono::days{1});
  }
  if (definition.version > 1 && !definition.comparable_with_previous) {
    text += "; not comparable with version " + std::to_string(definition.version - 1);
  }
  return revised.empty() ? text : text + "; " + revised;
}

std::string shown(const std::string& text, NullReason missing) {
  return text.empty() ? std::string(mark(missing)) : text;
}

render::Row definition_row(const Definition& definition) {
  return {{definition.code, render::NumberCell{std::to_string(definition.version)},
           shown(definition.title, NullReason::kNotAvailable),
           shown(definition.numerator, NullReason::kNotAvailable),
           shown(definition.denominator, NullReason::kNotApplicable),
           shown(definition.unit, NullReason::kNotApplicable), words::good_is(definition.polarity),
           in_force(definition), shown(definition.source, NullReason::kNotAvailable)}};
}

struct Mark {
  const char* mark;
  const char* meaning;
};
constexpr Mark kMarks[] = {
    {"[x]",
     "Not available: there is no figure, because nothing was captured or nothing was computed."},
    {"[z]", "Not applicable: this cell does not apply to this row."},
    {"[u]", "Too little to work with: no case at all, or too few answers to be relied on."},
    {"[c]",
     "Confidential: withheld, because so few people are concerned that they could be recognised."},
    {"[p]", "Provisional: the figure can still change when late cases are decided."},
    {"[b]", "Break in the series: the earlier figure was made by another definition."}};

class NoteTable {
 public:
  void add(std::string kind, std::string about, std::string note) {
    table_.rows.push_back({{std::move(kind), std::move(about), std::move(note)}});
  }
  render::Table take() {
    table_.name = "Notes_table";
    table_.columns = {{"Kind", 16}, {"About", 30}, {"Note", 110}};
    return std::move(table_);
  }

 private:
  render::Table table_;
};

bool carries(const render::Cell& cell, std::string_view mark) {
  const auto* text = std::get_if<std::string>(&cell);
  return text && text->find(mark) != std::string::npos;
}

bool carries(const render::Sheet& sheet, std::string_view mark) {
  const auto& rows = sheet.table.rows;
  return std::any_of(rows.begin(), rows.end(), [&](const render::Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [&](const render::Cell& cell) { return carries(cell, mark); });
  });
}

// A mark that nothing carries would only be looked for in vain.
void add_marks(const std::vector<render::Sheet>& others, NoteTable& notes) {
  for (const Mark& one : kMarks)
    if (std::any_of(others.begin(), others.end(),
                    [&](const render::Sheet& sheet) { return carries(sheet, one.mark); }))
      notes.add("Mark", one.mark, one.meaning);
}

void add_reading(NoteTable& notes) {
  notes.add("Reading", "Rounding",
            "Figures are worked out exactly and rounded half-up once, for display. The cells hold "
            "the rounded figure, the same as the interface gives.");
  notes.add(
      "Reading", "Margin",
      "Margins of error are at 95 % confidence, for a sample from a finite population. A range "
      "ends at 0 and at 100.");
}

void add_missing(const ReturnContents& contents, NoteTable& notes) {
  for (const content::NotComputed& missing : contents.not_computed) {
    notes.add("Not computed", missing.family,
              fmt::format("No figure of this family for {}: {}.", contents.period().id(),
                          missing.reason));
  }
  for (const content::OutOfDate& old : contents.out_of_date) {
    notes.add("Not up to date", old.family,
              fmt::format("The figures of this family for {} are those of run {}: {}.",
                          contents.period().id(), old.shown_run, old.reason));
  }
}

void add_run_notes(const ReturnContents& contents, NoteTable& notes) {
  for (const Run& run : contents.runs) {
    if (run.period != contents.period().id()) continue;
    for (const RunNote& note : run.notes) {
      notes.add(note.severity == NoteSeverity::kFinding ? "Finding" : "Data",
                fmt::format("{}, run {}", run.family, run.id),
                note.count == 1 ? note.message
                                : fmt::format("{} ({} times)", note.message,
                                              words::grouped(std::to_string(note.count))));
    }
  }
}

std::string seal_words(const ReturnContents& contents, const Run& run) {
  const auto entry = contents.entries.find(run.id);
  if (entry == contents.entries.end()) return "";
  return fmt::format(" Entry of the audit that holds its seal: {}.", to_text(entry->second));
}

void add_runs(const ReturnContents& contents, NoteTable& notes) {
  for (const Run& run : contents.runs) {
    notes.add(
        "Origin", fmt::format("Run {}, {}, {}", run.id, run.family, run.period),
        fmt::format("Family version {}, interface {}, library SHA-256 {}. It read {} with "
                    "digest {}, as known at {}, and finished at {}.",
                    shown(run.family_version, NullReason::kNotAvailable),
                    shown(run.abi, NullReason::kNotAvailable),
                    shown(run.library_sha256, NullReason::kNotAvailable),
                    words::counted(std::to_string(run.input_rows), "record", "records"),
                    shown(run.input_digest, NullReason::kNotAvailable), words::instant(run.as_of),
                    run.finished_at ? words::instant(*run.finished_at) : "[x]") +
            seal_words(contents, run));
  }
}

}  // namespace

render::Sheet definition_sheet(const ReturnContents& contents) {
  render::Sheet sheet;
  sheet.name = plan::kDefinitions;
  sheet.heading = "Definitions";
  sheet.holds =
      "What each indicator of this workbook means, in every version a figure was made with.";
  sheet.table.name = "Definitions_table";
  sheet.table.columns = {{"Code", 15},      {"Version", 9, true}, {"Title", 36},
                         {"Numerator", 40}, {"Denominator", 40},  {"Unit", 11},
                         {"Good is", 11},   {"In force", 24},     {"Source", 36}};
  for (const auto& [key, definition] : versions_of(contents)) {
    sheet.table.rows.push_back(definition_row(*definition));
  }
  return sheet;
}

render::Sheet note_sheet(const ReturnContents& contents, const std::vector<render::Sheet>& others) {
  render::Sheet sheet;
  sheet.name = plan::kNotes;
  sheet.heading = "Notes";
  sheet.holds =
      "What the marks mean, what is missing and why, notes on the data, and the runs that "
      "made the figures.";
  NoteTable notes;
  add_marks(others, notes);
  add_reading(notes);
  add_missing(contents, notes);
  add_run_notes(contents, notes);
  add_runs(contents, notes);
  sheet.table = notes.take();
  return sheet;
}

}  // namespace qd::returns::sheets
