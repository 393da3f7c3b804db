// The seven tables of the register, row by row.
#pragma once

#include <cstdint>
#include <quarterday/family.hpp>
#include <string>
#include <vector>

#include "involvement_names.hpp"
#include "register.hpp"

namespace involvement {

namespace names = involvement_names;
namespace indicator = names::indicator;
namespace input = names::input;

using quarterday::Batch;
using quarterday::Row;
using quarterday::Source;

constexpr int kLevels = 3;      // 2 armchair commentator, 3 peripheral, 4 substantial
constexpr int kFirstLevel = 2;  // level 1 is kept informed: the default, not a membership

// Reads the register row by row and keeps what the facts are made of.
class Reader : public quarterday::Family {
 protected:
  void begin() override {
    slots_ = Slots(n_readings() == 0 ? nullptr : &reading(0), n_readings());
    service_user_l4_ = option_yes(names::option::service_user_l4);
    joint_tenant_l4_ = option_yes(names::option::joint_tenant_l4);
    for (int level = 0; level < kLevels; ++level)
      levels_[level] = breakdown("level=" + std::to_string(kFirstLevel + level));
    for (int bit = 0; bit < static_cast<int>(n_bits()); ++bit)
      level_of_bit_[bit] = static_cast<std::uint8_t>(bit / slots_.size());
  }

  void batch(const Batch& batch) override {
    make_room(batch.dictionary_size());
    if (batch.input() == input::participations)
      participations(batch);
    else
      rows(batch);
  }

  void row(const Row& row) override {
    switch (row.input()) {
      case input::areas:
        return area(row);
      case input::persons:
        return person(row);
      case input::events:
        return event(row);
      case input::memberships:
        return membership(row);
      case input::policies:
        return policy(row);
      default:
        return consultation(row);
    }
  }

  void make_room(std::size_t n_codes) {
    if (n_codes <= persons_.size()) return;
    area_places_.resize(n_codes, kNowhere);
    persons_.resize(n_codes);
    events_.resize(n_codes, kNoEvent);
    policies_.resize(n_codes);
    took_part_.resize(n_codes, TookPart::kNotLooked);
  }

  // ---- Rows. ----------------------------------------------------------------------------------

  void area(const Row& row) {
    const auto code = row.code(names::areas::code);
    if (!code) return;
    remember(*code);
    area_places_[*code] = static_cast<std::uint32_t>(areas_.size());
    areas_.push_back({*code, row.code(names::areas::parent),
                      row.date(names::areas::valid_from).value_or(INT32_MIN),
                      row.date(names::areas::valid_until).value_or(INT32_MAX)});
    minutes_.resize(areas_.size() * n_bits());
    exercises_.resize(areas_.size() * static_cast<std::size_t>(slots_.size()));
    has_persons_.resize(areas_.size());
    has_policies_.resize(areas_.size());
  }

  void person(const Row& row) {
    const auto code = row.code(names::persons::code), home = row.code(names::persons::area);
    if (!code) return;
    Person& person = persons_[*code];
    person.levels = levels_open_to(row.text(names::persons::relationship).value_or(""));
    person.standing = person.levels == 0 ? Standing::kNotCounted : Standing::kCounted;
    person.home = home ? area_places_[*home] : kNowhere;
    if (person.home != kNowhere) {
      has_persons_[person.home] = true;
      return;
    }
    person.standing = Standing::kNotCounted;
    note("person who lives in no known area: left out");
  }

  // Bit per level. Board members and staff are not counted at any.
  std::uint8_t levels_open_to(std::string_view relationship) const {
    constexpr std::uint8_t kAll = 7, kBelowFour = 3;
    if (relationship == "TENANT" || relationship == "MANAGED_OCCUPIER") return kAll;
    if (relationship == "SERVICE_USER") return service_user_l4_ ? kAll : kBelowFour;
    if (relationship == "JOINT_TENANT") return joint_tenant_l4_ ? kAll : kBelowFour;
    return relationship == "HOUSEHOLDER" ? kBelowFour : 0;
  }

  void event(const Row& row) {
    const auto code = row.code(names::events::code);
    const auto day = row.date(names::events::held_on);
    if (!code || !day) return;
    const int slot = slots_.of(*day), level = level_of(row.integer(names::events::level));
    events_[*code] = kElsewhere;
    if (slot < 0) return;
    if (row.is_yes(names::events::cancelled))
      events_[*code] = kCancelledEvent;
    else if (level < 0)
      note("event that is credited to no level from 2 to 4: left out");
    else
      events_[*code] = static_cast<std::uint8_t>(kFirstBit + bit_of(level, slot));
  }

