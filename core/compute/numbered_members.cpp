#include "core/compute/numbered_members.hpp"

#include <algorithm>
#include <string_view>

namespace qd::compute {
namespace {

std::vector<std::uint32_t> codes_used(const std::vector<Fact>& facts, std::size_t n_codes) {
  std::vector<bool> is_used(n_codes);
  for (const Fact& fact : facts)
    for (const auto code : fact.members) is_used[code] = true;
  std::vector<std::uint32_t> used;
  for (std::uint32_t code = 0; code < n_codes; ++code)
    if (is_used[code]) used.push_back(code);
  return used;
}

}  // namespace

Result<void> number_members(std::vector<Fact>& facts, const Dictionary& dictionary,
                            MemberRegister& members) {
  const auto used = codes_used(facts, dictionary.size());
  if (used.empty()) return {};
  std::vector<std::string_view> names;
  names.reserve(used.size());
  for (const auto code : used) names.push_back(dictionary.text(code));
  const auto given = members.numbers(names);
  if (!given) return fail(given.error());
  std::vector<std::uint32_t> number_of(dictionary.size());
  for (std::size_t at = 0; at < used.size(); ++at) number_of[used[at]] = (*given)[at];
  for (Fact& fact : facts) {
    for (auto& member : fact.members) member = number_of[member];
    std::sort(fact.members.begin(), fact.members.end());
  }
  return {};
}

}  // namespace qd::compute
