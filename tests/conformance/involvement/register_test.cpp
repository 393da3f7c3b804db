// Rules of the involvement measures over generated registers, driven through the host of cases.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "tests/support/in_process_runs.hpp"

namespace qd::cases {
namespace {

const test::LoadedFamily& family() {
  static const test::LoadedFamily loaded(QUARTERDAY_FAMILY_DIR "/involvement.so");
  return loaded;
}

std::vector<Field> fields_at(int line, const std::vector<std::string>& texts) {
  std::vector<Field> fields;
  for (const std::string& text : texts) fields.push_back({{line, 1}, text});
  return fields;
}

Table table(const std::string& name, const std::vector<std::string>& columns) {
  Table made;
  made.name = name;
  made.columns = fields_at(1, columns);
  return made;
}

void add(Table& to, const std::vector<std::string>& texts) {
  to.rows.push_back(fields_at(static_cast<int>(to.rows.size()) + 2, texts));
}

// But for one whose key, the first n_key columns, is there already.
void add_unless_there(Table& to, const std::vector<std::string>& texts, std::size_t n_key) {
  for (const auto& row : to.rows)
    if (std::equal(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(n_key), texts.begin(),
                   [](const Field& field, const std::string& text) { return field.text == text; }))
      return;
  add(to, texts);
}

std::string pick(const std::vector<std::string>& from) { return *rc::gen::elementOf(from); }
int number(int from, int until) { return *rc::gen::inRange(from, until); }
std::string numbered(const std::string& name, int most) {
  return name + std::to_string(number(0, most));
}

// A day of 2018 or 2019: before, in and after the year that is computed.
std::string day() {
  const std::string text = std::to_string(number(1, 29));
  const std::string month = std::to_string(number(1, 13));
  return pick({"2018-", "2018-", "2019-"}) + (month.size() == 1 ? "0" : "") + month +
         (text.size() == 1 ? "-0" : "-") + text;
}

constexpr int kPersons = 8, kEvents = 6, kPolicies = 4;

Table areas() {
  Table made = table("areas", {"code", "parent", "valid_from"});
  add(made, {"L", "", "2000-01-01"});
  for (const char* area : {"A0", "A1", "A2"}) add(made, {area, "L", "2000-01-01"});
  return made;
}

Table persons() {
  Table made = table("persons", {"code", "relationship", "area"});
  for (int i = 0; i < kPersons; ++i)
    add(made,
        {"P" + std::to_string(i),
         pick({"TENANT", "TENANT", "SERVICE_USER", "HOUSEHOLDER", "STAFF"}), numbered("A", 3)});
  return made;
}

Table memberships() {
  Table made = table("memberships", {"person", "level", "opened_on", "closed_on"});
  for (int i = number(0, 15); i > 0; --i) {
    const std::string opened = day(), closed = number(0, 2) == 0 ? "" : std::max(opened, day());
    add_unless_there(made, {numbered("P", kPersons), std::to_string(number(2, 5)), opened, closed},
                     3);
  }
  return made;
}

Table events() {
  Table made = table("events", {"code", "level", "held_on", "cancelled"});
  for (int i = 0; i < kEvents; ++i)
    add(made, {"E" + std::to_string(i), std::to_string(number(2, 5)), day(),
               number(0, 5) == 0 ? "1" : ""});
  return made;
}

Table participations() {
  Table made = table("participations", {"person", "event", "status", "minutes"});
  for (int i = number(0, 25); i > 0; --i)
    add_unless_there(made,
                     {numbered("P", kPersons), numbered("E", kEvents),
                      pick({"ATTENDED", "REMOTE", "RESPONDED", "ABSENT"}),
                      number(0, 6) == 0 ? "" : std::to_string(number(0, 200))},
                     2);
  return made;
}

Table policies() {
  Table made = table("policies", {"code", "area"});
  for (int i = 0; i < kPolicies; ++i) add(made, {"Y" + std::to_string(i), pick({"L", "A0", "A1"})});
  return made;
}

Table consultations() {
  Table made = table("consultations", {"policy", "closed_on"});
  for (int i = number(0, 10); i > 0; --i)
    add(made, {numbered("Y", kPolicies), number(0, 4) == 0 ? "" : day()});
  return made;
}

Case generated_register() {
  Case made;
  made.tables = {areas(),          persons(),  events(),       memberships(),
                 participations(), policies(), consultations()};
  return made;
}

// numerator by indicator, area and breakdown
using Figures = std::map<std::string, std::int64_t>;

Figures figures(const Case& given, const std::string& period, Reading reading) {
  Case one = given;
  one.readings = {reading};
  Expected expected;
  expected.period = period;
  auto input = read_input(family().family, one, expected);
  RC_ASSERT(input.has_value());
  std::vector<std::string> differences;
  const auto outcome = run_steadily(test::in_process_runs(family()), *input, differences);
  RC_ASSERT(differences.empty());
  RC_ASSERT(outcome.has_value());
  RC_ASSERT(!outcome->failure);
  Figures found;
  for (const Fact& fact : outcome->facts)
    found[fact.indicator + " " + fact.area + " " + fact.breakdown] = fact.numerator.millionths;
  return found;
}

std::vector<Figures> quarters(const Case& given) {
  std::vector<Figures> found;
  for (const char* quarter : {"Q1", "Q2", "Q3", "Q4"})
    found.push_back(figures(given, std::string("FY2018-19-") + quarter, Reading::kQuarter));
  return found;
}

bool adds_up(const std::string& key) {
  return key.rfind("INV2", 0) == 0 || key.rfind("INV3e", 0) == 0;
}

RC_GTEST_PROP(Register, a_year_lies_between_its_largest_quarter_and_the_sum_of_quarters, ()) {
  const Case given = generated_register();
  const Figures year = figures(given, "FY2018-19", Reading::kYear);
  const auto parts = quarters(given);
  for (const auto& [key, value] : year) {
    if (key.rfind("INV1e", 0) == 0) continue;
    std::int64_t sum = 0, largest = 0;
    for (const Figures& quarter : parts) {
      sum += quarter.at(key);
      largest = std::max(largest, quarter.at(key));
    }
    RC_ASSERT(largest <= value);
    RC_ASSERT(value <= sum);
    if (adds_up(key)) RC_ASSERT(value == sum);
  }
}

RC_GTEST_PROP(Register, the_year_so_far_in_the_last_quarter_is_the_year, ()) {
  const Case given = generated_register();
  RC_ASSERT(figures(given, "FY2018-19-Q4", Reading::kYearToDate) ==
            figures(given, "FY2018-19", Reading::kYear));
}

RC_GTEST_PROP(Register, a_total_lies_between_its_largest_level_and_the_sum_of_levels, ()) {
  const Figures year = figures(generated_register(), "FY2018-19", Reading::kYear);
  for (const char* area : {"L", "A0", "A1", "A2"})
    for (const char* indicator : {"INV1", "INV1a"}) {
      const std::string id = indicator, where = std::string(" ") + area + " ";
      const std::int64_t two = year.at(id + where + "level=2"),
                         three = year.at(id + where + "level=3"),
                         four = year.at(id + where + "level=4"), total = year.at(id + ".T" + where);
      RC_ASSERT(std::max({two, three, four}) <= total);
      RC_ASSERT(total <= two + three + four);
    }
}

RC_GTEST_PROP(Register, people_of_the_landlord_are_those_of_its_areas, ()) {
  const Figures year = figures(generated_register(), "FY2018-19", Reading::kYear);
  for (const char* indicator : {"INV1.T", "INV1a.T", "INV2.T"}) {
    const std::string id = indicator;
    RC_ASSERT(year.at(id + " L ") ==
              year.at(id + " A0 ") + year.at(id + " A1 ") + year.at(id + " A2 "));
  }
}

}  // namespace
}  // namespace qd::cases
