#include "core/cases/fact_fields.hpp"

#include <fmt/format.h>

#include <utility>

namespace qd::cases {
namespace {

bool has_figures(const Fact& fact) {
  return fact.null_reason == NullReason::kHasValue ||
         fact.null_reason == NullReason::kZeroDenominator;
}

std::string stated(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "";
}

using FieldOf = std::string (*)(const Fact& fact, const Definition& definition);

constexpr std::pair<const char*, FieldOf> kFields[] = {
    {"indicator", [](const Fact& fact, const Definition&) { return fact.indicator; }},
    {"version", [](const Fact& fact, const Definition&) { return std::to_string(fact.version); }},
    {"area", [](const Fact& fact, const Definition&) { return fact.area; }},
    {"reading",
     [](const Fact& fact, const Definition&) { return std::string(to_text(fact.reading)); }},
    {"breakdown", [](const Fact& fact, const Definition&) { return fact.breakdown; }},
    {"numerator", [](const Fact& fact,
                     const Definition&) { return has_figures(fact) ? fact.numerator.text() : ""; }},
    {"denominator",
     [](const Fact& fact, const Definition&) {
       return has_figures(fact) && fact.denominator ? fact.denominator->text() : "";
     }},
    {"value",
     [](const Fact& fact, const Definition& definition) { return display(fact, definition); }},
    {"n", [](const Fact& fact, const Definition&) { return stated(fact.n); }},
    {"population", [](const Fact& fact, const Definition&) { return stated(fact.population); }},
    {"flags",
     [](const Fact& fact, const Definition&) {
       return fmt::format("{}", fmt::join(flag_texts(fact.flags), ";"));
     }},
    {"margin",
     [](const Fact& fact, const Definition& definition) {
       const auto accuracy = sample_accuracy(fact, definition);
       return accuracy ? fmt::format("{:.6f}", accuracy->margin_percent) : "";
     }},
    {"required",
     [](const Fact& fact, const Definition& definition) {
       const auto accuracy = sample_accuracy(fact, definition);
       return accuracy ? fmt::format("{:.6f}", accuracy->required_sample) : "";
     }},
};

}  // namespace

const std::vector<std::string>& fact_columns() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, field] : kFields) all.emplace_back(name);
    return all;
  }();
  return names;
}

std::string fact_field(std::size_t column, const Fact& fact, const Definition& definition) {
  return kFields[column].second(fact, definition);
}

}  // namespace qd::cases
