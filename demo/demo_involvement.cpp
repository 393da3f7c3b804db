// Two and a half years of residents' involvement, month by month.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "demo/demo_parts.hpp"

namespace qd::demo {
namespace {

using std::chrono::days;
using std::chrono::months;

constexpr int kPersons = 240;
constexpr int kLevels[] = {2, 3, 4};

// Caps and monthly time of the strategy; level 2's cap is a planning ceiling.
int cap_of(int level) { return level == 2 ? 100 : level == 3 ? 20 : 12; }
int minutes_a_month(int level) { return level == 2 ? 115 : level == 3 ? 145 : 240; }

struct Person {
  std::string code;
  std::string relationship;
  int level = 0;  // held now; 0: none
  Date opened{};
  const char* role = "MEMBER";

  bool eligible(int wanted) const {
    const bool full = relationship == "TENANT" || relationship == "SERVICE_USER" ||
                      relationship == "MANAGED_OCCUPIER";
    return wanted < 4 || full;
  }
};

std::string relationship_of(Dice& dice) {
  const int roll = dice.below(100);
  if (roll < 72) return "TENANT";
  if (roll < 80) return "JOINT_TENANT";
  if (roll < 88) return "HOUSEHOLDER";
  return roll < 92 ? "MANAGED_OCCUPIER" : "SERVICE_USER";
}

std::string any_estate(Dice& dice) {
  const auto& all = neighbourhoods();
  const auto& place = all[static_cast<std::size_t>(dice.below(static_cast<int>(all.size())))];
  return estate_code(place, static_cast<std::size_t>(dice.below(3)));
}

// An occasion of the strategy's calendar: what, at which level, on which day of which month.
struct Occasion {
  const char* type;
  int level;
  int month;  // 1 to 12; 0: every month
  int day;
  int minutes;
  int turnout;  // percent of those who may come
  const char* title;
};

// Five panel meetings, three service reviews and one training day a year at level 4.
constexpr Occasion kCalendar[] = {
    {"PANEL_MEETING", 4, 4, 22, 150, 84, "Tenant Scrutiny Panel"},
    {"PANEL_MEETING", 4, 7, 8, 150, 82, "Tenant Scrutiny Panel"},
    {"PANEL_MEETING", 4, 9, 16, 150, 85, "Tenant Scrutiny Panel"},
    {"PANEL_MEETING", 4, 11, 18, 150, 80, "Tenant Scrutiny Panel"},
    {"PANEL_MEETING", 4, 2, 10, 150, 81, "Tenant Scrutiny Panel"},
    {"SERVICE_REVIEW", 4, 5, 14, 180, 70, "Review of repairs"},
    {"SERVICE_REVIEW", 4, 10, 7, 180, 72, "Review of complaints"},
    {"SERVICE_REVIEW", 4, 1, 20, 180, 66, "Review of cleaning and grounds"},
    {"TRAINING", 4, 6, 11, 120, 75, "Inclusion and diversity"},
    {"CONSULTATION", 4, 8, 5, 60, 70, "Reading a draft policy"},
    {"CONSULTATION", 4, 12, 2, 60, 70, "Reading a draft policy"},
    {"CONSULTATION", 4, 3, 3, 60, 70, "Reading a draft policy"},
    {"INSPECTION", 3, 5, 20, 90, 55, "Estate walkabout"},
    {"INSPECTION", 3, 8, 19, 90, 50, "Estate walkabout"},
    {"INSPECTION", 3, 11, 4, 90, 45, "Estate walkabout"},
    {"INSPECTION", 3, 2, 24, 90, 40, "Estate walkabout"},
    {"EDITORIAL", 3, 6, 3, 60, 60, "Brighter Futures newsletter"},
    {"EDITORIAL", 3, 9, 2, 60, 60, "Brighter Futures newsletter"},
    {"EDITORIAL", 3, 12, 9, 60, 60, "Brighter Futures newsletter"},
    {"EDITORIAL", 3, 3, 10, 60, 60, "Brighter Futures newsletter"},
    {"FOCUS", 3, 4, 29, 120, 45, "Focus group"},
    {"FOCUS", 3, 10, 21, 120, 45, "Focus group"},
    {"SURVEY", 2, 0, 15, 20, 30, "Short survey"},
    {"FEEDBACK", 2, 5, 6, 30, 35, "Comments on letters"},
    {"FEEDBACK", 2, 8, 12, 30, 32, "Comments on letters"},
    {"FEEDBACK", 2, 11, 11, 30, 36, "Comments on letters"},
    {"FEEDBACK", 2, 2, 17, 30, 33, "Comments on letters"},
    {"SOCIAL", 2, 7, 26, 90, 40, "Summer gathering"},
};

class Involvement {
 public:
  Involvement(DemoFiles& files, unsigned seed) : files_(files), dice_(seed, "involvement") {}

