#include "core/worker/child/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "core/text/text_rules.hpp"

namespace qd::worker::child {
namespace {

constexpr std::uint32_t kAllFlags =
    QD_PROVISIONAL | QD_INDICATIVE | QD_PARTIAL | QD_WEIGHTED | QD_WHOLE_AREA;
constexpr std::uint32_t kNotTheFamilys = QD_PARTIAL | QD_WHOLE_AREA;  // in the flags of a fact
constexpr std::uint32_t kLastNullReason = QD_EXCLUDED;

constexpr std::uint64_t pack(std::uint32_t indicator, std::uint32_t area, std::uint32_t reading,
                             std::uint32_t breakdown) {
  return std::uint64_t{indicator} << 44 | std::uint64_t{area} << 22 | std::uint64_t{reading} << 20 |
         breakdown;
}
constexpr std::uint32_t indicator_of(std::uint64_t key) {
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

constexpr std::uint8_t bit(std::uint32_t reason) { return static_cast<std::uint8_t>(1u << reason); }

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

tl::unexpected<Error> rubbish(std::string what) {
  return fail(ErrorCode::kFamilyRubbish, "answered with rubbish: " + std::move(what));
}

Result<void> check_figures(const qd_fact& fact, const Definition& definition,
                           std::size_t n_dictionary) {
  if (fact.null_reason > kLastNullReason)
    return rubbish(fmt::format("null reason {} does not exist", fact.null_reason));
  if (fact.flags & ~kAllFlags) return rubbish(fmt::format("flags {} do not exist", fact.flags));
  if (fact.n < -1 || fact.population < -1)
    return rubbish("a negative number of cases or a negative population");
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

Part part_of(const qd_fact& fact, const Definition& definition) {
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
  part.numerator = fact.numerator;
  part.denominator = definition.is_count() ? 0 : fact.denominator;
  return part;
}

}  // namespace

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
  if (members.size() < other.members.size()) {
    members.swap(other.members);
    settled = other.settled;
  }
  members.insert(members.end(), other.members.begin(), other.members.end());
}

std::uint32_t KeyIndex::place_of(std::uint64_t key, std::uint32_t next) {
  if (2 * used_ >= slots_.size()) grow();
  Slot& slot = slots_[slot_of(key)];
  if (slot.key == kFree) {
    slot = {key, next};
    ++used_;
  }
  return slot.place;
}

std::optional<std::uint32_t> KeyIndex::find(std::uint64_t key) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(key)];
  return slot.key == key ? std::optional(slot.place) : std::nullopt;
}

std::size_t KeyIndex::slot_of(std::uint64_t key) const {
  constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio
  const std::size_t mask = slots_.size() - 1;
  auto at = static_cast<std::size_t>((key * kSpread) >> 32) & mask;
  while (slots_[at].key != key && slots_[at].key != kFree) at = (at + 1) & mask;
  return at;
}

void KeyIndex::grow() {
  const auto before =
      std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(1024, 2 * slots_.size())));
  for (const Slot& slot : before)
    if (slot.key != kFree) slots_[slot_of(slot.key)] = slot;
}

PartTable::PartTable(const AreaTree& areas, std::vector<const Definition*> indicators)
    : areas_(areas), indicators_(std::move(indicators)) {}

Result<void> PartTable::add(const qd_fact& fact, std::size_t n_dictionary) {
  const auto key = key_of(fact);
  if (!key) return fail(key.error());
  const Definition& definition = *indicators_[fact.indicator];
  if (auto checked = check_figures(fact, definition, n_dictionary); !checked) return checked;
  const auto place = merge(*key, part_of(fact, definition));
  if (!place) return fail(place.error());
  return {};
}

Result<PartTable::Key> PartTable::key_of(const qd_fact& fact) {
  if (fact.indicator >= std::min<std::size_t>(indicators_.size(), kMostIndicators))
    return rubbish(fmt::format("indicator {} does not exist, there are {}", fact.indicator,
                               indicators_.size()));
  if (fact.reading >= areas_.n_readings())
    return rubbish(
        fmt::format("reading {} does not exist, there are {}", fact.reading, areas_.n_readings()));
  if (!fact.area) return rubbish("a fact without area");
  const auto area = areas_.find(fact.area);
  if (!area)
    return rubbish(fmt::format("area '{}' does not exist", text::plain_text(fact.area, 60)));
  const auto breakdown = breakdown_of(fact.breakdown);
  if (!breakdown) return fail(breakdown.error());
  return pack(fact.indicator, *area, fact.reading, *breakdown);
}

