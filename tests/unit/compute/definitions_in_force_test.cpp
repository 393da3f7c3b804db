// Which definitions reach a family: those of its own that hold on some day of the readings.
#include <gtest/gtest.h>

#include "core/compute/computation.hpp"

namespace qd {
namespace {

using Texts = std::vector<std::string>;

Definition defined(std::string code, int version, Date from, std::optional<Date> until,
                   bool captured) {
  Definition definition;
  definition.code = std::move(code);
  definition.version = version;
  definition.family = "walks";
  definition.effective_from = from;
  definition.effective_until = until;
  definition.captured = captured;
  return definition;
}

// The quarter and the year so far of FY2026-27-Q2: from 1 July, and from 1 April, to 30 September.
Texts in_force(const std::vector<Definition>& declared, const std::vector<Definition>& captured,
               Texts* notes_said = nullptr) {
  Family family;
  family.id = "walks";
  family.indicators = declared;
  std::vector<RunNote> notes;
  Texts found;
  for (const Definition& definition :
       compute::definitions_in_force(captured, family, Period::quarter(2026, 2).readings(), notes))
    found.push_back(definition.code + " " + std::to_string(definition.version));
  if (notes_said)
    for (const RunNote& note : notes) notes_said->push_back(note.message);
  return found;
}

const Date kFirst = make_date(2026, 4, 1), kAfter = make_date(2026, 10, 1);
constexpr std::chrono::days kDay{1};

TEST(InForce, FromTheFirstDayOfTheReadingsToTheirLast) {
  for (const bool captured : {false, true}) {
    const auto holds = [&](Date from, std::optional<Date> until) {
      const std::vector<Definition> one = {defined("walks.x", 1, from, until, captured)};
      return captured ? in_force({}, one).size() : in_force(one, {}).size();
    };
    const Date before = make_date(2020, 1, 1);
    EXPECT_EQ(holds(before, std::nullopt), 1u);
    EXPECT_EQ(holds(before, kFirst), 0u);         // ended on the day before
    EXPECT_EQ(holds(before, kFirst + kDay), 1u);  // held on the first day
    EXPECT_EQ(holds(kAfter - kDay, std::nullopt), 1u);
    EXPECT_EQ(holds(kAfter, std::nullopt), 0u);
  }
}

TEST(InForce, DeclaredAndCapturedAlikeInOneList) {
  EXPECT_EQ(in_force({defined("walks.a", 1, kFirst, kAfter - kDay, false),
                      defined("walks.a", 2, kAfter - kDay, std::nullopt, false)},
                     {defined("C1", 1, kFirst, std::nullopt, true)}),
            (Texts{"walks.a 1", "walks.a 2", "C1 1"}));
}

TEST(InForce, OfAnotherFamilyOrKeptWithFactsOnlyAreNotLent) {
  auto others = defined("C1", 1, kFirst, std::nullopt, true);
  others.family = "talks";
  EXPECT_EQ(in_force({}, {others, defined("walks.old", 1, kFirst, std::nullopt, false)}), Texts{});
}

TEST(InForce, OneThatCannotBeComputedIsLeftOutWithANote) {
  auto odd = defined("C1", 3, kFirst, std::nullopt, true);
  odd.divisor = 0;
  Texts notes;
  EXPECT_EQ(in_force({}, {odd}, &notes), Texts{});
  EXPECT_EQ(notes,
            Texts{"definition C1 version 3 left out: multiplier and divisor must lie between "
                  "1 and 1,000,000,000"});
}

}  // namespace
}  // namespace qd
