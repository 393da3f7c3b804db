#include "core/compute/accept_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <tuple>

#include "core/text/text_rules.hpp"

namespace qd::compute {
namespace {

constexpr std::uint8_t kAllFlags = kProvisional | kIndicative | kPartial | kWeighted | kImplausible;

tl::unexpected<Error> rubbish(std::string what) {
  return fail(ErrorCode::kFamilyRubbish, "answered with rubbish: " + std::move(what));
}

bool is_in_range(const worker::wire::FactRow& row, const worker::parent::RunAnswer& answer,
                 const AnswerBounds& bounds) {
  return row.definition < bounds.definitions.size() && row.reading < bounds.readings.size() &&
         row.area < bounds.areas.size() && row.breakdown < answer.breakdowns.size() &&
         row.null_reason <= static_cast<std::uint8_t>(NullReason::kExcluded) &&
         (row.flags & ~kAllFlags) == 0;
}

bool has_sound_figures(const worker::wire::FactRow& row, const Definition& definition) {
  const auto reason = static_cast<NullReason>(row.null_reason);
  if (row.n < -1 || row.population < -1 || row.denominator < 0) return false;
  if (definition.is_count()) return row.denominator == 0;
  if (reason == NullReason::kHasValue) return row.denominator > 0;
  return row.denominator == 0;
}

// By place, the rank among the values in ascending order; equal values have equal ranks.
template <class Value, class Before>
std::vector<std::uint64_t> ranks(const std::vector<Value>& values, Before before) {
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return before(values[a], values[b]); });
  std::vector<std::uint64_t> rank(values.size());
  for (std::size_t i = 1; i < order.size(); ++i)
    rank[order[i]] = rank[order[i - 1]] + (before(values[order[i - 1]], values[order[i]]) ? 1 : 0);
  return rank;
}

// The order of facts as two numbers, so that sorting compares no texts.
using SortKey = std::array<std::uint64_t, 2>;

class SortKeys {
 public:
  SortKeys(const worker::parent::RunAnswer& answer, const AnswerBounds& bounds)
      : bounds_(bounds),
        definition_(ranks(bounds.definitions,
                          [](const Definition& a, const Definition& b) {
                            return std::tie(a.code, a.version) < std::tie(b.code, b.version);
                          })),
        breakdown_(ranks(answer.breakdowns, std::less<>{})) {}

  SortKey of(const worker::wire::FactRow& row) const {
    const auto reading = static_cast<std::uint64_t>(bounds_.readings[row.reading].reading);
    return {definition_[row.definition] << 32 | row.area,
            reading << 32 | breakdown_[row.breakdown]};
  }

 private:
  const AnswerBounds& bounds_;
  std::vector<std::uint64_t> definition_, breakdown_;
};

std::optional<std::int64_t> stated(std::int64_t count) {
  return count < 0 ? std::nullopt : std::optional(count);
}

Fact fact_of(const worker::wire::FactRow& row, const worker::parent::RunAnswer& answer,
             const AnswerBounds& bounds) {
  const Definition& definition = bounds.definitions[row.definition];
  Fact fact;
  fact.indicator = definition.code;
  fact.version = definition.version;
  fact.area = bounds.areas[row.area];
  fact.period = bounds.period;
  const ReadingWindow& window = bounds.readings[row.reading];
  fact.reading = window.reading;
  fact.breakdown = answer.breakdowns[row.breakdown];
  fact.numerator = Number{row.numerator};
  if (!definition.is_count()) fact.denominator = Number{row.denominator};
  fact.n = stated(row.n);
  fact.population = stated(row.population);
  fact.null_reason = static_cast<NullReason>(row.null_reason);
  fact.flags = row.flags;
  if (bounds.as_of < Instant{window.until}) fact.flags |= kProvisional;
  return fact;
}

Result<void> check(const worker::parent::RunAnswer& answer, const AnswerBounds& bounds) {
  if (!fits_in_a_run(answer.rows.size()))
    return rubbish(fmt::format("{} facts, {} are possible", answer.rows.size(), kFactsPerRun));
  for (const auto& breakdown : answer.breakdowns)
    if (!text::is_breakdown(breakdown)) return rubbish("a breakdown that is none");
  for (const worker::wire::FactRow& row : answer.rows) {
    if (!is_in_range(row, answer, bounds)) return rubbish("a fact about nothing that exists");
    const Definition& definition = bounds.definitions[row.definition];
    if (!has_sound_figures(row, definition))
      return rubbish(fmt::format("impossible figures of {}", definition.code));
  }
  return {};
}

// As many as the figure says, each once.
bool are_its_members(const std::vector<std::uint32_t>& members, const Fact& fact,
                     std::size_t n_texts) {
  return fact.null_reason == NullReason::kHasValue &&
         Number::of(static_cast<std::int64_t>(members.size())) == fact.numerator &&
         std::adjacent_find(members.begin(), members.end()) == members.end() &&
         (members.empty() || members.back() < n_texts);
}

// facts: as the rows of the answer are numbered.
Result<void> take_members(const worker::parent::RunAnswer& answer, const AnswerBounds& bounds,
                          const std::vector<Fact*>& facts) {
  for (const worker::wire::RowMembers& told : answer.members) {
    if (told.row >= facts.size()) return rubbish("members of a fact that is not there");
    Fact& fact = *facts[told.row];
    const Definition& definition = bounds.definitions[answer.rows[told.row].definition];
    fact.members = told.codes;
    std::sort(fact.members.begin(), fact.members.end());
    const bool is_sound = definition.aggregation == Aggregation::kDistinctCount &&
                          are_its_members(fact.members, fact, bounds.n_texts);
    if (!is_sound) return rubbish(fmt::format("other members than {} counts", definition.code));
  }
  return {};
}

}  // namespace

Result<std::vector<Fact>> accept_answer(const worker::parent::RunAnswer& answer,
                                        const AnswerBounds& bounds) {
  if (const auto checked = check(answer, bounds); !checked) return fail(checked.error());
  const SortKeys keys(answer, bounds);
  std::vector<std::pair<SortKey, const worker::wire::FactRow*>> rows;
  rows.reserve(answer.rows.size());
  for (const worker::wire::FactRow& row : answer.rows) rows.emplace_back(keys.of(row), &row);
  std::sort(rows.begin(), rows.end());
  const auto twice = std::adjacent_find(
      rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first == b.first; });
  if (twice != rows.end()) return rubbish("the same fact twice");
  std::vector<Fact> facts;
  facts.reserve(rows.size());
  std::vector<Fact*> by_row(rows.size());
  for (const auto& [key, row] : rows) {
    facts.push_back(fact_of(*row, answer, bounds));
    by_row[static_cast<std::size_t>(row - answer.rows.data())] = &facts.back();
  }
  if (const auto taken = take_members(answer, bounds, by_row); !taken) return fail(taken.error());
  return facts;
}

}  // namespace qd::compute
