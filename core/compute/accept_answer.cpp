#include "core/compute/accept_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "core/host/text_rules.hpp"

namespace qd {
namespace {

constexpr std::uint8_t kAllFlags = kProvisional | kIndicative | kPartial | kWeighted;

tl::unexpected<Error> rubbish(std::string what) {
  return fail(ErrorCode::kFamilyRubbish, "answered with rubbish: " + std::move(what));
}

bool is_in_range(const FactRow& row, const RunAnswer& answer, const AnswerBounds& bounds) {
  return row.indicator < bounds.indicators.size() && row.reading < bounds.readings.size() &&
         row.area < bounds.areas.size() && row.breakdown < answer.breakdowns.size() &&
         row.null_reason <= static_cast<std::uint8_t>(NullReason::kExcluded) &&
         (row.flags & ~kAllFlags) == 0;
}

bool has_sound_figures(const FactRow& row, const Definition& definition) {
  const auto reason = static_cast<NullReason>(row.null_reason);
  if (row.n < -1 || row.population < -1 || row.denominator < 0) return false;
  if (definition.is_count()) return row.denominator == 0;
  if (reason == NullReason::kHasValue) return row.denominator > 0;
  return row.denominator == 0;
}

// By place, the rank in order of (code, version).
std::vector<std::uint32_t> ranks(const std::vector<Definition>& indicators) {
  std::vector<std::uint32_t> order(indicators.size()), rank(indicators.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(indicators[a].code, indicators[a].version) <
           std::tie(indicators[b].code, indicators[b].version);
  });
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  return rank;
}

std::optional<std::int64_t> stated(std::int64_t count) {
  return count < 0 ? std::nullopt : std::optional(count);
}

Fact fact_of(const FactRow& row, const RunAnswer& answer, const AnswerBounds& bounds) {
  const Definition& definition = bounds.indicators[row.indicator];
  Fact fact;
  fact.indicator = definition.code;
  fact.version = definition.version;
  fact.area = bounds.areas[row.area];
  fact.period = bounds.period;
  fact.reading = bounds.readings[row.reading].reading;
  fact.breakdown = answer.breakdowns[row.breakdown];
  fact.numerator = Number{row.numerator};
  if (!definition.is_count()) fact.denominator = Number{row.denominator};
  fact.n = stated(row.n);
  fact.population = stated(row.population);
  fact.null_reason = static_cast<NullReason>(row.null_reason);
  fact.flags = row.flags;
  return fact;
}

Result<void> check(const RunAnswer& answer, const AnswerBounds& bounds) {
  if (answer.rows.size() > static_cast<std::size_t>(kFactsPerRun))
    return rubbish(fmt::format("{} facts, {} are possible", answer.rows.size(), kFactsPerRun));
  for (const auto& breakdown : answer.breakdowns)
    if (!is_breakdown(breakdown)) return rubbish("a breakdown that is none");
  for (const FactRow& row : answer.rows) {
    if (!is_in_range(row, answer, bounds)) return rubbish("a fact about nothing that exists");
    const Definition& definition = bounds.indicators[row.indicator];
    if (!has_sound_figures(row, definition))
      return rubbish(fmt::format("impossible figures of {}", definition.code));
  }
  return {};
}

}  // namespace

Result<std::vector<Fact>> accept_answer(const RunAnswer& answer, const AnswerBounds& bounds) {
  if (const auto checked = check(answer, bounds); !checked) return fail(checked.error());
  const auto rank = ranks(bounds.indicators);
  const auto key = [&](const FactRow& row) {
    return std::tuple(rank[row.indicator], row.area, bounds.readings[row.reading].reading,
                      std::string_view(answer.breakdowns[row.breakdown]));
  };
  auto rows = answer.rows;
  std::sort(rows.begin(), rows.end(),
            [&](const FactRow& a, const FactRow& b) { return key(a) < key(b); });
  const auto twice =
      std::adjacent_find(rows.begin(), rows.end(),
                         [&](const FactRow& a, const FactRow& b) { return key(a) == key(b); });
  if (twice != rows.end()) return rubbish("the same fact twice");
  std::vector<Fact> facts;
  facts.reserve(rows.size());
  for (const FactRow& row : rows) facts.push_back(fact_of(row, answer, bounds));
  return facts;
}

}  // namespace qd
