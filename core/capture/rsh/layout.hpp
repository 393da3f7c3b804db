// What one edition of the regulator's workbook adds to what all of them share, as data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/capture/rsh/tsm_meaning.hpp"
#include "core/model/error.hpp"

namespace qd::capture::rsh {

// A heading that the shared words cannot place, or place wrongly.
struct LayoutColumn {
  std::string sheet;    // "Combined Perception"; empty: every sheet
  std::string heading;  // plain, see plain_heading()
  TsmMeaning means;
};

// What is published where there is no denominator.
enum class WithoutFigures { kUnknown, kZero, kMark };

struct Layout {
  std::string edition;            // "2023-24"; empty: what all editions share, and no more
  std::optional<int> start_year;  // 2023: the year begins on 1 April
  WithoutFigures without_figures = WithoutFigures::kUnknown;
  // Tenures whose complaints are published without decimals; nullopt: not known.
  std::optional<std::vector<std::string>> whole_numbers;
  // Tenures whose weighted answers are published as whole numbers, and their figures are not of
  // those.
  std::vector<std::string> rounded_answers;
  // By measure: the words its headings speak of it by.
  std::map<std::string, std::vector<std::string>, std::less<>> words;
  // Sets of words that stand in headings that are not loaded.
  std::vector<std::vector<std::string>> not_loaded;
  std::vector<LayoutColumn> columns;
};

// name: of the file, for messages. Errors: kLayoutMalformed with file, line and column.
Result<Layout> parse_layout(std::string_view text, const std::string& name);

// What the edition says, and what it does not say itself from the shared one.
Layout merged(const Layout& shared, Layout edition);

}  // namespace qd::capture::rsh
