#include "core/capture/rsh/tsm_headings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "core/capture/rsh/heading_guards.hpp"
#include "core/capture/rsh/plain_heading.hpp"

namespace qd::capture::rsh {
namespace {

bool has(std::string_view text, std::string_view words) {
  return text.find(words) != std::string_view::npos;
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool has_all(std::string_view heading, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return has(heading, word); });
}

bool is_not_loaded(std::string_view heading, const Layout& layout) {
  return std::any_of(layout.not_loaded.begin(), layout.not_loaded.end(),
                     [&](const auto& words) { return has_all(heading, words); });
}

// The last "(xy12" in the heading and what follows it inside its brackets.
struct Suffix {
  std::string code;       // "RP02"; empty when there is none
  std::string_view rest;  // " 1 numerator)"
};

Suffix find_suffix(std::string_view heading) {
  for (std::size_t at = heading.size(); at-- > 1;) {
    if (heading[at - 1] != '(' || at + 4 > heading.size()) continue;
    const std::string_view code = heading.substr(at, 4);
    const bool shaped = !is_digit(code[0]) && !is_digit(code[1]) && is_digit(code[2]) &&
                        is_digit(code[3]) &&
                        (at + 4 == heading.size() || !is_digit(heading[at + 4]));
    if (!shaped) continue;
    std::string upper(code);
    for (char& letter : upper) {
      letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    }
    return {upper, heading.substr(at + 4)};
  }
  return {};
}

// All digits of a text, in order.
std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  return digits;
}

// Measures in two parts: "(rp02 1)", "(rp02 (2) numerator)", "(ch01 part 1)". Empty when there is
// no such measure: a digit that is not there, or one too many.
std::string measure_of(const Suffix& suffix) {
  const std::string part = digits_of(suffix.rest);
  const std::string measure = part.empty() ? suffix.code : suffix.code + "_" + part;
  const auto& all = tsm_measures();
  return std::find(all.begin(), all.end(), measure) == all.end() ? std::string() : measure;
}

// Complaints say their tenure in the heading, the others have one each.
std::string tenure_of(std::string_view heading, const std::string& measure) {
  if (!is_complaint(measure)) return tenures_of(measure).front();
  if (heading.starts_with("lcra ")) return "LCRA";
  if (heading.starts_with("lcho ")) return "LCHO";
  return heading.starts_with("combined ") ? "COMBINED" : "";
}

bool says_the_opposite(std::string_view heading, const TsmMeaning& means) {
  if (means.role != TsmRole::kNumerator && means.role != TsmRole::kPublished) return false;
  return is_negated(heading) != (means.measure == "RP01");
}

TsmHeading read_management(std::string_view heading, const Suffix& suffix) {
  TsmHeading found{{TsmRole::kUnknown, measure_of(suffix), {}}};
  if (found.means.measure.empty()) return {};
  found.means.tenure = tenure_of(heading, found.means.measure);
  if (found.means.tenure.empty()) return {};
  if (has(suffix.rest, "numerator"))
    found.means.role = TsmRole::kNumerator;
  else if (has(suffix.rest, "denominator"))
    found.means.role = TsmRole::kDenominator;
  else if (is_published_share(heading) || has(heading, "per 1,000"))
    found.means.role = TsmRole::kPublished;
  const bool counted = found.means.role != TsmRole::kPublished;
  if (counted && is_share(heading)) return {};
  if (says_the_opposite(heading, found.means)) {
    return {{}, TsmHow::kNotPlaced, "it counts the opposite of what the measure does"};
  }
  return found;
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
  if (is_share(heading) || is_several_answers(heading)) return TsmRole::kUnknown;
  const auto* found =
      std::find_if(std::begin(kAnswers), std::end(kAnswers),
                   [&](const Answer& answer) { return has(heading, answer.words); });
  return found == std::end(kAnswers) ? TsmRole::kUnknown : found->role;
}

// Questions asked before a question: "in the last 12 months …?"
struct Filter {
  std::string_view words;
  std::vector<std::string> measures;
};

const Filter* find_filter(std::string_view heading) {
  static const std::vector<Filter> filters = {
      {"carried out a repair to their home", {"TP02", "TP03"}},
      {"made a complaint to their landlord", {"TP09"}},
      {"live in a building with communal areas", {"TP10"}},
  };
  const auto found = std::find_if(filters.begin(), filters.end(),
                                  [&](const Filter& filter) { return has(heading, filter.words); });
  return found == filters.end() ? nullptr : &*found;
}

// Some headings name no measure; a code that does not belong to the question is not believed.
TsmHeading read_filter(std::string_view heading, const Filter& filter, const Suffix& suffix) {
  const auto& measures = filter.measures;
  const TsmRole role = has(heading, " not ") ? TsmRole::kFilterNo : TsmRole::kFilterYes;
  if (suffix.code.empty() && measures.size() == 1) {
    return {{role, measures.front(), {}}, TsmHow::kByWords};
  }
  const bool belongs = std::find(measures.begin(), measures.end(), suffix.code) != measures.end();
  return belongs ? TsmHeading{{role, suffix.code, {}}, TsmHow::kByCode} : TsmHeading{};
}