  void membership(const Row& row) {
    const auto who = row.code(names::memberships::person);
    const auto opened = row.date(names::memberships::opened_on);
    if (!who || !opened) return;
    const auto closed = row.date(names::memberships::closed_on);  // the last day, inclusive
    if (closed && *closed < *opened)
      return note("membership that closed before it was opened: left out");
    const qd_date until = closed ? *closed + 1 : INT32_MAX;
    const Mask slots = slots_.sharing(*opened, until);
    if (slots == 0) return;
    const int level = level_of(row.integer(names::memberships::level));
    if (level < 0) return note("membership of no level from 2 to 4: left out");
    Person& person = persons_[*who];
    if (!may_be_involved(person, level, "membership")) return;
    person.engaged = static_cast<std::uint16_t>(person.engaged | slots << bit_of(level, 0));
    for (const auto i : readings_sharing(*opened, until)) {
      const bool at_end = *opened < reading(i).until && reading(i).until <= until;
      if (at_end) person.at_end = static_cast<std::uint16_t>(person.at_end | 1u << (level * 3 + i));
      if (tracing()) trace_membership(person, level, i, at_end, row.source());
    }
  }

  bool may_be_involved(const Person& person, int level, const char* what) const {
    if (person.standing == Standing::kNotCounted) return false;
    if (person.standing == Standing::kUnknown) {
      note(std::string(what) + " of an unknown person: left out");
      return false;
    }
    if ((person.levels >> level & 1) != 0) return true;
    note(std::string(what) + " at level 4 of somebody who may not be involved there: left out");
    return false;
  }

  // The big table: a few loads a row. Everything odd goes to a slower place.
  void participations(const Batch& batch) {
    const auto who = batch.codes(names::participations::person),
               at = batch.codes(names::participations::event),
               status = batch.codes(names::participations::status);
    const auto minutes = batch.integers(names::participations::minutes);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (!who.present(i) || !at.present(i) || !status.present(i)) continue;
      const std::uint8_t place = events_[at[i]];
      if (place == kElsewhere || !took_part(batch, status[i])) continue;
      if (place < kFirstBit) {
        odd_participation(place);
        continue;
      }
      const int bit = place - kFirstBit;
      Person& person = persons_[who[i]];
      const bool plain =
          (person.levels >> level_of_bit(bit) & 1) != 0 && person.standing == Standing::kCounted;
      if (!plain && !may_be_involved(person, level_of_bit(bit), "participation")) continue;
      person.active = static_cast<std::uint16_t>(person.active | 1u << bit);
      add_minutes(person, bit, minutes.at(i));
      if (tracing()) trace_participation(person, bit, batch.source(i));
    }
  }

  void odd_participation(std::uint8_t place) const {
    note(place == kCancelledEvent ? "participation in an event that was cancelled: left out"
                                  : "participation in an unknown event: left out");
  }

  bool took_part(const Batch& batch, Code status) {
    TookPart& known = took_part_[status];
    if (known == TookPart::kNotLooked) {
      const std::string_view text = batch.text(status);
      const bool yes = text == "ATTENDED" || text == "REMOTE" || text == "RESPONDED";
      known = yes ? TookPart::kYes : TookPart::kNo;
    }
    return known == TookPart::kYes;
  }

  void add_minutes(const Person& person, int bit, std::optional<std::int64_t> minutes) {
    if (minutes && *minutes >= 0) {
      minutes_[person.home * n_bits() + static_cast<std::size_t>(bit)] += *minutes;
      return;
    }
    note(minutes ? "participation of less than 0 minutes: hours not counted"
                 : "participation without minutes: hours not counted");
  }

  void policy(const Row& row) {
    const auto code = row.code(names::policies::code), where = row.code(names::policies::area);
    if (!code || !where) return;
    policies_[*code].area = area_places_[*where];
    if (policies_[*code].area == kNowhere) return note("policy of no known area: left out");
    has_policies_[policies_[*code].area] = true;
  }

