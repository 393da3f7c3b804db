#include "core/capture/rsh/tsm_headings.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace qd::capture::rsh {
namespace {

bool has(std::string_view text, std::string_view words) {
  return text.find(words) != std::string_view::npos;
}

// Characters that look like others, or like nothing at all.
struct Lookalike {
  std::string_view bytes, plain;
};
constexpr Lookalike kLookalikes[] = {
    {"\xC2\xA0", " "},      // no-break space
    {"\xC2\xAD", ""},       // soft hyphen
    {"\xE2\x80\x8B", ""},   // zero-width space
    {"\xE2\x80\x8C", ""},   // zero-width non-joiner
    {"\xE2\x80\x8D", ""},   // zero-width joiner
    {"\xEF\xBB\xBF", ""},   // zero-width no-break space
    {"\xE2\x80\xAF", " "},  // narrow no-break space
    {"\xE2\x80\x98", "'"},  // quotation marks
    {"\xE2\x80\x99", "'"},  {"\xE2\x80\x9C", "\""},
    {"\xE2\x80\x9D", "\""}, {"\xE2\x80\x91", "-"},  // no-break hyphen
    {"\xE2\x80\x93", "-"},                          // dashes
    {"\xE2\x80\x94", "-"},
};

std::string without_lookalikes(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const auto* found = std::find_if(std::begin(kLookalikes), std::end(kLookalikes),
                                     [&](const Lookalike& l) { return text.starts_with(l.bytes); });
    if (found == std::end(kLookalikes)) {
      plain += text.front();
      text.remove_prefix(1);
    } else {
      plain += found->plain;
      text.remove_prefix(found->bytes.size());
    }
  }
  return plain;
}

