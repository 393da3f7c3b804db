// The question of the benchmark, and nothing else: the quarter's participations, distinct people
// and hours by area and level.
#include <quarterday/family.hpp>

#include "participation_names.hpp"

namespace {

using quarterday::Code;

using namespace participation_names;

constexpr std::size_t kLevels = 5;  // 0 unused
constexpr const char* kBreakdowns[kLevels] = {"", "level=1", "level=2", "level=3", "level=4"};

struct Group {
  std::int64_t count = 0, minutes = 0;
  std::vector<Code> people;
};

class Participation final : public quarterday::Family {
  void batch(const quarterday::Batch& batch) override {
    constexpr std::size_t kInputPersons = 0, kInputEvents = 1;
    if (batch.input() == kInputPersons) return persons(batch);
    if (batch.input() == kInputEvents) return events(batch);
    participations(batch);
  }

  void persons(const quarterday::Batch& batch) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const quarterday::Row row(batch, i);
      slot(area_of_, *row.code(0)) = group_row(*row.code(1));
    }
  }

  void events(const quarterday::Batch& batch) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const quarterday::Row row(batch, i);
      if (*row.date(2) < reading(0).from || *row.date(2) >= reading(0).until) continue;
      slot(level_of_, *row.code(0)) = static_cast<std::uint32_t>(*row.integer(1));
    }
  }

  void participations(const quarterday::Batch& batch) {
    const auto person = batch.codes(0);
    const auto event = batch.codes(1);
    const auto status = batch.codes(2);
    const auto minutes = batch.integers(3);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (!took_part(status[i], batch) || event[i] >= level_of_.size()) continue;
      const auto level = level_of_[event[i]];
      if (level == 0) continue;
      Group& group = groups_[area_of_[person[i]] * kLevels + level];
      ++group.count;
      group.minutes += minutes[i];
      group.people.push_back(person[i]);
    }
  }

  bool took_part(Code status, const quarterday::Batch& batch) {
    auto& known = slot(took_part_, status);
    if (known == 0) {
      const std::string_view text = batch.text(status);
      known = text == "ATTENDED" || text == "REMOTE" || text == "RESPONDED" ? 2 : 1;
    }
    return known == 2;
  }

  // The first of an area's groups, counted in areas.
  std::uint32_t group_row(Code area) {
    auto& row = slot(row_of_area_, area);
    if (row == 0) {
      remember(area);
      areas_.push_back(area);
      row = static_cast<std::uint32_t>(areas_.size());
      groups_.resize(areas_.size() * kLevels);
    }
    return row - 1;
  }

  static std::uint32_t& slot(std::vector<std::uint32_t>& slots, Code code) {
    if (code >= slots.size()) slots.resize(code + code / 2 + 64);
    return slots[code];
  }

  void finish() override {
    std::vector<qd_fact> facts;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      if (groups_[i].count == 0) continue;
      append(groups_[i], text(areas_[i / kLevels]).data(), kBreakdowns[i % kLevels], facts);
    }
    emit(facts);
  }

  void append(const Group& group, const char* area, const char* level,
              std::vector<qd_fact>& facts) const {
    qd_fact fact = {};
    fact.definition = in_force(indicator::count, 0)->index();
    fact.area = area;
    fact.breakdown = level;
    fact.n = group.count;
    fact.population = -1;
    fact.numerator = group.count * QD_ONE;
    facts.push_back(fact);
    fact.definition = in_force(indicator::hours, 0)->index();
    fact.numerator = group.minutes * QD_ONE;
    facts.push_back(fact);
    fact.definition = in_force(indicator::persons, 0)->index();
    fact.numerator = 0;
    fact.members = group.people.data();
    fact.n_members = group.people.size();
    facts.push_back(fact);
  }

  std::vector<std::uint32_t> area_of_, level_of_, took_part_, row_of_area_;
  std::vector<Code> areas_;
  std::vector<Group> groups_;
};

}  // namespace

QUARTERDAY_FAMILY(Participation, kId, kVersion)
