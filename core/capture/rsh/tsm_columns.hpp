// Which columns of one sheet of the regulator's workbook hold what.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/capture/rsh/tsm_headings.hpp"
#include "core/capture/rsh/workbook_reader.hpp"
#include "core/model/error.hpp"

namespace qd::capture::rsh {

constexpr std::int64_t kNoColumn = 0;

struct TsmMeasureColumns {
  std::string measure, tenure;
  std::int64_t numerator = kNoColumn, denominator = kNoColumn, published = kNoColumn;
};

// In the order of the table survey_tallies: five answers, not applicable, filter yes, filter no.
constexpr std::size_t kTallyCounts = 8;
constexpr std::size_t kScaleAnswers = 5;

struct TsmTallyColumns {
  std::string measure;
  std::array<std::int64_t, kTallyCounts> counts{};  // kNoColumn where the question has none
  std::int64_t published = kNoColumn;
};

struct TsmColumns {
  std::int64_t name = kNoColumn, code = kNoColumn;
  std::int64_t population = kNoColumn, sample = kNoColumn, weighted = kNoColumn;
  std::vector<TsmMeasureColumns> measures;       // by measure, then tenure
  std::vector<TsmTallyColumns> tallies;          // by measure
  std::map<std::int64_t, std::string> headings;  // as they stand in the sheet
};

// Places every heading of the row. Notes get a sentence for each heading that is not known and
// for each measure that is not there. Errors: kHeadingMissing (half of a measure, or none at all),
// kHeadingUnknown (two headings that mean the same).
Result<TsmColumns> place_tsm_columns(const std::string& sheet, const SheetRow& headings,
                                     bool perception, std::vector<std::string>& notes);

}  // namespace qd::capture::rsh
