#include "core/capture/rsh/heading_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/capture/workbook/workbook_reader.hpp"

namespace qd::capture::rsh {
namespace {

using workbook::column_letters;

// The first line in which two columns differ; 0 when they never do.
std::int64_t first_difference(const TsmTable& table, std::int64_t a, std::int64_t b) {
  for (const auto& row : table.rows) {
    if (trimmed(cell_text(row, a)) != trimmed(cell_text(row, b))) return row.line;
  }
  return 0;
}

void give_up(PlacedColumn& column, const std::string& why) {
  column.how = TsmHow::kNotPlaced;
  column.remark = why;
}

// The one that code and words agree on, where no other does; nullptr: none, or several.
PlacedColumn* only_sure(const std::vector<PlacedColumn*>& columns) {
  PlacedColumn* sure = nullptr;
  for (PlacedColumn* column : columns) {
    if (!column->doubt.empty()) continue;
    if (sure != nullptr) return nullptr;
    sure = column;
  }
  return sure;
}

// columns: those of one meaning, at least two.
void settle(const TsmTable& table, const std::vector<PlacedColumn*>& columns) {
  if (const PlacedColumn* sure = only_sure(columns)) {
    for (PlacedColumn* other : columns) {
      if (other == sure) continue;
      give_up(*other, fmt::format("{}, and column {} is {} by code and words", other->doubt,
                                  column_letters(sure->column), meaning_text(sure->means)));
    }
    return;
  }
  PlacedColumn& first = *columns.front();
  for (PlacedColumn* other : columns) {
    const std::int64_t line = first_difference(table, first.column, other->column);
    if (line == 0) continue;
    const std::string why =
        fmt::format("columns {} and {} say the same and differ on line {}; neither is taken",
                    column_letters(first.column), column_letters(other->column), line);
    for (PlacedColumn* one : columns) give_up(*one, why);
    return;
  }
  for (PlacedColumn* other : columns) {
    if (other == &first) continue;
    give_up(*other, fmt::format("says the same as column {}, which is taken; no line differs",
                                column_letters(first.column)));
    if (first.doubt.empty()) first.doubt = other->doubt;
  }
}

bool is_answer_of(const PlacedColumn& column, const std::string& measure, TsmRole role) {
  return column.how != TsmHow::kNotPlaced && column.means == TsmMeaning{role, measure, {}};
}

// Whether all of columns[first …] but the one at missing are the answers of a measure in order, in
// columns beside each other.
bool frames(const std::vector<PlacedColumn>& columns, std::size_t first, std::size_t missing) {
  const std::string& measure = columns[missing].means.measure;
  for (std::size_t i = 0; i < kScaleAnswers; ++i) {
    const PlacedColumn& column = columns[first + i];
    if (column.column != columns[first].column + static_cast<std::int64_t>(i)) return false;
    if (first + i != missing && !is_answer_of(column, measure, kTallyRoles[i])) return false;
  }
  return true;
}

bool is_taken(const std::vector<PlacedColumn>& columns, const TsmMeaning& meaning) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](const PlacedColumn& column) { return column.means == meaning; });
}

void place_one(std::vector<PlacedColumn>& columns, std::size_t at) {
  const std::string measure = columns[at].means.measure;
  for (std::size_t place = 0; place < kScaleAnswers; ++place) {
    if (at < place || at - place + kScaleAnswers > columns.size()) continue;
    const TsmMeaning meaning{kTallyRoles[place], measure, {}};
    if (!frames(columns, at - place, at) || is_taken(columns, meaning)) continue;
    columns[at].means = meaning;
    columns[at].how = TsmHow::kByPosition;
    columns[at].doubt =
        fmt::format("column {} was placed by its position", column_letters(columns[at].column));
    columns[at].remark = "its words name no answer; it stands where that answer is missing";
    return;
  }
}

// Of a measure's answers and what stands beside them; nullptr: not placed.
const PlacedColumn* placed_as(const std::vector<PlacedColumn>& columns, TsmRole role,
                              const std::string& measure) {
  for (const auto& column : columns) {
    if (is_answer_of(column, measure, role)) return &column;
  }
  return nullptr;
}

// A count whose words are the same in several questions, and where it stands in every edition: so
// many columns after an answer of its question.
struct SharedWords {
  TsmRole role;
  std::vector<std::string> measures;
  TsmRole beside;
  std::int64_t distance;
};

const std::vector<SharedWords>& shared_words() {
  static const std::vector<std::string> repairs = {"TP02", "TP03"};
  static const std::vector<SharedWords> shared = {
      {TsmRole::kNotApplicable, measures_with_not_applicable(), TsmRole::kVeryNegative, 1},
      {TsmRole::kFilterYes, repairs, TsmRole::kVeryPositive, -2},
      {TsmRole::kFilterNo, repairs, TsmRole::kVeryPositive, -1}};
  return shared;
}

bool is_complete(const std::vector<PlacedColumn>& columns, const SharedWords& shared) {
  return std::all_of(shared.measures.begin(), shared.measures.end(), [&](const auto& measure) {
    return placed_as(columns, shared.role, measure) != nullptr;
  });
}

bool stands_where_it_does(const std::vector<PlacedColumn>& columns, const PlacedColumn& column,
                          const SharedWords& shared) {
  const auto* answer = placed_as(columns, shared.beside, column.means.measure);
  return answer != nullptr && answer->column + shared.distance == column.column;
}

void hold(std::vector<PlacedColumn>& columns, const SharedWords& shared) {
  if (is_complete(columns, shared)) return;
  for (auto& column : columns) {
    const auto& [measures, role] = std::tie(shared.measures, shared.role);
    const bool one_of =
        std::find(measures.begin(), measures.end(), column.means.measure) != measures.end();
    if (!one_of || !is_answer_of(column, column.means.measure, role)) continue;
    if (column.how != TsmHow::kByCode || stands_where_it_does(columns, column, shared)) continue;
    give_up(column, "its code alone says the question, and another question lacks this answer");
  }
}

}  // namespace

std::vector<PlacedColumn> read_headings(const TsmTable& table, const Layout& layout) {
  std::vector<PlacedColumn> columns;
  for (const auto& cell : table.headings.cells) {
    TsmHeading heading = read_tsm_heading(cell.text, table.kind.name, layout);
    PlacedColumn column{table.name,  cell.column,   cell.text, std::move(heading.means),
                        heading.how, heading.doubt, {}};
    if (heading.how == TsmHow::kNotPlaced) {
      column.remark = heading.doubt.empty() ? "the heading is not known" : heading.doubt;
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

void settle_doubled(const TsmTable& table, std::vector<PlacedColumn>& columns) {
  std::map<TsmMeaning, std::vector<PlacedColumn*>> by_meaning;
  for (auto& column : columns) {
    const bool stands =
        column.how != TsmHow::kNotPlaced && column.means.role != TsmRole::kNotLoaded;
    if (stands) by_meaning[column.means].push_back(&column);
  }
  for (const auto& [meaning, same] : by_meaning) {
    if (same.size() > 1) settle(table, same);
  }
}

void place_by_position(std::vector<PlacedColumn>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const PlacedColumn& column = columns[i];
    const bool nameless = column.means.role == TsmRole::kUnknown;
    if (nameless && is_perception(column.means.measure)) place_one(columns, i);
  }
}

void hold_shared_words(std::vector<PlacedColumn>& columns) {
  for (const auto& shared : shared_words()) hold(columns, shared);
}

}  // namespace qd::capture::rsh