  // The closing date is the one that counts; a consultation still open counts nowhere.
  void consultation(const Row& row) {
    const auto code = row.code(names::consultations::policy);
    const auto closed = row.date(names::consultations::closed_on);
    if (!code || !closed) return;
    const int slot = slots_.of(*closed);
    if (slot < 0) return;
    Policy& policy = policies_[*code];
    if (policy.area == kNowhere) return note("consultation on an unknown policy: left out");
    policy.consulted |= Mask{1} << slot;
    ++exercises_[policy.area * static_cast<std::size_t>(slots_.size()) +
                 static_cast<std::size_t>(slot)];
    const Code area = areas_[policy.area].code;
    for (const auto i : readings_with(closed)) {
      trace({indicator::INV3, i, area}, row.source());
      trace({indicator::INV3e, i, area}, row.source());
    }
  }

  // ---- Explaining. ----------------------------------------------------------------------------

  void trace_membership(const Person& person, int level, std::uint32_t i, bool at_end,
                        const Source& source) const {
    const Code home = areas_[person.home].code;
    trace({indicator::INV1, i, home, levels_[level]}, source);
    trace({indicator::INV1_T, i, home}, source);
    if (at_end) trace({indicator::INV1e, i, home, levels_[level]}, source);
  }

  void trace_participation(const Person& person, int bit, const Source& source) const {
    const Code home = areas_[person.home].code;
    const std::uint32_t level = levels_[level_of_bit(bit)];
    for (std::uint32_t i = 0; i < n_readings(); ++i) {
      if ((of_reading(i, level_of_bit(bit)) >> bit & 1) == 0) continue;
      trace({indicator::INV1a, i, home, level}, source);
      trace({indicator::INV1a_T, i, home}, source);
      trace({indicator::INV2, i, home, level}, source);
      trace({indicator::INV2_T, i, home}, source);
    }
  }

  // ---- What is kept. --------------------------------------------------------------------------

  // Level and slot bits of a reading, for one level and for all.
  Mask of_reading(std::uint32_t i, int level) const {
    return slots_.of_reading(i) << bit_of(level, 0);
  }
  Mask of_reading(std::uint32_t i) const {
    return of_reading(i, 0) | of_reading(i, 1) | of_reading(i, 2);
  }

  // By place: whether its landlord has any person, or any policy, in the register. One that keeps
  // no register has no figure; 0 would say that nobody was engaged.
  std::vector<bool> kept_by_landlord(const std::vector<bool>& there) const {
    std::vector<bool> at_top(areas_.size()), kept(areas_.size());
    for (std::uint32_t place = 0; place < areas_.size(); ++place)
      if (there[place]) at_top[top_of(place)] = true;
    for (std::uint32_t place = 0; place < areas_.size(); ++place)
      kept[place] = at_top[top_of(place)];
    return kept;
  }
  // The host refuses a tree that goes round in a circle; here a climb ends all the same.
  std::uint32_t top_of(std::uint32_t place) const {
    for (std::size_t step = 0; step < areas_.size() && areas_[place].parent; ++step) {
      const std::uint32_t above = area_places_[*areas_[place].parent];
      if (above == kNowhere) break;
      place = above;
    }
    return place;
  }

  int bit_of(int level, int slot) const { return level * slots_.size() + slot; }
  int level_of_bit(int bit) const { return level_of_bit_[bit]; }
  std::size_t n_bits() const {
    return std::size_t{kLevels} * static_cast<std::size_t>(slots_.size());
  }
  static int level_of(std::optional<std::int64_t> level) {
    const bool known = level && *level >= kFirstLevel && *level < kFirstLevel + kLevels;
    return known ? static_cast<int>(*level) - kFirstLevel : -1;
  }

  Slots slots_;
  bool service_user_l4_ = false, joint_tenant_l4_ = false;
  std::uint32_t levels_[kLevels] = {};  // breakdowns
  std::uint8_t level_of_bit_[kLevels * Slots::kMost] = {};

  std::vector<Area> areas_;
  std::vector<std::uint32_t> area_places_;        // by code
  std::vector<Person> persons_;                   // by code
  std::vector<std::uint8_t> events_;              // by code
  std::vector<Policy> policies_;                  // by code
  std::vector<TookPart> took_part_;               // by code of a status
  std::vector<std::int64_t> minutes_;             // by area, level, slot
  std::vector<std::int64_t> exercises_;           // by area, slot
  std::vector<bool> has_persons_, has_policies_;  // by area
};

}  // namespace involvement
