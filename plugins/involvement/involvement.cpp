// Who had a say, for how many hours, and on which policies: the pyramid of engagement.
#include <algorithm>
#include <cstdint>
#include <quarterday/family.hpp>
#include <vector>

#include "reader.hpp"

namespace involvement {
namespace {

using quarterday::Cell;
using quarterday::Number;

// A distinct count of persons: by which of their masks, and at each level or over all.
struct Question {
  std::uint32_t indicator;
  std::uint16_t Person::*mask;
  bool by_level;
};
constexpr Question kQuestions[] = {{kInv1, &Person::engaged, true},
                                   {kInv1T, &Person::engaged, false},
                                   {kInv1a, &Person::active, true},
                                   {kInv1aT, &Person::active, false},
                                   {kInv1e, &Person::at_end, true}};

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
    if (question.indicator == kInv1e) return Mask{1} << (level * 3 + static_cast<int>(i));
    return question.by_level ? of_reading(i, level) : of_reading(i);
  }

  void answer_hours(std::uint32_t i) {
    for (const std::uint32_t place : order_) {
      for (int level = 0; level < kLevels; ++level)
        say(Cell{kInv2, i, place, levels_[level]}, minutes_of(place, of_reading(i, level)));
      say(Cell{kInv2T, i, place}, minutes_of(place, of_reading(i)));
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
      say(Cell{kInv3, i, place}, 0, first);
      std::int64_t exercises = 0;
      for (std::size_t slot = 0; slot < n_slots; ++slot)
        if ((wanted >> slot & 1) != 0) exercises += exercises_[place * n_slots + slot];
      say(Cell{kInv3e, i, place}, exercises);
    }
  }

  // cell.area is a place here. Members from `first` on belong to this fact.
  void say(const Cell& cell, std::int64_t numerator, std::size_t first) {
    const Area& area = areas_[cell.area];
    const bool none = numerator == 0 && first == members_.size();
    const auto& [kind, from, until] = reading(cell.reading);
    const bool about_policies = cell.indicator == kInv3 || cell.indicator == kInv3e;
    const bool kept = (about_policies ? policies_kept_ : persons_kept_)[cell.area];
    if (none && (!kept || area.from >= until || area.until <= from)) return;
    qd_fact fact = {};
    fact.indicator = cell.indicator;
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

QUARTERDAY_FAMILY(involvement::Involvement, "involvement", "1.0.0", "Involvement measures",
                  involvement::kInputs, involvement::kIndicators)
