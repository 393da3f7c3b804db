// Settings of a family, and the breakdowns of its facts.
#include <fmt/format.h>

#include <algorithm>

#include "core/declarations/option_value.hpp"
#include "core/declarations/parts.hpp"
#include "core/text/nearest.hpp"
#include "core/text/text_rules.hpp"

namespace qd::declarations {
namespace {

FamilyOption read_option(const toml::table& one, const Family& family, Complaints& complaints) {
  Section section(one, "", complaints);
  FamilyOption option;
  option.key = section.said("key");
  if (!option.key.empty() && !text::is_name(option.key))
    section.complain(
        "key", fmt::format("'{}' is not the name of an option", text::plain_text(option.key, 60)));
  section.rename(fmt::format("option {}", text::plain_text(option.key, 60)));
  for (const auto& known : family.options)
    if (known.key == option.key) section.complain("key", "it is there twice");
  const auto type = section.said("type");
  const auto known = option_type(type);
  if (!type.empty() && !known)
    section.complain("type", fmt::format("'{}' is no type of an option", type),
                     text::nearest_hint(type, {"text", "integer", "number", "yes_no"}));
  option.type = known.value_or(OptionType::kText);
  option.meaning = section.said("meaning");
  section.read("one_of", option.allowed);
  section.read("min", option.least);
  section.read("max", option.most);
  const bool counts = option.type == OptionType::kInteger || option.type == OptionType::kNumber;
  if ((option.least || option.most) && !counts)
    section.complain("min", "min and max belong to options that are numbers");
  section.read("default", option.default_text);
  if (section.has("default"))
    if (const auto wrong = wrong_value(option, option.default_text); !wrong.empty())
      section.complain("default", wrong);
  section.refuse_other_keys();
  return option;
}

FamilyBreakdown read_breakdown(const toml::table& one, const Family& family,
                               Complaints& complaints) {
  Section section(one, "", complaints);
  FamilyBreakdown breakdown;
  breakdown.key = section.said("key");
  if (!breakdown.key.empty() && !text::is_name(breakdown.key))
    section.complain("key", fmt::format("'{}' is not the key of a breakdown",
                                        text::plain_text(breakdown.key, 60)));
  section.rename(fmt::format("breakdown {}", text::plain_text(breakdown.key, 60)));
  for (const auto& known : family.breakdowns)
    if (known.key == breakdown.key) section.complain("key", "it is there twice");
  breakdown.meaning = section.said("meaning");
  section.read("values", breakdown.values);
  for (const auto& value : breakdown.values)
    if (!text::is_breakdown(breakdown.key + "=" + value))
      section.complain("values", fmt::format("'{}' is not a value of a breakdown", value));
  section.refuse_other_keys();
  return breakdown;
}

}  // namespace

void read_options(Section& declaration, Family& family, Complaints& complaints) {
  const auto options = declaration.tables("option");
  if (options.size() > kMostOptions)
    declaration.complain("option", fmt::format("it declares {} options, at most {} are possible",
                                               options.size(), kMostOptions));
  for (const auto* one : options) family.options.push_back(read_option(*one, family, complaints));
}

void read_breakdowns(Section& declaration, Family& family, Complaints& complaints) {
  const auto breakdowns = declaration.tables("breakdown");
  if (breakdowns.size() > kMostBreakdowns)
    declaration.complain("breakdown",
                         fmt::format("it declares {} breakdowns, at most {} are possible",
                                     breakdowns.size(), kMostBreakdowns));
  for (const auto* one : breakdowns)
    family.breakdowns.push_back(read_breakdown(*one, family, complaints));
}

}  // namespace qd::declarations
