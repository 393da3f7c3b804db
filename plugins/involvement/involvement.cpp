// Who had a say, for how many hours, and on which policies: the pyramid of engagement.
#include <algorithm>
#include <cstdint>
#include <map>
#include <quarterday/family.hpp>
#include <string>
#include <vector>

#include "caps.hpp"
#include "reader.hpp"

namespace involvement {
namespace {

using quarterday::Cell;
using quarterday::Number;

// A distinct count of persons: by which of their masks, and at each level or over all.
struct Question {
  quarterday::Indicator indicator;
  std::uint16_t Person::*mask;
  bool by_level;
};
constexpr Question kQuestions[] = {{indicator::INV1, &Person::engaged, true},
                                   {indicator::INV1_T, &Person::engaged, false},
                                   {indicator::INV1a, &Person::active, true},
                                   {indicator::INV1a_T, &Person::active, false},
                                   {indicator::INV1e, &Person::at_end, true}};

// Every area that exists gets a fact, also for nobody: a register that knows of nobody says 0. An
// area whose landlord keeps no register gets none.
class Involvement final : public Reader {
  void finish() override {
    sort_areas();
    persons_kept_ = kept_by_landlord(has_persons_);
    policies_kept_ = kept_by_landlord(has_policies_);
    const ByArea people(persons_.size(), areas_.size(), [this](Code code) {
      const Person& person = persons_[code];
      const bool seen = (person.engaged | person.active | person.at_end) != 0;
      return seen ? person.home : kNowhere;
    });
    const ByArea policies(policies_.size(), areas_.size(), [this](Code code) {
      return policies_[code].consulted != 0 ? policies_[code].area : kNowhere;
    });
    for (const Question& question : kQuestions)
      for (std::uint32_t i = 0; i < n_readings(); ++i) answer_persons(question, i, people);
    for (std::uint32_t i = 0; i < n_readings(); ++i) answer_hours(i);
    for (std::uint32_t i = 0; i < n_readings(); ++i) answer_policies(i, policies);
    flush();
    look_at_caps();
  }

  void sort_areas() {
    order_.resize(areas_.size());
    for (std::uint32_t place = 0; place < order_.size(); ++place) order_[place] = place;
    std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
      return text(areas_[a].code) < text(areas_[b].code);
    });
  }

  void answer_persons(const Question& question, std::uint32_t i, const ByArea& people) {
    const int n_masks = question.by_level ? kLevels : 1;
    for (const std::uint32_t place : order_)
      for (int level = 0; level < n_masks; ++level) {
        const Mask wanted = mask_of(question, i, level);
        const std::size_t first = members_.size();
        for (const Code* code = people.begin(place); code != people.end(place); ++code)
          if ((persons_[*code].*question.mask & wanted) != 0) members_.push_back(*code);
        say(Cell{question.indicator, i, place, question.by_level ? levels_[level] : 0}, 0, first);
      }
  }

  Mask mask_of(const Question& question, std::uint32_t i, int level) const {
    if (question.indicator == indicator::INV1e) return Mask{1} << (level * 3 + static_cast<int>(i));
    return question.by_level ? of_reading(i, level) : of_reading(i);
  }

  // Levels 3 and 4 have room for so many members of a landlord at once, level 2 is planned for so
  // many. That there are more is not ours to forbid, and not to be passed over either.
  void look_at_caps() {
    const Caps caps(option_whole(names::option::cap_l2), option_whole(names::option::cap_l3),
                    option_whole(names::option::cap_l4));
    for (std::uint32_t i = 0; i < n_readings(); ++i) {
      if (ends_with_one_before(i)) continue;
      for (const auto& [landlord, members] : members_by_landlord(i))
        for (int level = 0; level < kLevels; ++level) say_cap(caps, i, landlord, level, members);
    }
  }

  bool ends_with_one_before(std::uint32_t i) const {
    for (std::uint32_t before = 0; before < i; ++before)
      if (reading(before).until == reading(i).until) return true;
    return false;
  }

  std::map<std::uint32_t, Caps::Members> members_by_landlord(std::uint32_t i) const {
    std::map<std::uint32_t, Caps::Members> members;
    for (const Person& person : persons_)
      for (int level = 0; level < kLevels; ++level)
        if ((person.at_end >> (level * 3 + static_cast<int>(i)) & 1) != 0)
          ++members[top_of(person.home)][static_cast<std::size_t>(level)];
    return members;
  }