Result<std::uint32_t> PartTable::breakdown_of(const char* text) {
  if (!text) return rubbish("a fact without breakdown, where the total has an empty one");
  if (const auto known = breakdown_places_.find(std::string_view(text));
      known != breakdown_places_.end())
    return known->second;
  if (!text::is_breakdown(text))
    return rubbish(
        fmt::format("'{}' is not a breakdown", text::plain_text(text, text::kLongestBreakdown)));
  if (breakdowns_.size() == kMostBreakdowns)
    return fail(ErrorCode::kFamilyFlooded,
                fmt::format("sent more than {} different breakdowns", kMostBreakdowns));
  const auto place = static_cast<std::uint32_t>(breakdowns_.size());
  breakdown_places_.emplace(text, place);
  breakdowns_.emplace_back(text);
  return place;
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
  return indicators_[indicator_of(key)]->aggregation == Aggregation::kDistinctCount;
}

// An indicator people own is about their area: above it there is no such figure.
bool PartTable::is_owners(Key key) const {
  const std::string& owners = indicators_[indicator_of(key)]->area;
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

// A landlord's own figure holds what its neighbourhoods say in theirs.
bool PartTable::takes_none_from_below(Key key) {
  const auto place = index_.find(key);
  if (!place || !parts_[*place].part.whole_area) return false;
  if (alone_.insert(key).second)
    ++notes_[fmt::format(
        "{}: an area has figures of its own; those of the areas below are not added to them",
        indicators_[indicator_of(key)]->code)];
  return true;
}

bool PartTable::stands_alone(std::uint32_t indicator, std::uint32_t reading,
                             std::string_view breakdown, std::uint32_t area) const {
  const auto known = breakdown_places_.find(breakdown);
  return known != breakdown_places_.end() &&
         alone_.contains(pack(indicator, area, reading, known->second));
}

Result<void> PartTable::lift(std::uint32_t place, std::vector<std::uint32_t>& level_above) {
  const Key key = parts_[place].key;
  if (is_owners(key)) return {};
  const auto parent = areas_.parents(reading_of(key))[area_of(key)];
  const Key above = pack(indicator_of(key), parent, reading_of(key), breakdown_of_key(key));
  if (takes_none_from_below(above)) return {};
  settle(parts_[place].part);  // they are counted, and then go on to the area above
  auto members = std::exchange(parts_[place].part.members, {});
  Part lifted = parts_[place].part;
  lifted.members = std::move(members);
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
  row.indicator = indicator_of(key);
  row.area = area_of(key);
  row.reading = static_cast<std::uint8_t>(reading_of(key));
  row.breakdown = breakdown_of_key(key);
  row.flags = part.flags;
  row.null_reason = part.has_value ? std::uint8_t{QD_HAS_VALUE} : strongest(part.null_reasons);
  if (!part.has_value) return row;
  if (part.null_reasons & kGaps) row.flags |= QD_PARTIAL;
  if (is_distinct(key)) {
    if (!part.members.empty()) settle(part);
    part.numerator = Part::Sum{part.settled} * QD_ONE;
  }
  bool fits = narrow(part.numerator, row.numerator) && narrow(part.denominator, row.denominator);
  if (part.n_stated) fits &= narrow(part.n, row.n);
  if (part.population_stated) fits &= narrow(part.population, row.population);
  if (!fits)
    return fail(ErrorCode::kFamilyFailed,
                fmt::format("failed: a sum passes what 64 bits hold, at {}", where(key)));
  const bool is_count = indicators_[row.indicator]->is_count();
  if (!is_count && row.denominator == 0) row.null_reason = QD_ZERO_DENOMINATOR;
  return row;
}

// A few such areas are worth a line each; more of them are a tree that is wrong.
void PartTable::note_absent(Key key) {
  if (areas_.parents(reading_of(key))[area_of(key)] != AreaTree::kAbsent) return;
  constexpr std::size_t kMostNamed = 20;
  const auto& code = areas_.codes()[area_of(key)];
  auto message = fmt::format(
      "area {} did not exist in the period: its figures are not in those of the areas above", code);
  if (notes_.size() >= kMostNamed && !notes_.contains(message))
    message = "further areas that did not exist in the period";
  ++notes_[std::move(message)];
}

std::string PartTable::where(Key key) const {
  return fmt::format("{}, area {}", indicators_[indicator_of(key)]->code,
                     areas_.codes()[area_of(key)]);
}

}  // namespace qd::worker::child
