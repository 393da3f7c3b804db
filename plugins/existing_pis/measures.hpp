// The words of a measure's rule, and which measures there are.
#pragma once

#include <quarterday/plugin.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <quarterday/counted.hpp>
#include <quarterday/family.hpp>
#include <quarterday/measured.hpp>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "existing_pis_names.hpp"

namespace existing_pis {

namespace measured = quarterday::measured;
using quarterday::Answer;
using quarterday::Code;
using quarterday::Counted;
using quarterday::DefinitionIndex;
using quarterday::Part;
using quarterday::Rule;

// What a word of `rule` means.
struct RuleOf {
  std::string_view word;
  measured::Input table;
  Rule rule;
  bool is_sample;
};
// A survey's sample grows through the year while the people it is drawn from are those of the
// latest day known: events over stock, like complaints over homes.
constexpr RuleOf kRules[] = {{"answers", measured::kTallies, Rule::kSurvey, false},
                             {"flow", measured::kObservations, Rule::kFlow, false},
                             {"state", measured::kObservations, Rule::kSnapshot, false},
                             {"rate", measured::kObservations, Rule::kRate, false},
                             {"sample", measured::kObservations, Rule::kRate, true}};

inline const RuleOf* find_rule(std::string_view word) {
  for (const RuleOf& rule : kRules)
    if (rule.word == word) return &rule;
  return nullptr;
}

// Two figures that the regulator wants to see agree.
struct Agreement {
  const char* parameter;  // that names the other measure
  bool (*holds)(const Part& one, const Part& other);
  const char *before, *after;  // what is said otherwise, around the other's code
};
inline const Agreement kAgreements[] = {
    {"not_more_than", [](const Part& a, const Part& b) { return a.numerator <= b.numerator; },
     " counts more cases than ", ""},
    {"same_homes_as", [](const Part& a, const Part& b) { return a.denominator == b.denominator; },
     " and ", " have different homes below the line"},
    {"of_those_in", [](const Part& a, const Part& b) { return a.denominator == b.numerator; },
     " is not of the complaints ", " counts"},
};

// A measure is known by a number: the index of its definition, or, from n_definitions on, one that
// only serves another (the parameter `people`).
class Measures {
 public:
  // All definitions, in order.
  void add(const qd_definition& definition, std::string_view people) {
    codes_[definition.code].push_back(
        {definition.version, n_definitions_++, find_rule(definition.rule)});
    if (!people.empty()) serving_.emplace(people);
    if (const auto letters = letters_of(definition.code)) beginnings_.insert(*letters);
  }

  bool knows(std::string_view code) const {
    return codes_.count(code) != 0 || serving_.count(code) != 0;
  }
  // "TP99", "rp02_1": most likely a code that was mistyped.
  bool looks_like_ours(std::string_view code) const {
    const auto letters = letters_of(code);
    return letters && beginnings_.count(*letters) != 0;
  }
  std::uint32_t table_of(std::string_view code) const {
    const auto found = codes_.find(code);
    if (found == codes_.end()) return measured::kTallies;
    const RuleOf* rule = found->second.front().rule;
    return rule == nullptr ? measured::kObservations : rule->table;
  }
  std::optional<std::uint32_t> find(std::string_view code, std::int64_t version) const {
    const auto found = codes_.find(code);
    if (found == codes_.end()) return number_of_serving(code);
    for (const Version& known : found->second)
      if (known.version == version && known.rule != nullptr) return known.number;
    return std::nullopt;
  }
  std::vector<std::uint32_t> all_of(std::string_view code) const {
    std::vector<std::uint32_t> numbers;
    const auto found = codes_.find(code);
    if (found == codes_.end()) {
      if (const auto serving = number_of_serving(code)) numbers.push_back(*serving);
      return numbers;
    }
    for (const Version& known : found->second)
      if (known.rule != nullptr) numbers.push_back(known.number);
    return numbers;
  }

 private:
  struct Version {
    std::int64_t version;
    std::uint32_t number;
    const RuleOf* rule;
  };

  std::optional<std::uint32_t> number_of_serving(std::string_view code) const {
    const auto found = serving_.find(code);
    if (found == serving_.end()) return std::nullopt;
    return n_definitions_ + static_cast<std::uint32_t>(std::distance(serving_.begin(), found));
  }

  // The letters a code begins with, where a digit follows them: "tp" of "TP01".
  static std::optional<std::string> letters_of(std::string_view code) {
    std::string letters;
    for (const char c : code) {
      if (c >= '0' && c <= '9') return letters.empty() ? std::nullopt : std::optional(letters);
      const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      if (lower < 'a' || lower > 'z') return std::nullopt;
      letters += lower;
    }
    return std::nullopt;
  }

  std::map<std::string, std::vector<Version>, std::less<>> codes_;
  std::set<std::string, std::less<>> serving_;
  std::set<std::string> beginnings_;
  std::uint32_t n_definitions_ = 0;
};

}  // namespace existing_pis
