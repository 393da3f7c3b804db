// Which columns of one sheet of the regulator's workbook hold what, and how that is known.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/capture/rsh/tsm_headings.hpp"
#include "core/capture/rsh/tsm_table.hpp"

namespace qd::capture::rsh {

constexpr std::int64_t kNoColumn = 0;

// One heading, as it was understood.
struct PlacedColumn {
  std::string sheet;
  std::int64_t column = 0;
  std::string heading;  // as it stands in the sheet
  TsmMeaning means;
  TsmHow how = TsmHow::kNotPlaced;
  std::string doubt;   // see TsmHeading
  std::string remark;  // what a person should know about it
};

struct TsmMeasureColumns {
  std::string measure, tenure;
  std::int64_t numerator = kNoColumn, denominator = kNoColumn, published = kNoColumn;
  std::string doubt;                 // not empty: taken only if the published figures agree
  std::string published_doubt = {};  // not empty: their heading is no better a witness
};

// In the order of the table survey_tallies: five answers, not applicable, filter yes, filter no.
constexpr std::size_t kTallyCounts = 8;
constexpr std::size_t kScaleAnswers = 5;

struct TsmTallyColumns {
  std::string measure;
  std::array<std::int64_t, kTallyCounts> counts{};  // kNoColumn where the question has none
  std::int64_t published = kNoColumn;
  std::string doubt;
  std::string published_doubt = {};
};

struct TsmColumns {
  std::int64_t name = kNoColumn, code = kNoColumn;
  std::int64_t population = kNoColumn, sample = kNoColumn, weighted = kNoColumn;
  std::vector<TsmMeasureColumns> measures;
  std::vector<TsmTallyColumns> tallies;
  std::vector<PlacedColumn> all;  // by column
  std::vector<std::string>
      notes;  // what is left out, and what was resolved by position or equality

  const std::string& heading(std::int64_t column) const;  // empty when there is none
};

// Places every heading of the table. Nothing is ever an error: what cannot be placed, or is said by
// two columns that differ, costs that column and what needs it, and is noted by sheet, column and
// words.
TsmColumns place_tsm_columns(const TsmTable& table, const Layout& layout);

}  // namespace qd::capture::rsh