  void run() {
    add_persons();
    const Date first = make_date(2024, 4, 1);
    start(first - days(120));
    for (int month = 0; month < 30; ++month) {
      const std::chrono::year_month_day day{first};
      run_month(Date{day + months(month)});
    }
    for (auto& person : persons_) {
      if (person.level != 0) write_membership(person, std::nullopt, "");
    }
  }

 private:
  void add_persons();
  void start(Date day);
  void run_month(Date first_day);
  void leave(Date first_day);
  void join(Date first_day, int level);
  void hold(const Occasion& occasion, Date day);
  void take_part(const Occasion& occasion, const std::string& event, Person& person);
  void staff_attend(const std::string& event);
  void write_membership(const Person& person, std::optional<Date> closed,
                        const std::string& reason);
  void write_participation(const std::string& person, const std::string& event,
                           const std::string& status, int minutes);
  void elect(const char* role);
  int members(int level) const;

  DemoFiles& files_;
  Dice dice_;
  std::vector<Person> persons_;
  std::map<std::string, int> minutes_;  // of this month, by person
  int n_events_ = 0;
};

void Involvement::add_persons() {
  for (int i = 1; i <= kPersons; ++i) {
    persons_.push_back({fmt::format("P{:04}", i), relationship_of(dice_), 0, {}, "MEMBER"});
    files_.add("persons", {{"code", persons_.back().code},
                           {"relationship", persons_.back().relationship},
                           {"area", any_estate(dice_)}});
  }
  const std::pair<const char*, const char*> others[] = {
      {"P0901", "BOARD_MEMBER"}, {"P0902", "STAFF"}, {"P0903", "STAFF"}, {"P0904", "STAFF"}};
  for (const auto& [code, relationship] : others) {
    files_.add("persons", {{"code", code}, {"relationship", relationship}, {"area", "DEMO-H4W"}});
  }
}

int Involvement::members(int level) const {
  return static_cast<int>(std::count_if(persons_.begin(), persons_.end(),
                                        [&](const Person& p) { return p.level == level; }));
}

void Involvement::start(Date day) {
  for (int i = 0; i < 9; ++i) join(day, 4);
  for (int i = 0; i < 14; ++i) join(day, 3);
  for (int i = 0; i < 64; ++i) join(day, 2);
}

// The panel is never long without a chair or a deputy: the first plain member takes the part.
void Involvement::elect(const char* role) {
  Person* free = nullptr;
  for (auto& person : persons_) {
    if (person.level != 4) continue;
    if (std::string_view(person.role) == role) return;
    if (free == nullptr && std::string_view(person.role) == "MEMBER") free = &person;
  }
  if (free != nullptr) free->role = role;
}

// Somebody new, or at level 3 and 4 now and then somebody from the level below.
void Involvement::join(Date first_day, int level) {
  if (members(level) >= cap_of(level)) return;
  const bool promoted = level > 2 && members(level - 1) > 5 && dice_.chance(50);
  for (int tries = 0; tries < 200; ++tries) {
    Person& person = persons_[static_cast<std::size_t>(dice_.below(kPersons))];
    const int wanted = promoted ? level - 1 : 0;
    if (person.level != wanted || !person.eligible(level) || person.opened == first_day) continue;
    if (promoted) write_membership(person, first_day - days(1), "MOVED_LEVEL");
    person.level = level;
    person.opened = first_day;
    person.role = "MEMBER";
    return;
  }
}

void Involvement::leave(Date first_day) {
  for (auto& person : persons_) {
    const bool settled = person.level != 0 && first_day - person.opened > days(60);
    if (!settled || !dice_.chance(2)) continue;
    write_membership(person, first_day - days(1), dice_.chance(30) ? "INELIGIBLE" : "STEPPED_DOWN");
    person.level = 0;
    person.opened = first_day;
  }
}

void Involvement::run_month(Date first_day) {
  minutes_.clear();
  leave(first_day);
  for (const int level : kLevels) {
    const int most = level == 2 ? 5 : 1;
    for (int i = dice_.between(0, most); i > 0; --i) join(first_day, level);
  }
  elect("CHAIR");
  elect("DEPUTY");
  const std::chrono::year_month_day date{first_day};
  const auto month = static_cast<int>(static_cast<unsigned>(date.month()));
  for (const auto& occasion : kCalendar) {
    if (occasion.month == 0 || occasion.month == month) {
      hold(occasion, first_day + days(occasion.day - 1));
    }
  }
}

void Involvement::hold(const Occasion& occasion, Date day) {
  const std::string event = fmt::format("EV{:04}", ++n_events_);
  const bool cancelled = day == make_date(2025, 11, 18);  // a panel meeting in the snow
  files_.add("events", {{"code", event},
                        {"type", occasion.type},
                        {"level", std::to_string(occasion.level)},
                        {"held_on", to_text(day)},
                        {"minutes", std::to_string(occasion.minutes)},
                        {"cancelled", cancelled ? "1" : "0"},
                        {"title", fmt::format("{} (synthetic)", occasion.title)}});
  if (cancelled) return;
  for (auto& person : persons_) {
    if (person.level == occasion.level) take_part(occasion, event, person);
  }
  if (std::string_view(occasion.type) == "PANEL_MEETING") staff_attend(event);
}

void Involvement::take_part(const Occasion& occasion, const std::string& event, Person& person) {
  int& spent = minutes_[person.code];
  const bool meeting = occasion.level == 4;
  const int left = minutes_a_month(occasion.level) - spent;
  if (!dice_.chance(occasion.turnout) || left < 10) {
    if (meeting) {
      write_participation(person.code, event, dice_.chance(70) ? "APOLOGIES" : "ABSENT", 0);
    }
    return;
  }
  const int stayed = occasion.minutes - 5 * dice_.below(4);
  const int minutes = std::min({stayed, occasion.minutes, left});
  spent += minutes;
  const bool written = occasion.level == 2 && occasion.minutes < 60;
  const std::string status = written ? "RESPONDED" : dice_.chance(15) ? "REMOTE" : "ATTENDED";
  write_participation(person.code, event, status, minutes);
}

void Involvement::staff_attend(const std::string& event) {
  for (const char* code : {"P0901", "P0902", "P0903", "P0904"}) {
    if (dice_.chance(85)) write_participation(code, event, "ATTENDED", 150);
  }
}

void Involvement::write_membership(const Person& person, std::optional<Date> closed,
                                   const std::string& reason) {
  files_.add("memberships", {{"person", person.code},
                             {"level", std::to_string(person.level)},
                             {"opened_on", to_text(person.opened)},
                             {"closed_on", closed ? to_text(*closed) : ""},
                             {"close_reason", reason},
                             {"role", person.role}});
}

void Involvement::write_participation(const std::string& person, const std::string& event,
                                      const std::string& status, int minutes) {
  files_.add("participations", {{"person", person},
                                {"event", event},
                                {"status", status},
                                {"minutes", minutes > 0 ? std::to_string(minutes) : ""}});
}

}  // namespace

void add_involvement(DemoFiles& files, unsigned seed) { Involvement(files, seed).run(); }

}  // namespace qd::demo