  void say_cap(const Caps& caps, std::uint32_t i, std::uint32_t landlord, int level,
               const Caps::Members& members) const {
    const auto said = caps.said_of(level, members[static_cast<std::size_t>(level)]);
    if (said.text.empty()) return;
    const std::string message = std::string(text(areas_[landlord].code)) + ": " + said.text +
                                " at the end of the " + name_of(reading(i).kind);
    said.is_finding ? finding(message) : note(message);
  }

  static std::string name_of(std::int32_t kind) {
    if (kind == QD_QUARTER) return "quarter";
    return kind == QD_YEAR ? "year" : "year so far";
  }

  void answer_hours(std::uint32_t i) {
    for (const std::uint32_t place : order_) {
      for (int level = 0; level < kLevels; ++level)
        say(Cell{indicator::INV2, i, place, levels_[level]},
            minutes_of(place, of_reading(i, level)));
      say(Cell{indicator::INV2_T, i, place}, minutes_of(place, of_reading(i)));
    }
  }

  std::int64_t minutes_of(std::uint32_t place, Mask bits) const {
    std::int64_t sum = 0;
    for (std::size_t bit = 0; bit < n_bits(); ++bit)
      if ((bits >> bit & 1) != 0) sum += minutes_[place * n_bits() + bit];
    return sum;
  }

  void answer_policies(std::uint32_t i, const ByArea& policies) {
    const Mask wanted = slots_.of_reading(i);
    const auto n_slots = static_cast<std::size_t>(slots_.size());
    for (const std::uint32_t place : order_) {
      const std::size_t first = members_.size();
      for (const Code* code = policies.begin(place); code != policies.end(place); ++code)
        if ((policies_[*code].consulted & wanted) != 0) members_.push_back(*code);
      say(Cell{indicator::INV3, i, place}, 0, first);
      std::int64_t exercises = 0;
      for (std::size_t slot = 0; slot < n_slots; ++slot)
        if ((wanted >> slot & 1) != 0) exercises += exercises_[place * n_slots + slot];
      say(Cell{indicator::INV3e, i, place}, exercises);
    }
  }

  // cell.area is a place here. Members from `first` on belong to this fact.
  void say(const Cell& cell, std::int64_t numerator, std::size_t first) {
    const Area& area = areas_[cell.area];
    const bool none = numerator == 0 && first == members_.size();
    const auto& [kind, from, until] = reading(cell.reading);
    const bool about_policies = cell.measure == indicator::INV3 || cell.measure == indicator::INV3e;
    const bool kept = (about_policies ? policies_kept_ : persons_kept_)[cell.area];
    if (none && (!kept || area.from >= until || area.until <= from)) return;
    const auto definition = in_force(quarterday::Indicator(cell.measure.number()), cell.reading);
    if (!definition) return members_.resize(first);
    qd_fact fact = {};
    fact.definition = definition->index();
    fact.reading = cell.reading;
    fact.area = text(area.code).data();
    fact.breakdown = breakdown_text(cell.breakdown).c_str();
    fact.numerator = Number(numerator).millionths();
    fact.n = fact.population = -1;
    fact.n_members = members_.size() - first;
    facts_.push_back(fact);
    constexpr std::size_t kAtOnce = 8192;
    if (facts_.size() == kAtOnce) flush();
  }
  void say(const Cell& cell, std::int64_t numerator) { say(cell, numerator, members_.size()); }

  // Members stand one fact after the other; only now will they not move any more.
  void flush() {
    const Code* next = members_.data();
    for (qd_fact& fact : facts_) {
      fact.members = next;
      next += fact.n_members;
    }
    if (!facts_.empty()) emit(facts_);
    facts_.clear();
    members_.clear();
  }

  std::vector<std::uint32_t> order_;                // places of areas, by code
  std::vector<bool> persons_kept_, policies_kept_;  // by place
  std::vector<qd_fact> facts_;
  std::vector<Code> members_;
};

}  // namespace
}  // namespace involvement

QUARTERDAY_FAMILY(involvement::Involvement, involvement_names::kId, involvement_names::kVersion)
