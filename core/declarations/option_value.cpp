#include "core/declarations/option_value.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/model/enum_text.hpp"
#include "core/text/text_rules.hpp"

namespace qd::declarations {
namespace {

constexpr EnumTexts<OptionType, 4> kTypes = {{
    {OptionType::kText, "text"},
    {OptionType::kInteger, "integer"},
    {OptionType::kNumber, "number"},
    {OptionType::kYesNo, "yes_no"},
}};

std::string wrong_number(const FamilyOption& option, const std::string& text) {
  const auto number = Number::parse(text);
  const bool whole = option.type == OptionType::kInteger;
  if (!number || (whole && number->millionths % Number::kScale != 0))
    return fmt::format("'{}' is not a {}number", text, whole ? "whole " : "");
  if (option.least && *number < *option.least)
    return fmt::format("{} is less than {}", text, option.least->text());
  if (option.most && *option.most < *number)
    return fmt::format("{} is more than {}", text, option.most->text());
  return {};
}

std::string wrong_type(const FamilyOption& option, const std::string& text) {
  switch (option.type) {
    case OptionType::kText:
      return text::is_plain_text(text) ? "" : "it is not a text of one line";
    case OptionType::kYesNo:
      return text == "yes" || text == "no" ? "" : fmt::format("'{}' is not yes or no", text);
    case OptionType::kInteger:
    case OptionType::kNumber:
      return wrong_number(option, text);
  }
  return {};
}

}  // namespace

std::optional<OptionType> option_type(std::string_view word) { return value_of(kTypes, word); }
std::string_view to_text(OptionType type) { return text_of(kTypes, type); }

std::string wrong_value(const FamilyOption& option, const std::string& text) {
  auto wrong = wrong_type(option, text);
  const auto& allowed = option.allowed;
  if (wrong.empty() && !allowed.empty() &&
      std::find(allowed.begin(), allowed.end(), text) == allowed.end())
    wrong = fmt::format("'{}' is not one of {}", text, fmt::join(allowed, ", "));
  return wrong;
}

}  // namespace qd::declarations
