// What a return holds, in which order, with what words: data, read from TOML.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/period.hpp"

namespace qd::returns::plan {

// How a section lays out what it shows.
enum class Layout {
  kAreas,  // a row for each indicator and area
  kLines,  // a row for each indicator, of the landlord, with the counts behind it
  kLinks   // a row for each link of an indicator that an area owns
};
enum class Order { kDeclared, kCode };

// One sheet.
struct Section {
  std::string title;               // name of the sheet
  std::string heading;             // empty: the title
  std::string holds;               // what it holds, one sentence
  std::vector<std::string> words;  // sentences above the table
  Layout layout = Layout::kLines;
  std::vector<std::string> families;                   // shown whole
  std::vector<std::string> indicators;                 // or these alone, in this order
  std::optional<std::vector<std::string>> breakdowns;  // keys that are shown; nullopt: all
  std::vector<std::string> columns;                    // empty: those of the layout
  std::map<std::string, std::string> headings;         // of columns, in place of their own
  std::vector<std::string> areas;                      // kinds of area that are shown
  std::vector<std::string> totals;                     // indicators whose rows are strong
  Order order = Order::kDeclared;
  std::optional<Reading> official;  // figures of other readings are indicative
  std::string indicative = "indicative";
};

// What a sentence of the summary is about.
enum class About { kFigure, kNewest, kLines, kShortfall, kOwned };

struct Sentence {
  About about = About::kFigure;
  std::string says;  // with {places}; without full stop
  std::vector<std::string> families, indicators;
  std::string breakdown;  // of a figure
  std::string one, many;  // what is counted; empty: the unit
  std::string none;       // what is said when there is nothing to list
  bool joins = false;     // follows the sentence before it after a semicolon
};

struct PyramidLevel {
  std::string name, label, breakdown;
};
struct PyramidColumn {
  std::string heading, indicator;
  std::string total;      // indicator of the last row; empty: it has none
  bool previous = false;  // of the period before
};
// Levels, top first, as figures and as a chart of the first column.
struct Pyramid {
  std::string heading, chart, described, total;
  std::string one = "person", many = "persons";
  std::vector<PyramidLevel> levels;
  std::vector<PyramidColumn> columns;
};

// A name in the file that must be known elsewhere, and where it stands.
struct Mention {
  enum class Kind { kFamily, kIndicator };
  Kind kind;
  std::string name;
  std::string where;  // "plan.toml:12:3"
};

struct Plan {
  std::string title, about, keywords, summary;
  std::vector<Sentence> sentences;
  std::optional<Pyramid> pyramid;
  std::vector<Section> sections;
  std::vector<Mention> mentions;
};

// Of a file's text. Errors: kReturnPlanMalformed, with file, line and column, and the nearest
// known word.
Result<Plan> read_plan(std::string_view text, const std::string& file);

// Errors: kReturnPlanMalformed (a family or indicator that is not among the known ones).
Result<void> check_names(const Plan& plan, const std::vector<std::string>& families,
                         const std::vector<std::string>& indicators);

// The plan that ships.
std::string_view executive_text();
const Plan& executive();

// Every column a section can show.
struct ColumnWords {
  std::string_view key, heading, meaning;
  bool of_links = false;  // only the layout "links" has it
};
const std::vector<ColumnWords>& column_words();
std::vector<std::string> usual_columns(Layout layout);

// For the documentation and its test: every key of a plan.
struct PlanKey {
  std::string_view table;  // "", "sentence", "pyramid", "pyramid.level", "section", …
  std::string_view name, type, meaning;
};
const std::vector<PlanKey>& plan_keys();

}  // namespace qd::returns::plan
