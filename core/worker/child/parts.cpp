#include "core/worker/child/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "core/text/text_rules.hpp"
#include "core/worker/child/plausible.hpp"
#include "core/worker/child/quantile.hpp"

namespace qd::worker::child {
namespace {

constexpr std::uint64_t pack(std::uint32_t definition, std::uint32_t area, std::uint32_t reading,
                             std::uint32_t breakdown) {
  return std::uint64_t{definition} << 44 | std::uint64_t{area} << 22 |
         std::uint64_t{reading} << 20 | breakdown;
}
constexpr std::uint32_t definition_of(std::uint64_t key) {
  return static_cast<std::uint32_t>(key >> 44);
}
constexpr std::uint32_t area_of(std::uint64_t key) {
  return static_cast<std::uint32_t>(key >> 22) & 0x3FFFFF;
}
constexpr std::uint32_t reading_of(std::uint64_t key) {
  return static_cast<std::uint32_t>(key >> 20) & 3;
}
constexpr std::uint32_t breakdown_of_key(std::uint64_t key) {
  return static_cast<std::uint32_t>(key) & 0xFFFFF;
}

// Where the question does not arise, and where there was no case, nothing is missing above.
constexpr std::uint8_t kGaps =
    bit(QD_NOT_AVAILABLE) | bit(QD_SUPPRESSED) | bit(QD_LOW_RELIABILITY) | bit(QD_EXCLUDED);

// Of several reasons the one that protects or warns most.
std::uint8_t strongest(std::uint8_t reasons) {
  for (const std::uint32_t reason : {QD_SUPPRESSED, QD_EXCLUDED, QD_LOW_RELIABILITY,
                                     QD_NOT_AVAILABLE, QD_ZERO_DENOMINATOR, QD_NOT_APPLICABLE})
    if (reasons & bit(reason)) return static_cast<std::uint8_t>(reason);
  return QD_HAS_VALUE;
}

bool narrow(Part::Sum sum, std::int64_t& out) {
  out = static_cast<std::int64_t>(sum);
  return out == sum;
}

}  // namespace

PartTable::PartTable(const AreaTree& areas, const std::vector<Definition>& definitions,
                     const std::vector<FamilyBreakdown>& breakdowns)
    : areas_(areas), definitions_(definitions), breakdowns_(breakdowns) {
  for (const Definition& definition : definitions_)
    allowed_keys_.push_back(definition.breakdowns.empty()
                                ? ~std::uint64_t{0}
                                : breakdowns_.bits_of(definition.breakdowns));
}

Result<void> PartTable::add(const qd_fact& fact, std::size_t n_dictionary) {
  const auto key = key_of(fact);
  if (!key) return fail(key.error());
  auto part = part_of(fact, definitions_[fact.definition], n_dictionary);
  if (!part) return fail(part.error());
  const auto place = merge(*key, *std::move(part));
  if (!place) return fail(place.error());
  return {};
}

Result<PartTable::Key> PartTable::key_of(const qd_fact& fact) {
  if (fact.definition >= std::min<std::size_t>(definitions_.size(), kMostDefinitions))
    return rubbish(fmt::format("definition {} does not exist, there are {}", fact.definition,
                               definitions_.size()));
  if (fact.reading >= areas_.n_readings())
    return rubbish(
        fmt::format("reading {} does not exist, there are {}", fact.reading, areas_.n_readings()));
  if (!fact.area) return rubbish("a fact without area");
  const auto area = areas_.find(fact.area);
  if (!area)
    return rubbish(fmt::format("area '{}' does not exist", text::plain_text(fact.area, 60)));
  const auto breakdown = breakdowns_.place_of(fact.breakdown);
  if (!breakdown) return fail(breakdown.error());
  if (const auto known = check_breakdown(fact.definition, *breakdown); !known)
    return fail(known.error());
  return pack(fact.definition, *area, fact.reading, *breakdown);
}

Result<void> PartTable::check_breakdown(std::uint32_t definition, std::uint32_t breakdown) const {
  const auto more = breakdowns_.keys_of(breakdown) & ~allowed_keys_[definition];
  if (more == 0) return {};
  return rubbish(fmt::format("'{}' of {}, whose breakdowns are declared to be {}",
                             breakdowns()[breakdown], definitions_[definition].code,
                             fmt::join(definitions_[definition].breakdowns, ", ")));
}

Result<std::uint32_t> PartTable::merge(Key key, Part part) {
  const auto next = static_cast<std::uint32_t>(parts_.size());
  const auto place = index_.place_of(key, next);
  if (place == next) {
    if (!fits_in_a_run(parts_.size() + 1))
      return fail(ErrorCode::kFamilyFlooded, fmt::format("sent more than {} facts", kFactsPerRun));
    parts_.push_back({key, std::move(part)});
    return place;
  }
  constexpr std::size_t kWorthSettling = 4096;
  Part& sum = parts_[place].part;
  sum.add(std::move(part));
  if (sum.members.size() > 2 * sum.settled + kWorthSettling) settle(sum);
  return place;
}

bool PartTable::is_distinct(Key key) const {
  return definitions_[definition_of(key)].aggregation == Aggregation::kDistinctCount;
}

bool PartTable::is_quantile(Key key) const {
  return definitions_[definition_of(key)].aggregation == Aggregation::kQuantile;
}

// An indicator people own is about their area: above it there is no such figure.
bool PartTable::is_owners(Key key) const {
  const std::string& owners = definitions_[definition_of(key)].area;
  return !owners.empty() && owners == areas_.codes()[area_of(key)];
}

void PartTable::settle(Part& part) {
  sieve_.drop_repeats(part.members);
  part.settled = part.members.size();
}

// Level by level from the deepest: when its turn comes, a part holds all that lies below it.
Result<std::vector<worker::wire::FactRow>> PartTable::roll_up() {
  for (std::size_t reading = 0; reading < areas_.n_readings(); ++reading) {
    auto levels = levels_of(reading);
    for (auto depth = levels.size(); depth-- > 1;)
      for (const auto place : levels[depth])
        if (const auto lifted = lift(place, levels[depth - 1]); !lifted)
          return fail(lifted.error());
  }
  std::vector<std::pair<Key, std::uint32_t>> order;
  for (std::uint32_t place = 0; place < parts_.size(); ++place)
    order.emplace_back(parts_[place].key, place);
  std::sort(order.begin(), order.end());
  std::vector<worker::wire::FactRow> rows;
  rows.reserve(order.size());
  for (const auto& [key, place] : order) {
    note_absent(key);
    const auto row = finished(parts_[place]);
    if (!row) return fail(row.error());
    if (is_distinct(key) && row->null_reason == QD_HAS_VALUE)
      members_.push_back({rows.size(), std::move(parts_[place].part.members)});
    rows.push_back(*row);
  }
  parts_.clear();
  index_ = {};
  return rows;
}

PartTable::Levels PartTable::levels_of(std::size_t reading) const {
  const auto depths = areas_.depths(reading);
  const auto deepest = depths.empty() ? 0u : *std::max_element(depths.begin(), depths.end());
  Levels levels(deepest + 1);
  for (std::uint32_t place = 0; place < parts_.size(); ++place)
    if (const Key key = parts_[place].key; reading_of(key) == reading)
      levels[depths[area_of(key)]].push_back(place);
  return levels;
}

// To be called once no value comes any more, and before they go on.
void PartTable::take_quantile(Key key, Part& part) const {
  if (part.values.empty()) return;
  const auto percentile = definitions_[definition_of(key)].percentile.value_or(50);
  const auto [numerator, denominator] = quantile(part.values, percentile);
  part.numerator = numerator;
  part.denominator = denominator * QD_ONE;
  part.n = static_cast<Part::Sum>(part.values.size());
  part.n_stated = true;
}

// A landlord's own figure holds what its neighbourhoods say in theirs.
bool PartTable::takes_none_from_below(Key key) {
  const auto place = index_.find(key);
  if (!place || !parts_[*place].part.whole_area) return false;
  if (alone_.insert(key).second)
    ++notes_[fmt::format(
        "{}: an area has figures of its own; those of the areas below are not added to them",
        definitions_[definition_of(key)].code)];
  return true;
}

bool PartTable::stands_alone(std::uint32_t definition, std::uint32_t reading,
                             std::string_view breakdown, std::uint32_t area) const {
  const auto known = breakdowns_.find(breakdown);
  return known && alone_.contains(pack(definition, area, reading, *known));
}

Result<void> PartTable::lift(std::uint32_t place, std::vector<std::uint32_t>& level_above) {
  const Key key = parts_[place].key;
  if (is_owners(key)) return {};
  const auto parent = areas_.parents(reading_of(key))[area_of(key)];
  const Key above = pack(definition_of(key), parent, reading_of(key), breakdown_of_key(key));
  if (takes_none_from_below(above)) return {};
  settle(parts_[place].part);  // they are counted, and then go on to the area above
  take_quantile(key, parts_[place].part);
  auto values = std::exchange(parts_[place].part.values, {});
  Part lifted = parts_[place].part;
  lifted.values = std::move(values);
  if (is_quantile(key)) lifted.numerator = lifted.denominator = lifted.n = 0;
  lifted.whole_area = false;
  const auto n_before = parts_.size();
  const auto merged = merge(above, std::move(lifted));
  if (!merged) return fail(merged.error());
  if (parts_.size() > n_before) level_above.push_back(*merged);
  return {};
}

Result<worker::wire::FactRow> PartTable::finished(Kept& kept) {
  const Key key = kept.key;
  Part& part = kept.part;
  worker::wire::FactRow row;
  row.definition = definition_of(key);
  row.area = area_of(key);
  row.reading = static_cast<std::uint8_t>(reading_of(key));
  row.breakdown = breakdown_of_key(key);
  row.flags = part.flags;
  row.null_reason = part.has_value ? std::uint8_t{QD_HAS_VALUE} : strongest(part.null_reasons);
  if (!part.has_value) return row;
  if (part.null_reasons & kGaps) row.flags |= QD_PARTIAL;
  if (is_distinct(key)) {
    if (part.settled != part.members.size()) settle(part);
    part.numerator = Part::Sum{part.settled} * QD_ONE;
  }
  take_quantile(key, part);
  bool fits = narrow(part.numerator, row.numerator) && narrow(part.denominator, row.denominator);
  if (part.n_stated) fits &= narrow(part.n, row.n);
  if (part.population_stated) fits &= narrow(part.population, row.population);
  if (!fits)
    return fail(ErrorCode::kFamilyFailed,
                fmt::format("failed: a sum passes what 64 bits hold, at {}", where(key)));
  if (!definitions_[row.definition].is_count() && row.denominator == 0)
    row.null_reason = QD_ZERO_DENOMINATOR;
  else
    note_implausible(key, row);
  return row;
}

// A figure that cannot be right is shown as it is, marked.
void PartTable::note_implausible(Key key, worker::wire::FactRow& row) {
  const Definition& definition = definitions_[row.definition];
  const auto wrong = implausible(row, definition);
  if (wrong.empty()) return;
  row.flags |= QD_IMPLAUSIBLE;
  const std::string& breakdown = breakdowns()[row.breakdown];
  add_note(fmt::format("{}{}{}: {} {}", areas_.codes()[area_of(key)], breakdown.empty() ? "" : " ",
                       breakdown, definition.code, wrong),
           "further figures that cannot be right");
}

// A few are worth a line each; more of them are one thing that is wrong.
void PartTable::add_note(std::string message, std::string_view otherwise) {
  constexpr std::size_t kMostNamed = 20;
  if (notes_.size() >= kMostNamed && !notes_.contains(message)) message = otherwise;
  ++notes_[std::move(message)];
}

void PartTable::note_absent(Key key) {
  if (areas_.parents(reading_of(key))[area_of(key)] != AreaTree::kAbsent) return;
  add_note(fmt::format("area {} did not exist in the period: its figures are not in those of the "
                       "areas above",
                       areas_.codes()[area_of(key)]),
           "further areas that did not exist in the period");
}

std::string PartTable::where(Key key) const {
  return fmt::format("{}, area {}", definitions_[definition_of(key)].code,
                     areas_.codes()[area_of(key)]);
}

}  // namespace qd::worker::child
