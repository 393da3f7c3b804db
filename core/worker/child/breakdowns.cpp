#include "core/worker/child/breakdowns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/text_rules.hpp"

namespace qd::worker::child {
namespace {

tl::unexpected<Error> rubbish(std::string what) {
  return fail(ErrorCode::kFamilyRubbish, "answered with rubbish: " + std::move(what));
}

}  // namespace

Result<std::uint32_t> Breakdowns::place_of(const char* text) {
  if (!text) return rubbish("a fact without breakdown, where the total has an empty one");
  if (const auto known = find(text)) return *known;
  if (!text::is_breakdown(text))
    return rubbish(
        fmt::format("'{}' is not a breakdown", text::plain_text(text, text::kLongestBreakdown)));
  const auto keys = checked(text);
  if (!keys) return fail(keys.error());
  if (texts_.size() == kMost)
    return fail(ErrorCode::kFamilyFlooded,
                fmt::format("sent more than {} different breakdowns", kMost));
  const auto place = static_cast<std::uint32_t>(texts_.size());
  places_.emplace(text, place);
  texts_.emplace_back(text);
  keys_.push_back(*keys);
  return place;
}

std::optional<std::uint32_t> Breakdowns::find(std::string_view text) const {
  const auto known = places_.find(text);
  return known == places_.end() ? std::nullopt : std::optional(known->second);
}

std::uint64_t Breakdowns::bits_of(const std::vector<std::string>& keys) const {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < std::min(declared_.size(), kMostKeys); ++i)
    if (std::find(keys.begin(), keys.end(), declared_[i].key) != keys.end())
      bits |= std::uint64_t{1} << i;
  return bits;
}

// Each key declared, and each value one of its values, where those are listed.
Result<std::uint64_t> Breakdowns::checked(std::string_view text) const {
  std::uint64_t bits = 0;
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    const auto key = pair.substr(0, pair.find('=')), value = pair.substr(key.size() + 1);
    const auto known = std::find_if(declared_.begin(), declared_.end(),
                                    [&](const FamilyBreakdown& one) { return one.key == key; });
    if (known == declared_.end() || known - declared_.begin() >= std::ptrdiff_t{kMostKeys})
      return rubbish(fmt::format("breakdown key '{}' is not declared", key));
    const auto& values = known->values;
    if (!values.empty() && std::find(values.begin(), values.end(), value) == values.end())
      return rubbish(fmt::format("'{}' is no declared value of breakdown key '{}', those are {}",
                                 value, key, fmt::join(values, ", ")));
    bits |= std::uint64_t{1} << (known - declared_.begin());
  }
  return bits;
}

}  // namespace qd::worker::child
