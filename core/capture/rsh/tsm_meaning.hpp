// What a column of the regulator's workbook can hold.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::capture::rsh {

enum class TsmRole {
  kUnknown,    // to be reported
  kNotLoaded,  // understood, and not loaded
  kLandlordName,
  kLandlordCode,
  kPopulation,  // relevant tenant population
  kSample,      // total sample achieved
  kWeighted,    // whether the counts are weighted
  kPublished,   // the figure as published, to compare with
  kNumerator,
  kDenominator,
  kVeryPositive,
  kFairlyPositive,
  kNeither,
  kFairlyNegative,
  kVeryNegative,
  kNotApplicable,
  kFilterYes,
  kFilterNo,
};

struct TsmMeaning {
  TsmRole role = TsmRole::kUnknown;
  std::string measure = {};  // "RP02_1", "TP01", "TP01_UNWEIGHTED"; empty when it is of no measure
  std::string tenure = {};  // of management measures: "LCRA", …; the sheet says it for the others

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 inside <=> for a pointer
  friend auto operator<=>(const TsmMeaning&, const TsmMeaning&) = default;
};

// "TP05 very positive", "CH01_1 LCHO numerator", "weighted", "not loaded": as layouts write it.
std::string meaning_text(const TsmMeaning& meaning);
// nullopt for anything that meaning_text does not write, and for what cannot be: TP02 numerator.
std::optional<TsmMeaning> parse_meaning(std::string_view text);

// "very positive"
std::string_view role_words(TsmRole role);

bool is_perception(std::string_view measure);
bool is_complaint(std::string_view measure);  // told apart by tenure
// Measures in the order of the regulator; without TP01_UNWEIGHTED.
const std::vector<std::string>& tsm_measures();
// Questions that offer "not applicable or don't know" (domain: perception measures).
const std::vector<std::string>& measures_with_not_applicable();
// Tenures a management measure is published for: homes of both for safety and neighbourhood, rented
// ones for repairs and decency, each apart for complaints (domain: common rules, 8).
std::vector<std::string> tenures_of(std::string_view measure);

}  // namespace qd::capture::rsh
