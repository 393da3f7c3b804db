#include "core/capture/rsh/tsm_meaning.hpp"

#include <algorithm>
#include <iterator>

namespace qd::capture::rsh {
namespace {

struct RoleWords {
  TsmRole role;
  std::string_view words;
};

constexpr RoleWords kRoles[] = {
    {TsmRole::kNotLoaded, "not loaded"},
    {TsmRole::kLandlordName, "landlord name"},
    {TsmRole::kLandlordCode, "landlord code"},
    {TsmRole::kPopulation, "population"},
    {TsmRole::kSample, "sample"},
    {TsmRole::kWeighted, "weighted"},
    {TsmRole::kPublished, "published"},
    {TsmRole::kNumerator, "numerator"},
    {TsmRole::kDenominator, "denominator"},
    {TsmRole::kVeryPositive, "very positive"},
    {TsmRole::kFairlyPositive, "fairly positive"},
    {TsmRole::kNeither, "neither"},
    {TsmRole::kFairlyNegative, "fairly negative"},
    {TsmRole::kVeryNegative, "very negative"},
    {TsmRole::kNotApplicable, "not applicable"},
    {TsmRole::kFilterYes, "filter yes"},
    {TsmRole::kFilterNo, "filter no"},
};

TsmRole role_of(std::string_view words) {
  const auto* found = std::find_if(std::begin(kRoles), std::end(kRoles),
                                   [&](const RoleWords& role) { return role.words == words; });
  return found == std::end(kRoles) ? TsmRole::kUnknown : found->role;
}

std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(text.size(), word.size() + 1));
  return word;
}

bool fits(TsmRole role, std::string_view measure) {
  if (role < TsmRole::kPublished) return false;  // of no measure
  if (role == TsmRole::kNotApplicable) {
    const auto& offering = measures_with_not_applicable();
    return std::find(offering.begin(), offering.end(), measure) != offering.end();
  }
  if (role == TsmRole::kPublished) return true;
  const bool counted = role == TsmRole::kNumerator || role == TsmRole::kDenominator;
  return counted != is_perception(measure);
}

bool is_measure(std::string_view text) {
  const auto& all = tsm_measures();
  return text == "TP01_UNWEIGHTED" || std::find(all.begin(), all.end(), text) != all.end();
}

}  // namespace

std::string_view role_words(TsmRole role) {
  const auto* found = std::find_if(std::begin(kRoles), std::end(kRoles),
                                   [&](const RoleWords& words) { return words.role == role; });
  return found == std::end(kRoles) ? std::string_view{} : found->words;
}

std::string meaning_text(const TsmMeaning& meaning) {
  std::string text;
  for (const std::string_view word : {std::string_view(meaning.measure),
                                      std::string_view(meaning.tenure), role_words(meaning.role)}) {
    if (word.empty()) continue;
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

std::optional<TsmMeaning> parse_meaning(std::string_view text) {
  if (const TsmRole role = role_of(text); role != TsmRole::kUnknown) {
    return role < TsmRole::kPublished ? std::optional(TsmMeaning{role}) : std::nullopt;
  }
  TsmMeaning meaning;
  meaning.measure = take_word(text);
  if (!is_measure(meaning.measure)) return std::nullopt;
  if (!is_perception(meaning.measure)) {
    const auto tenures = tenures_of(meaning.measure);
    meaning.tenure = tenures.size() == 1 ? tenures.front() : std::string(take_word(text));
    if (std::find(tenures.begin(), tenures.end(), meaning.tenure) == tenures.end()) {
      return std::nullopt;
    }
    if (text.starts_with(meaning.tenure + ' ')) take_word(text);
  }
  meaning.role = role_of(text);
  return fits(meaning.role, meaning.measure) ? std::optional(meaning) : std::nullopt;
}

bool is_perception(std::string_view measure) { return measure.starts_with("TP"); }
bool is_complaint(std::string_view measure) { return measure.starts_with("CH"); }

const std::vector<std::string>& tsm_measures() {
  static const std::vector<std::string> measures = {
      "TP01",   "TP02", "TP03",   "TP04",   "TP05",   "TP06",   "TP07",   "TP08",  "TP09",
      "TP10",   "TP11", "TP12",   "BS01",   "BS02",   "BS03",   "BS04",   "BS05",  "NM01_1",
      "NM01_2", "RP01", "RP02_1", "RP02_2", "CH01_1", "CH02_1", "CH01_2", "CH02_2"};
  return measures;
}

const std::vector<std::string>& measures_with_not_applicable() {
  static const std::vector<std::string> measures = {"TP05", "TP06", "TP07", "TP08", "TP11", "TP12"};
  return measures;
}

std::vector<std::string> tenures_of(std::string_view measure) {
  if (is_complaint(measure)) return {"LCRA", "LCHO", "COMBINED"};
  if (measure.starts_with("RP")) return {"LCRA"};
  return {"LCRA+LCHO"};
}

}  // namespace qd::capture::rsh
