#include "core/worker/child/part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace qd::worker::child {
namespace {

constexpr std::uint32_t kAllFlags =
    QD_PROVISIONAL | QD_INDICATIVE | QD_PARTIAL | QD_WEIGHTED | QD_WHOLE_AREA | QD_IMPLAUSIBLE;
// In the flags of a fact: not the family's to say.
constexpr std::uint32_t kNotTheFamilys = QD_PARTIAL | QD_WHOLE_AREA | QD_IMPLAUSIBLE;
constexpr std::uint32_t kLastNullReason = QD_EXCLUDED;

Result<void> check_figures(const qd_fact& fact, const Definition& definition,
                           std::size_t n_dictionary) {
  if (fact.null_reason > kLastNullReason)
    return rubbish(fmt::format("null reason {} does not exist", fact.null_reason));
  if (fact.flags & ~kAllFlags) return rubbish(fmt::format("flags {} do not exist", fact.flags));
  if (fact.n < -1 || fact.population < -1)
    return rubbish("a negative number of cases or a negative population");
  if (fact.n_values > 0 && !fact.values) return rubbish("sample values that are not there");
  if (definition.aggregation != Aggregation::kDistinctCount) {
    if (!definition.is_count() && fact.denominator < 0)
      return rubbish(fmt::format("a negative denominator of {}", definition.code));
    return {};
  }
  if (fact.n_members > 0 && !fact.members) return rubbish("members that are not there");
  const auto unknown = std::find_if(fact.members, fact.members + fact.n_members,
                                    [&](std::uint32_t code) { return code >= n_dictionary; });
  if (unknown == fact.members + fact.n_members) return {};
  return rubbish(fmt::format("member {} of {} is not in the dictionary of {} texts", *unknown,
                             definition.code, n_dictionary));
}

}  // namespace

Result<Part> part_of(const qd_fact& fact, const Definition& definition, std::size_t n_dictionary) {
  if (auto checked = check_figures(fact, definition, n_dictionary); !checked)
    return fail(checked.error());
  Part part;
  part.flags = static_cast<std::uint8_t>(fact.flags & ~kNotTheFamilys);
  part.whole_area = fact.flags & QD_WHOLE_AREA;
  if (fact.null_reason != QD_HAS_VALUE) {
    part.null_reasons = bit(fact.null_reason);
    return part;
  }
  part.has_value = true;
  part.n_stated = fact.n >= 0;
  part.population_stated = fact.population >= 0;
  part.n = std::max<std::int64_t>(fact.n, 0);
  part.population = std::max<std::int64_t>(fact.population, 0);
  if (definition.aggregation == Aggregation::kDistinctCount) {
    part.members.assign(fact.members, fact.members + fact.n_members);
    return part;
  }
  if (definition.aggregation == Aggregation::kQuantile) {
    part.values.assign(fact.values, fact.values + fact.n_values);
    return part;
  }
  part.numerator = fact.numerator;
  part.denominator = definition.is_count() ? 0 : fact.denominator;
  return part;
}

tl::unexpected<Error> rubbish(std::string what) {
  return fail(ErrorCode::kFamilyRubbish, "answered with rubbish: " + std::move(what));
}

void RepeatSieve::drop_repeats(std::vector<std::uint32_t>& codes) {
  if (codes.empty()) return;
  const auto highest = *std::max_element(codes.begin(), codes.end());
  if (seen_.size() <= highest / 64) seen_.resize(highest / 64 + 1);
  std::size_t kept = 0;
  for (const auto code : codes) {
    const auto mask = std::uint64_t{1} << (code % 64);
    auto& word = seen_[code / 64];
    if (word & mask) continue;
    word |= mask;
    codes[kept++] = code;
  }
  codes.resize(kept);
  for (const auto code : codes) seen_[code / 64] = 0;
}

void Part::add(Part other) {
  flags |= other.flags;
  whole_area |= other.whole_area;
  null_reasons |= other.null_reasons;
  if (!other.has_value) return;
  has_value = true;
  n_stated &= other.n_stated;
  population_stated &= other.population_stated;
  numerator += other.numerator;
  denominator += other.denominator;
  n += other.n;
  population += other.population;
  values.insert(values.end(), other.values.begin(), other.values.end());
  if (members.size() < other.members.size()) {
    members.swap(other.members);
    settled = other.settled;
  }
  members.insert(members.end(), other.members.begin(), other.members.end());
}

}  // namespace qd::worker::child