TsmHeading read_perception(std::string_view heading, const Suffix& suffix) {
  const std::string measure = measure_of(suffix);
  if (measure.empty()) return {};
  const bool unweighted = measure == "TP01" && has(heading, "unweighted");
  const std::string full = measure + (unweighted ? "_UNWEIGHTED" : "");
  const TsmRole role = is_published_share(heading) ? TsmRole::kPublished : answer_of(heading);
  const auto& offering = measures_with_not_applicable();
  const bool offered = std::find(offering.begin(), offering.end(), full) != offering.end();
  if (role == TsmRole::kNotApplicable && !offered) return {};  // not to be believed
  return {{role, full, {}}};
}

TsmRole read_plain(std::string_view heading, std::string_view sheet) {
  if (heading == "landlord name") return TsmRole::kLandlordName;
  if (heading == "landlord code") return TsmRole::kLandlordCode;
  if (is_share(heading) || is_of_other_tenure(heading, sheet)) return TsmRole::kUnknown;
  if (heading.starts_with("relevant tenant population")) return TsmRole::kPopulation;
  if (heading.starts_with("total sample size achieved")) return TsmRole::kSample;
  if (heading.starts_with("were weighted responses used to calculate")) return TsmRole::kWeighted;
  return TsmRole::kUnknown;
}

// Measures of the same kind that the words speak of.
std::vector<std::string> spoken_of(std::string_view heading, bool perception,
                                   const Layout& layout) {
  std::vector<std::string> measures;
  for (const auto& [measure, phrases] : layout.words) {
    if (is_perception(measure) != perception) continue;
    const bool said = std::any_of(phrases.begin(), phrases.end(),
                                  [&](const std::string& phrase) { return has(heading, phrase); });
    if (said) measures.push_back(measure);
  }
  return measures;
}

// What the words say to the code in brackets: nothing, if they agree.
std::string doubt_of(std::string_view heading, const TsmMeaning& means, const Layout& layout) {
  if (is_complaint(means.measure)) {
    return means.role == TsmRole::kPublished ? "" : "one word of its heading says the tenure";
  }
  const std::string measure = means.measure == "TP01_UNWEIGHTED" ? "TP01" : means.measure;
  const auto said = spoken_of(heading, is_perception(measure), layout);
  if (said.empty()) return "its words name no measure";
  if (std::find(said.begin(), said.end(), measure) != said.end()) {
    // An edition may add another measure's words for counts; what is published needs its own.
    const bool enough = said.size() == 1 || means.role == TsmRole::kPublished;
    return enough ? "" : "its words fit more than one measure";
  }
  return fmt::format("its words are those of {}", said.front());
}

TsmHeading read_by_code(std::string_view heading, const Layout& layout) {
  const Suffix suffix = find_suffix(heading);
  if (const Filter* filter = find_filter(heading)) return read_filter(heading, *filter, suffix);
  if (suffix.code.empty()) return {};
  const bool perception = is_perception(suffix.code);
  TsmHeading found =
      perception ? read_perception(heading, suffix) : read_management(heading, suffix);
  if (found.means.measure.empty() || found.means.role == TsmRole::kUnknown) return found;
  found.how = TsmHow::kByCode;
  if (perception && suffix.rest.starts_with(" responses")) found.means = {TsmRole::kNotLoaded};
  if (found.means.role < TsmRole::kPublished) return found;
  if (found.means.role != TsmRole::kNotApplicable) {
    found.doubt = doubt_of(heading, found.means, layout);
  }
  return found;
}

const LayoutColumn* said_by_layout(std::string_view heading, std::string_view sheet,
                                   const Layout& layout) {
  for (const auto& column : layout.columns) {
    const bool here = column.sheet.empty() || column.sheet == sheet;
    if (here && column.heading == heading) return &column;
  }
  return nullptr;
}

}  // namespace

TsmHeading read_tsm_heading(std::string_view heading, std::string_view sheet,
                            const Layout& layout) {
  const std::string plain = plain_heading(heading);
  if (const LayoutColumn* said = said_by_layout(plain, sheet, layout)) {
    return {said->means, TsmHow::kByLayout};
  }
  if (is_of_other_year(plain, layout.start_year) && !is_not_loaded(plain, layout)) {
    return {{}, TsmHow::kNotPlaced, "it speaks of another year"};
  }
  if (const TsmRole role = read_plain(plain, sheet); role != TsmRole::kUnknown) {
    return {{role}, TsmHow::kByWords};
  }
  if (is_not_loaded(plain, layout)) return {{TsmRole::kNotLoaded}, TsmHow::kByWords};
  return read_by_code(plain, layout);
}

}  // namespace qd::capture::rsh