std::string single_blanks(std::string_view text) {
  std::string plain;
  for (const char letter : text) {
    const bool blank = std::isspace(static_cast<unsigned char>(letter)) != 0;
    if (blank && (plain.empty() || plain.back() == ' ')) continue;
    plain += blank ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  if (!plain.empty() && plain.back() == ' ') plain.pop_back();
  return plain;
}

// "(rp01)5", "size2,3" and "(bs05 numerator) 5" carry footnotes; "characteristic 1" does not.
std::string without_footnotes(std::string text) {
  const std::size_t last = text.find_last_not_of("0123456789, ");
  if (last == std::string::npos || last + 1 == text.size()) return text;
  const bool apart = text[last + 1] == ' ' && text[last] != ')';
  return apart ? text : text.substr(0, last + 1);
}

// Headings that are understood and not loaded: each line is a set of words that must all be there.
// Kept by meaning, so that a new edition's small changes of wording are not reported as news.
const std::vector<std::vector<std::string_view>>& context_words() {
  static const std::vector<std::vector<std::string_view>> words = {
      {"landlord type"},
      {"publication url"},
      {"landlord group size"},
      {"predominant region"},
      {"supported housing"},
      {"required minimum sample size"},
      {"margin of error"},
      {"excluded from sample frame"},
      {"sample or census"},
      {"number of responses by method"},
      {"other collection methods"},
      {"predominant collection method"},
      {"notes from rsh"},
      {"external contractors been used"},
      {"external contractor's name"},
      {"conducted the interviews"},
      {"interviews conducted by"},
      {"for each survey method"},
      {"satisfaction by survey method", "weighted or unweighted"},
      {"proportion of", "who state that they"},
      {"weighting characteristic"},
      {"did you own dwelling units"},
      {"target timescale", "what is your"},
      {"target timescale", "did you have more than one"},
      {"target timescale", "if you do have more than one"},
      {"out of the number of stage", "complaints made by tenants"},
      {"number of responsive repairs raised"},
      {"number of responsive repairs completed"},
      {"number of responsive repairs closed"},
      {"outstanding responsive repairs"},
  };
  return words;
}

bool is_context(std::string_view heading) {
  const auto& all = context_words();
  return std::any_of(all.begin(), all.end(), [&](const auto& words) {
    return std::all_of(words.begin(), words.end(),
                       [&](std::string_view word) { return has(heading, word); });
  });
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

// The last "xy12" in the heading and what follows it inside its brackets.
struct Suffix {
  std::string code;       // "RP02"; empty when there is none
  std::string_view rest;  // " 1 numerator)"
};

Suffix find_suffix(std::string_view heading) {
  constexpr std::array<std::string_view, 5> kFamilies = {"tp", "rp", "bs", "nm", "ch"};
  for (std::size_t at = heading.size(); at-- > 1;) {
    if (heading[at - 1] != '(' || at + 4 > heading.size()) continue;
    const std::string_view code = heading.substr(at, 4);
    const bool known =
        std::find(kFamilies.begin(), kFamilies.end(), code.substr(0, 2)) != kFamilies.end();
    if (!known || !is_digit(code[2]) || !is_digit(code[3])) continue;
    std::string upper(code);
    for (char& letter : upper) {
      letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    }
    return {upper, heading.substr(at + 4)};
  }
  return {};
}

// Measures in two parts; "(rp02 1)", "(rp02 (2) numerator)", "(ch01 part 1)".
std::string measure_of(const Suffix& suffix) {
  const bool two_parts = suffix.code == "RP02" || suffix.code == "NM01" || suffix.code == "CH01" ||
                         suffix.code == "CH02";
  if (!two_parts) return suffix.code;
  const std::size_t digit = suffix.rest.find_first_of("12");
  return digit == std::string_view::npos ? std::string() : suffix.code + "_" + suffix.rest[digit];
}

// Homes of both tenures for safety and neighbourhood, rented ones for repairs and decency;
// complaints say it in their heading (domain: common rules, 8).
std::string tenure_of(std::string_view heading, std::string_view code) {
  if (heading.starts_with("lcra")) return "LCRA";
  if (heading.starts_with("lcho")) return "LCHO";
  if (heading.starts_with("combined")) return "COMBINED";
  if (code.starts_with("BS") || code.starts_with("NM")) return "LCRA+LCHO";
  return code.starts_with("RP") ? "LCRA" : "";
}

TsmHeading read_management(std::string_view heading, const Suffix& suffix) {
  TsmHeading found{TsmRole::kUnknown, measure_of(suffix), tenure_of(heading, suffix.code)};
  if (found.measure.empty() || found.tenure.empty()) return {};
  if (has(suffix.rest, "numerator"))
    found.role = TsmRole::kNumerator;
  else if (has(suffix.rest, "denominator"))
    found.role = TsmRole::kDenominator;
  else if (heading.find("proportion of") != std::string_view::npos || has(heading, "per 1,000"))
    found.role = TsmRole::kPublished;
  return found.role == TsmRole::kUnknown ? TsmHeading{} : found;
}

// The order matters: "neither satisfied nor dissatisfied" holds "satisfied" as well.
TsmRole answer_of(std::string_view heading) {
  struct Answer {
    std::string_view words;
    TsmRole role;
  };
  static constexpr Answer kAnswers[] = {
      {"not applicable", TsmRole::kNotApplicable},
      {"don't know", TsmRole::kNotApplicable},
      {"neither", TsmRole::kNeither},
      {"not satisfied or dissatisfied", TsmRole::kNeither},
      {"not satisfied nor dissatisfied", TsmRole::kNeither},
      {"very dissatisfied", TsmRole::kVeryNegative},
      {"strongly disagree", TsmRole::kVeryNegative},
      {"fairly dissatisfied", TsmRole::kFairlyNegative},
      {"very satisfied", TsmRole::kVeryPositive},
      {"strongly agree", TsmRole::kVeryPositive},
      {"fairly satisfied", TsmRole::kFairlyPositive},
      {"they disagree", TsmRole::kFairlyNegative},
      {"they agree", TsmRole::kFairlyPositive},
  };
  const auto* found =
      std::find_if(std::begin(kAnswers), std::end(kAnswers),
                   [&](const Answer& answer) { return has(heading, answer.words); });
  return found == std::end(kAnswers) ? TsmRole::kUnknown : found->role;
}

// Questions asked before a question: "in the last 12 months …?". Some headings name no measure.
TsmHeading read_filter(std::string_view heading, const Suffix& suffix) {
  struct Filter {
    std::string_view words, measure;
  };
  static constexpr Filter kFilters[] = {
      {"carried out a repair to their home", "TP02"},
      {"made a complaint to their landlord", "TP09"},
      {"live in a building with communal areas", "TP10"},
  };
  const auto* found =
      std::find_if(std::begin(kFilters), std::end(kFilters),
                   [&](const Filter& filter) { return has(heading, filter.words); });
  if (found == std::end(kFilters)) return {};
  const std::string measure = suffix.code.empty() ? std::string(found->measure) : suffix.code;
  return {has(heading, " not ") ? TsmRole::kFilterNo : TsmRole::kFilterYes, measure, {}};
}

TsmHeading read_perception(std::string_view heading, const Suffix& suffix) {
  const bool unweighted = has(heading, "unweighted");
  const std::string measure = suffix.code + (unweighted ? "_UNWEIGHTED" : "");
  if (has(heading, "proportion of")) return {TsmRole::kPublished, measure, {}};
  const TsmRole answer = answer_of(heading);
  return answer == TsmRole::kUnknown ? TsmHeading{} : TsmHeading{answer, measure, {}};
}

TsmRole read_plain(std::string_view heading) {
  if (heading == "landlord name") return TsmRole::kLandlordName;
  if (heading == "landlord code") return TsmRole::kLandlordCode;
  if (has(heading, "relevant tenant population")) return TsmRole::kPopulation;
  if (has(heading, "total sample size achieved")) return TsmRole::kSample;
  if (has(heading, "weighted responses used to calculate")) return TsmRole::kWeighted;
  return TsmRole::kUnknown;
}

}  // namespace

std::string plain_heading(std::string_view heading) {
  return without_footnotes(single_blanks(without_lookalikes(heading)));
}

TsmHeading read_tsm_heading(std::string_view heading) {
  const std::string plain = plain_heading(heading);
  if (const TsmRole role = read_plain(plain); role != TsmRole::kUnknown) return {role};
  if (is_context(plain)) return {TsmRole::kContext};
  const Suffix suffix = find_suffix(plain);
  if (auto filter = read_filter(plain, suffix); filter.role != TsmRole::kUnknown) {
    return filter;
  }
  if (suffix.code.empty()) return {};
  return suffix.code.starts_with("TP") ? read_perception(plain, suffix)
                                       : read_management(plain, suffix);
}

}  // namespace qd::capture::rsh
