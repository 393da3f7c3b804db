// Every figure is given as its reader may see it, whichever way it is asked for.
#include "core/reading/disclosure/disclosed_figures.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <utility>

#include "core/reading/stages/store_reader.hpp"
#include "tests/support/memory_fact_store.hpp"

namespace qd::test {
namespace {

bool anything(const FigureView&) { return true; }

using reading::disclosure::DecisionKeeper;
using reading::disclosure::DisclosedFigures;
using reading::disclosure::Why;

using enum Audience;

// Answers whatever it is asked with everything that is stored: a store that is ahead of the
// question.
class Everything final : public reading::stages::FigureReader {
 public:
  explicit Everything(MemoryFactStore& store) : store_(store) {}
  Result<std::unique_ptr<reading::FigureReading>> open(const FactQuery&) override {
    FactQuery all;
    for (const Run& run : store_.runs_) all.runs.push_back(run.id);
    return reading::stages::StoreReader(store_).open(all);
  }

 private:
  MemoryFactStore& store_;
};

class Door : public ::testing::Test {
 protected:
  Door() {
    store_.areas_ = {{"L", "L", "landlord", "", make_date(2020, 4, 1), {}}};
    for (const char* code : {"E1", "E2", "E3"})
      store_.areas_.push_back({code, code, "estate", "L", make_date(2020, 4, 1), {}});
    people_.code = "P";
    people_.aggregation = Aggregation::kDistinctCount;
    things_ = people_;
    things_.code = "T";
    things_.counts = Counted::kThings;
    total_ = people_;
    total_.code = "B.T";
    total_.subjects = "involved";
    by_level_ = total_;
    by_level_.code = "B";
    by_level_.breakdowns = by_level_.overlapping = {"level"};
    special_ = people_;
    special_.code = "S";
    special_.breakdowns = special_.special_category = {"ethnicity"};
  }

  Fact fact(const Definition& definition, const std::string& area, std::int64_t number,
            const std::string& breakdown = "") const {
    Fact made;
    made.indicator = definition.code;
    made.area = area;
    made.period = period_;
    made.reading = period_.size() > 9 ? Reading::kQuarter : Reading::kYear;
    made.breakdown = breakdown;
    made.numerator = Number::of(number);
    return made;
  }
  std::vector<Fact> counted(const Definition& definition,
                            const std::map<std::string, std::int64_t>& numbers) const {
    std::vector<Fact> facts;
    facts.reserve(numbers.size());
    for (const auto& [area, number] : numbers) facts.push_back(fact(definition, area, number));
    return facts;
  }
  std::int64_t complete(std::vector<Fact> facts, std::int64_t finished) {
    ::qd::Run run;
    run.family = family_;
    run.period = period_;
    run.as_of = instant_of(finished);
    run.id = store_.begin_run(run, instant_of(1'000)).value();
    run.finished_at = instant_of(finished);
    EXPECT_TRUE(store_.complete_run(run, {people_, things_, special_, total_, by_level_}, facts));
    return run.id;
  }

  // "E1 20, E2 [c]": every figure of the run, by area and breakdown.
  std::string read(std::int64_t run, Audience audience) {
    FactQuery query;
    query.runs = {run};
    const auto figures = reading::all_of(**door_.open(query, audience));
    std::string text;
    for (const Figure& figure : *figures)
      text += (text.empty() ? "" : ", ") + figure.fact.area + " " +
              (figure.fact.breakdown.empty() ? "" : figure.fact.breakdown + " ") +
              display(figure.fact, figure.definition);
    return text;
  }
  std::string shown(std::int64_t id, Audience audience) {
    const auto figure = door_.fact(id, audience, anything);
    return display((*figure)->fact, (*figure)->definition);
  }

  // One that nothing was computed for.
  std::string next_year() {
    ++n_given_;
    return "FY" + std::to_string(2030 + n_given_) + "-" + std::to_string(31 + n_given_);
  }

  std::string period_ = "FY2026-27-Q1", family_ = "tests";
  std::int64_t n_given_ = 0;
  MemoryFactStore store_;
  Definition people_, things_, special_, total_, by_level_;
  reading::stages::StoreReader reader_{store_};
  DecisionKeeper decisions_{store_, store_, store_};
  DisclosedFigures door_{reader_, store_, store_, decisions_};
};

TEST_F(Door, SmallNumbersOfPeopleAreShownToTheExecutiveAlone) {
  const auto run = complete(counted(people_, {{"L", 54}, {"E1", 1}, {"E2", 22}, {"E3", 31}}), 10);
  EXPECT_EQ(read(run, kExecutive), "E1 1, E2 22, E3 31, L 54");
  EXPECT_EQ(read(run, kBoard), "E1 [c], E2 [c], E3 31, L 54");
  EXPECT_EQ(read(run, kPublic), "E1 [c], E2 [c], E3 30, L 55");
}

// Of the same people in two families: what would protect the one alone, and is the smallest, is
// known from the other. So the second withholds what the first did.
TEST_F(Door, WhatTwoFamiliesSayOfTheSamePeopleIsDecidedTogether) {
  people_.subjects = things_.subjects = "answered";
  people_.family = "tests";
  things_.family = "others";
  things_.counts = Counted::kPeople;
  store_.definitions_ = {people_, things_};
  const auto first = complete(counted(people_, {{"L", 65}, {"E1", 4}, {"E2", 20}, {"E3", 41}}), 10);
  family_ = "others";
  const auto second =
      complete(counted(things_, {{"L", 65}, {"E1", 4}, {"E2", 41}, {"E3", 20}}), 20);
  EXPECT_EQ(read(first, kBoard), "E1 [c], E2 [c], E3 41, L 65");
  EXPECT_EQ(read(second, kBoard), "E1 [c], E2 [c], E3 20, L 65");
}

TEST_F(Door, WhatIsNotOfPeopleIsShownToAll) {
  const auto run = complete(counted(things_, {{"L", 54}, {"E1", 1}, {"E2", 22}, {"E3", 31}}), 10);
  for (Audience audience : {kPublic, kBoard, kExecutive})
    EXPECT_EQ(read(run, audience), "E1 1, E2 22, E3 31, L 54");
}

TEST_F(Door, OneByOneFiguresAreWhatTheyAreTogether) {
  const auto run = complete(counted(people_, {{"L", 54}, {"E1", 1}, {"E2", 22}, {"E3", 31}}), 10);
  const auto first = run * kFactsPerRun;  // E1, E2, E3, L
  EXPECT_EQ(shown(first, kBoard), "[c]");
  EXPECT_EQ(shown(first + 1, kBoard), "[c]");
  EXPECT_EQ(shown(first + 2, kBoard), "31");
  EXPECT_EQ(shown(first + 2, kPublic), "30");
  EXPECT_EQ(shown(first, kExecutive), "1");
  EXPECT_FALSE(door_.fact(first + 4, kBoard, anything).value());
}

TEST_F(Door, AFigureOfThePastIsAsItWasGivenThen) {
  const auto before =
      complete(counted(people_, {{"L", 43}, {"E1", 1}, {"E2", 12}, {"E3", 30}}), 10);
  complete(counted(people_, {{"L", 54}, {"E1", 12}, {"E2", 12}, {"E3", 30}}), 20);
  EXPECT_EQ(shown(before * kFactsPerRun, kBoard), "[c]");
  EXPECT_EQ(shown(before * kFactsPerRun + 1, kBoard), "[c]");
  EXPECT_EQ(shown(before * kFactsPerRun + 2, kBoard), "30");
  EXPECT_EQ(shown((before + 1) * kFactsPerRun, kBoard), "12");
}

// A run that completed while it was found out what is current is shown to nobody who may not see
// everything, until it has been decided upon.
TEST_F(Door, WhatNobodyDecidedUponIsWithheld) {
  complete(counted(people_, {{"L", 60}, {"E1", 30}, {"E2", 30}}), 10);
  Everything ahead(store_);
  DisclosedFigures door(ahead, store_, store_, decisions_);
  FactQuery present;
  present.data_version = 1;
  ASSERT_TRUE(door.open(present, kBoard));
  period_ = "FY2026-27-Q2";
  complete(counted(people_, {{"L", 60}, {"E1", 30}, {"E2", 30}}), 20);
  const auto figures = reading::all_of(**door.open(present, kBoard));
  ASSERT_EQ(figures->size(), 6U);
  for (const Figure& figure : *figures)
    EXPECT_EQ(figure.fact.null_reason == NullReason::kSuppressed, figure.fact.run == 2);
  present.data_version = 2;
  const auto decided = reading::all_of(**door.open(present, kBoard));
  for (const Figure& figure : *decided) EXPECT_EQ(figure.fact.null_reason, NullReason::kHasValue);
}

TEST_F(Door, WhatCannotBeDecidedUponIsNotRead) {
  const auto run = complete(counted(people_, {{"L", 60}}), 10);
  FactQuery query;
  query.data_version = 1;
  store_.on_call = [] { return fail(ErrorCode::kStoreUnavailable, "gone"); };
  const auto opened = door_.open(query, kBoard);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kStoreUnavailable);
  EXPECT_FALSE(door_.fact(run * kFactsPerRun, kBoard, anything));
}

TEST_F(Door, AnAreaThatIsInNoTreeIsWithheld) {
  const auto run = complete(counted(people_, {{"L", 60}, {"elsewhere", 30}}), 10);
  EXPECT_EQ(read(run, kBoard), "L 60, elsewhere [c]");
}

// Of a share three numbers of people can be read: those who said so, those who did not, and all.
TEST_F(Door, OfAShareThoseWhoDidNotSaySoAreProtectedToo) {
  Definition share = people_;
  share.code = "P";
  share.denominator = "answers";
  share.multiplier = 100;
  share.aggregation = Aggregation::kSurveyProportion;
  share.part_of_whole = true;
  people_ = share;
  const auto given = [&](int part, int whole) {
    period_ = next_year();
    Fact one = fact(share, "L", part);
    one.denominator = Number::of(whole);
    return read(complete({one}, 10 * n_given_), kBoard);
  };
  EXPECT_EQ(given(15, 30), "L 50");
  EXPECT_EQ(given(5, 30), "L 17");
  EXPECT_EQ(given(4, 30), "L [c]");
  EXPECT_EQ(given(25, 30), "L 83");
  EXPECT_EQ(given(26, 30), "L [c]") << "four did not";
  EXPECT_EQ(given(30, 30), "L 100");
  EXPECT_EQ(given(0, 4), "L [c]") << "four were asked";
}

// Those of the year to date who are not of its last quarter are people, too; the year, which the
// last quarter ends, is given whatever they are.
TEST_F(Door, AYearToDateIsNotGivenNextToAQuarterThatIsAlmostTheSame) {
  const auto to_date = [&](const std::string& in_year, int quarter, int year_to_date) {
    period_ = next_year() + in_year;
    Fact later = fact(people_, "L", year_to_date);
    later.reading = Reading::kYearToDate;
    return read(complete({fact(people_, "L", quarter), later}, 10 * n_given_), kBoard);
  };
  for (const char* period : {"-Q2", "-Q3"}) {
    EXPECT_EQ(to_date(period, 30, 30), "L 30, L 30");
    EXPECT_EQ(to_date(period, 30, 31), "L 30, L [c]");
    EXPECT_EQ(to_date(period, 30, 34), "L 30, L [c]");
    EXPECT_EQ(to_date(period, 30, 35), "L 30, L 35");
  }
  EXPECT_EQ(to_date("-Q4", 30, 31), "L 30, L 31");
}

// What is not recorded is no number of people, in whichever quarter.
TEST_F(Door, WhatIsNotRecordedStandsAsItIs) {
  auto facts = counted(people_, {{"L", 60}, {"E1", 0}, {"E2", 60}});
  complete(facts, 10);
  period_ = "FY2026-27-Q2";
  facts = counted(people_, {{"L", 60}, {"E1", 0}, {"E2", 60}});
  facts[0].null_reason = NullReason::kNotApplicable;
  auto to_date = facts;
  for (Fact& fact : to_date) fact.reading = Reading::kYearToDate;
  facts.insert(facts.end(), to_date.begin(), to_date.end());
  const auto both = complete(facts, 20);
  for (const auto& run : store_.runs_) EXPECT_TRUE(run.finished_at);
  FactQuery query;
  query.runs = {1, both};
  const auto figures = reading::all_of(**door_.open(query, kBoard));
  for (const Figure& figure : *figures)
    EXPECT_NE(figure.fact.null_reason, NullReason::kSuppressed) << figure.fact.area;
}

TEST_F(Door, AFigureOfAPeriodThatIsReadAtNoTimeIsWithheld) {
  period_ = "2026-05";
  auto facts = counted(people_, {{"L", 60}});
  facts[0].reading = Reading::kQuarter;
  EXPECT_EQ(read(complete(facts, 10), kBoard), "L [c]");
}

TEST_F(Door, BySpecialCategoryOnlyWholeYearsAreGivenAndAllOrNone) {
  const auto split = [&](std::int64_t a, std::int64_t b) {
    return std::vector<Fact>{fact(special_, "L", a, "ethnicity=A"),
                             fact(special_, "L", b, "ethnicity=B")};
  };
  const auto quarter = complete(split(40, 30), 10);
  for (Audience audience : {kPublic, kBoard, kExecutive})
    EXPECT_EQ(read(quarter, audience), "L ethnicity=A [c], L ethnicity=B [c]");
  period_ = "FY2026-27";
  EXPECT_EQ(read(complete(split(40, 10), 20), kPublic), "L ethnicity=A 40, L ethnicity=B 10");
  EXPECT_EQ(read(complete(split(40, 9), 30), kPublic), "L ethnicity=A [c], L ethnicity=B [c]");
  EXPECT_EQ(read(complete(split(40, 9), 40), kBoard), "L ethnicity=A 40, L ethnicity=B 9");
  EXPECT_EQ(read(complete(split(40, 5), 50), kExecutive), "L ethnicity=A 40, L ethnicity=B 5");
  EXPECT_EQ(read(complete(split(40, 4), 60), kExecutive), "L ethnicity=A [c], L ethnicity=B [c]");
  EXPECT_EQ(read(complete(split(40, 0), 70), kExecutive), "L ethnicity=A [c], L ethnicity=B [c]")
      << "all alike: it tells what each of them is";
}

TEST_F(Door, TheTotalOfAPlaceStaysWhereItsLevelsGo) {
  const std::map<std::string, std::pair<int, int>> levels = {
      {"E1", {11, 1}}, {"E2", {12, 8}}, {"E3", {17, 8}}, {"L", {40, 17}}};
  std::vector<Fact> facts;
  for (const auto& [area, people] : levels) {
    facts.push_back(fact(total_, area, people.first + people.second));
    facts.push_back(fact(by_level_, area, people.first, "level=2"));
    facts.push_back(fact(by_level_, area, people.second, "level=3"));
  }
  EXPECT_EQ(read(complete(facts, 10), kBoard),
            "E1 level=2 [c], E1 level=3 [c], E2 level=2 [c], E2 level=3 [c], E3 level=2 17, "
            "E3 level=3 8, L level=2 40, L level=3 17, E1 12, E2 20, E3 25, L 57");
}

TEST_F(Door, WhereTheTotalOfAPlaceGoesItsLevelsGoToo) {
  std::vector<Fact> facts;
  for (const auto& [area, people] : std::map<std::string, int>{{"E1", 3}, {"E2", 9}, {"L", 12}})
    for (const Definition& definition : {total_, by_level_})
      facts.push_back(fact(definition, area, people, definition.code == "B" ? "level=2" : ""));
  EXPECT_EQ(read(complete(facts, 10), kBoard),
            "E1 level=2 [c], E2 level=2 [c], L level=2 12, E1 [c], E2 [c], L 12");
}

// 3 could be told from the total and the other two levels: 9 goes with it, and is enough.
TEST_F(Door, OfARootLevelsGoOneByOneUntilNoneCanBeTold) {
  const auto levels = [&](int two, int three, int four) {
    period_ = next_year();
    return std::vector<Fact>{
        fact(total_, "L", two + three + four), fact(by_level_, "L", two, "level=2"),
        fact(by_level_, "L", three, "level=3"), fact(by_level_, "L", four, "level=4")};
  };
  EXPECT_EQ(read(complete(levels(60, 3, 9), 10), kBoard),
            "L level=2 60, L level=3 [c], L level=4 [c], L 72");
  EXPECT_EQ(read(complete(levels(60, 3, 5), 20), kBoard),
            "L level=2 60, L level=3 [c], L level=4 [c], L 68");
  EXPECT_EQ(read(complete(levels(60, 3, 4), 30), kBoard),
            "L level=2 [c], L level=3 [c], L level=4 [c], L 67");
  EXPECT_EQ(read(complete(levels(60, 3, 0), 40), kBoard),
            "L level=2 [c], L level=3 [c], L level=4 0, L 63");
}

// Who has the first figures and the second would know by the difference what was withheld.
TEST_F(Door, WhatWasWithheldStaysSoUntilItHasChangedByFive) {
  const auto computed = [&](int e1, int e2, int e3) {
    ++n_given_;
    return read(
        complete(counted(people_, {{"L", e1 + e2 + e3}, {"E1", e1}, {"E2", e2}, {"E3", e3}}),
                 10 * n_given_),
        kBoard);
  };
  EXPECT_EQ(computed(3, 20, 31), "E1 [c], E2 [c], E3 31, L 54");
  EXPECT_EQ(computed(7, 20, 31), "E1 [c], E2 [c], E3 31, L 58") << "what was shown changes freely";
  EXPECT_EQ(computed(8, 20, 32), "E1 8, E2 [c], E3 32, L 60") << "7 was withheld for 3 alone";
  EXPECT_EQ(computed(8, 24, 32), "E1 8, E2 [c], E3 32, L 64");
  EXPECT_EQ(computed(8, 25, 32), "E1 8, E2 25, E3 32, L 65");
  EXPECT_EQ(computed(8, 16, 32), "E1 8, E2 [c], E3 32, L 56") << "below it, too";
  EXPECT_EQ(computed(8, 15, 32), "E1 8, E2 15, E3 32, L 55");
}

TEST_F(Door, WhatIsPartOfAFigureThatStaysWithheldStaysSo) {
  const auto computed = [&](int e1, std::int64_t finished) {
    std::vector<Fact> facts;
    for (const auto& [area, people] :
         std::map<std::string, int>{{"E1", e1}, {"E2", 30}, {"E3", 40}, {"L", e1 + 70}})
      for (const Definition& definition : {total_, by_level_})
        facts.push_back(fact(definition, area, people, definition.code == "B" ? "level=2" : ""));
    return read(complete(facts, finished), kBoard);
  };
  EXPECT_EQ(computed(4, 10),
            "E1 level=2 [c], E2 level=2 [c], E3 level=2 40, L level=2 74, E1 [c], E2 [c], E3 40, "
            "L 74");
  EXPECT_EQ(computed(8, 20),
            "E1 level=2 [c], E2 level=2 [c], E3 level=2 40, L level=2 78, E1 [c], E2 [c], E3 40, "
            "L 78");
  EXPECT_EQ(computed(9, 30),
            "E1 level=2 9, E2 level=2 [c], E3 level=2 40, L level=2 79, E1 9, E2 [c], E3 40, L 79");
}

TEST_F(Door, OfARootTheLevelThatWasWithheldStaysSoAlone) {
  const auto levels = [&](int two, int three, int four, std::int64_t finished) {
    return read(
        complete({fact(total_, "L", two + three + four), fact(by_level_, "L", two, "level=2"),
                  fact(by_level_, "L", three, "level=3"), fact(by_level_, "L", four, "level=4")},
                 finished),
        kBoard);
  };
  EXPECT_EQ(levels(60, 3, 9, 10), "L level=2 60, L level=3 [c], L level=4 [c], L 72");
  EXPECT_EQ(levels(60, 8, 9, 20), "L level=2 60, L level=3 8, L level=4 [c], L 77");
  EXPECT_EQ(levels(61, 8, 14, 30), "L level=2 61, L level=3 8, L level=4 14, L 83");
}

// The quarter was given when it was alone: what came later cannot take it back.
TEST_F(Door, WhatWasGivenStaysGivenWhateverFollows) {
  const auto first = complete(counted(people_, {{"L", 60}, {"E1", 30}, {"E2", 30}}), 10);
  EXPECT_EQ(read(first, kBoard), "E1 30, E2 30, L 60");
  period_ = "FY2026-27-Q2";
  std::vector<Fact> facts = counted(people_, {{"L", 30}, {"E1", 2}, {"E2", 28}});
  for (auto fact : counted(people_, {{"L", 61}, {"E1", 31}, {"E2", 30}})) {
    fact.reading = Reading::kYearToDate;
    facts.push_back(fact);
  }
  const auto second = complete(facts, 20);
  EXPECT_EQ(read(first, kBoard), "E1 30, E2 30, L 60");
  EXPECT_EQ(read(second, kBoard), "E1 [c], E1 [c], E2 [c], E2 [c], L 30, L [c]");
}

// The year to date of the last quarter and the year are the same figures: what the one told or
// withheld, the other does.
TEST_F(Door, TheYearIsGivenAsItsLastYearToDateWas) {
  const std::map<std::string, std::int64_t> people = {{"L", 54}, {"E1", 1}, {"E2", 22}, {"E3", 31}};
  period_ = "FY2026-27-Q4";
  auto to_date = counted(people_, people);
  for (Fact& fact : to_date) fact.reading = Reading::kYearToDate;
  EXPECT_EQ(read(complete(to_date, 10), kBoard), "E1 [c], E2 [c], E3 31, L 54");
  period_ = "FY2026-27";
  EXPECT_EQ(read(complete(counted(people_, people), 20), kBoard), "E1 [c], E2 [c], E3 31, L 54");
}

// What the year to date told already protects nobody in the year; what is another number now does.
TEST_F(Door, TheYearIsProtectedByWhatItsLastYearToDateDidNotTell) {
  period_ = "FY2026-27-Q4";
  auto to_date = counted(people_, {{"L", 110}, {"E1", 30}, {"E2", 10}, {"E3", 70}});
  for (Fact& fact : to_date) fact.reading = Reading::kYearToDate;
  const auto before = complete(to_date, 10);
  EXPECT_EQ(read(before, kBoard), "E1 30, E2 10, E3 70, L 110");
  period_ = "FY2026-27";
  EXPECT_EQ(
      read(complete(counted(people_, {{"L", 84}, {"E1", 4}, {"E2", 10}, {"E3", 70}}), 20), kBoard),
      "E1 [c], E2 10, E3 70, L [c]");
  EXPECT_EQ(read(before, kBoard), "E1 30, E2 10, E3 70, L 110") << "that was given";
}

// Of the landlord as a whole single levels are withheld, also for their distance to another figure.
TEST_F(Door, OfARootALevelsYearToDateIsNotGivenNextToAlmostTheSame) {
  period_ = "FY2026-27-Q2";
  std::vector<Fact> facts;
  const auto add = [&](Reading reading, int two, int three, int four) {
    for (Fact one :
         {fact(total_, "L", two + three + four), fact(by_level_, "L", two, "level=2"),
          fact(by_level_, "L", three, "level=3"), fact(by_level_, "L", four, "level=4")}) {
      one.reading = reading;
      facts.push_back(one);
    }
  };
  add(Reading::kQuarter, 60, 30, 20);
  add(Reading::kYearToDate, 70, 40, 22);
  EXPECT_EQ(read(complete(facts, 10), kBoard),
            "L level=2 60, L level=3 30, L level=4 20, L level=2 70, L level=3 [c], L level=4 [c], "
            "L 110, L 132");
}

// Somebody who computes every night has many runs; a server that starts anew decides as the one did
// that was there all the time.
TEST_F(Door, HoweverOftenAQuarterIsComputedTheOthersStay) {
  complete(counted(people_, {{"L", 60}, {"E1", 30}, {"E2", 30}}), 10);
  period_ = "FY2026-27-Q2";
  for (std::int64_t night = 0; night < 120; ++night) {
    const std::int64_t people = 1 + night / 10;
    complete(counted(people_, {{"L", 40 + people}, {"E1", people}, {"E2", 40}}), 20 + night);
    ASSERT_TRUE(decisions_.about({}, kBoard));
  }
  DecisionKeeper anew(store_, store_, store_);
  DisclosedFigures door(reader_, store_, store_, anew);
  for (DisclosedFigures* one : {&door_, &door}) {
    const auto figures = reading::all_of(**one->open({}, kBoard));
    std::string text;
    for (const Figure& figure : *figures)
      text += figure.fact.area + " " + display(figure.fact, figure.definition) + " ";
    EXPECT_EQ(text, "E1 30 E1 12 E2 30 E2 [c] L 60 L 52 ");
  }
}

// Another run knew more when it completed: nobody was ever given this one.
TEST_F(Door, ARunThatWasNeverCurrentIsWithheld) {
  complete(counted(people_, {{"L", 60}}), 10);
  ::qd::Run late;
  late.family = "tests";
  late.period = period_;
  late.as_of = instant_of(5);
  late.id = store_.begin_run(late, instant_of(1'000)).value();
  late.finished_at = instant_of(20);
  auto facts = counted(people_, {{"L", 70}});
  ASSERT_TRUE(store_.complete_run(late, {people_}, facts));
  EXPECT_EQ(read(late.id, kBoard), "L [c]");
  EXPECT_EQ(read(1, kBoard), "L 60");
}

TEST_F(Door, RowsBehindAFigureOfPeopleAreToldToTheExecutiveAlone) {
  Figure of_people{{}, people_}, withheld{{}, people_}, of_things{{}, things_};
  withheld.fact.null_reason = NullReason::kSuppressed;
  EXPECT_TRUE(DisclosedFigures::tells_rows(of_people, kExecutive));
  EXPECT_FALSE(DisclosedFigures::tells_rows(withheld, kExecutive));
  EXPECT_FALSE(DisclosedFigures::tells_rows(of_people, kBoard));
  EXPECT_FALSE(DisclosedFigures::tells_rows(of_people, kPublic));
  EXPECT_TRUE(DisclosedFigures::tells_rows(of_things, kPublic));
  of_things.definition.subjects = "involved";
  EXPECT_FALSE(DisclosedFigures::tells_rows(of_things, kPublic)) << "they are told of people";
}

// A share's answers of a quarter, and of the year so far.
class ShareOverTheYear : public Door {
 protected:
  ShareOverTheYear() {
    people_.aggregation = Aggregation::kFlowRatio;
    people_.denominator = "asked";
    people_.multiplier = 100;
    people_.part_of_whole = true;
  }
  struct Answers {
    std::int64_t yes = 0, all = 0;
  };
  void add(Reading reading, const std::map<std::string, Answers>& answers) {
    for (const auto& [area, told] : answers) {
      facts_.push_back(fact(people_, area, told.yes));
      facts_.back().denominator = Number::of(told.all);
      facts_.back().reading = reading;
    }
  }
  // As the Board reads the run, which is the next that completes.
  std::string told(const std::string& period) {
    period_ = period;
    for (Fact& one : facts_) one.period = period;
    return read(complete(std::exchange(facts_, {}), 10 * ++n_runs_), kBoard);
  }

  std::vector<Fact> facts_;
  std::int64_t n_runs_ = 0;
};

TEST_F(ShareOverTheYear, AYearToDateTellsNothingOfAQuarterThatIsWithheld) {
  add(Reading::kQuarter, {{"L", {60, 99}}, {"E1", {10, 13}}, {"E2", {10, 40}}, {"E3", {40, 46}}});
  EXPECT_EQ(told("FY2026-27-Q1"), "E1 [c], E2 25, E3 [c], L 61") << "three said no at E1";
  add(Reading::kQuarter, {{"L", {60, 99}}, {"E1", {20, 39}}, {"E2", {20, 30}}, {"E3", {20, 30}}});
  add(Reading::kYearToDate,
      {{"L", {120, 198}}, {"E1", {30, 52}}, {"E2", {30, 70}}, {"E3", {60, 76}}});
  EXPECT_EQ(told("FY2026-27-Q2"), "E1 51, E1 [c], E2 67, E2 43, E3 67, E3 [c], L 61, L 61");
}

TEST_F(ShareOverTheYear, AYearToDateLessItsQuartersIsANumberOfPeopleToo) {
  const auto rest = [&](std::int64_t yes, std::int64_t no) {
    const std::string year = next_year();
    add(Reading::kQuarter, {{"L", {40, 80}}});
    add(Reading::kYearToDate, {{"L", {40 + yes, 80 + yes + no}}});
    return told(year + "-Q2");
  };
  EXPECT_EQ(rest(4, 5), "L 50, L [c]") << "four of the first quarter said yes";
  EXPECT_EQ(rest(5, 4), "L 50, L [c]") << "four said no";
  EXPECT_EQ(rest(5, 5), "L 50, L 50");
  EXPECT_EQ(rest(0, 0), "L 50, L 50");
}

// Nothing was computed of the first quarter, in which three said no at E1: what the year to date
// leaves of it is withheld, with who hides it, then and in every year to date that holds it; and so
// is the quarter when it comes at last.
TEST_F(ShareOverTheYear, AQuarterThatNobodyGaveIsHiddenWhateverHoldsIt) {
  const std::map<std::string, Answers> second = {
      {"L", {60, 99}}, {"E1", {20, 39}}, {"E2", {20, 30}}, {"E3", {20, 30}}};
  add(Reading::kQuarter, second);
  add(Reading::kYearToDate,
      {{"L", {120, 198}}, {"E1", {30, 52}}, {"E2", {30, 70}}, {"E3", {60, 76}}});
  EXPECT_EQ(told("FY2026-27-Q2"), "E1 51, E1 [c], E2 67, E2 43, E3 67, E3 [c], L 61, L 61");
  add(Reading::kQuarter, second);
  add(Reading::kYearToDate,
      {{"L", {180, 297}}, {"E1", {50, 91}}, {"E2", {50, 100}}, {"E3", {80, 106}}});
  EXPECT_EQ(told("FY2026-27-Q3"), "E1 51, E1 [c], E2 67, E2 50, E3 67, E3 [c], L 61, L 61");
  add(Reading::kQuarter, {{"L", {60, 99}}, {"E1", {10, 13}}, {"E2", {10, 40}}, {"E3", {40, 46}}});
  EXPECT_EQ(told("FY2026-27-Q1"), "E1 [c], E2 25, E3 [c], L 61");
}

// What the year to date and the other quarter tell of a quarter already hides nothing in it: of E3
// it is known that all 40 said yes, so that it is E2 which hides the three of E1.
TEST_F(ShareOverTheYear, WhatIsKnownOfAQuarterBeforeItComesHidesNothing) {
  add(Reading::kQuarter, {{"L", {20, 30}}, {"E3", {20, 30}}});
  add(Reading::kYearToDate, {{"L", {80, 129}}, {"E3", {60, 76}}});
  EXPECT_EQ(told("FY2026-27-Q2"), "E3 67, E3 79, L 67, L 62");
  add(Reading::kQuarter, {{"L", {60, 99}}, {"E1", {10, 13}}, {"E2", {10, 40}}, {"E3", {40, 46}}});
  EXPECT_EQ(told("FY2026-27-Q1"), "E1 [c], E2 [c], E3 87, L 61");
}

// E1 has three, then five: it stays withheld. E2, which hid it, has eight more, and would tell it.
TEST_F(Door, WhatHidASmallNumberIsNotShownWhileThatStaysWithheld) {
  EXPECT_EQ(
      read(complete(counted(people_, {{"L", 60}, {"E1", 3}, {"E2", 20}, {"E3", 37}}), 10), kBoard),
      "E1 [c], E2 [c], E3 37, L 60");
  EXPECT_EQ(
      read(complete(counted(people_, {{"L", 70}, {"E1", 5}, {"E2", 28}, {"E3", 37}}), 20), kBoard),
      "E1 [c], E2 [c], E3 37, L 70");
  EXPECT_EQ(
      read(complete(counted(people_, {{"L", 73}, {"E1", 8}, {"E2", 28}, {"E3", 37}}), 30), kBoard),
      "E1 8, E2 28, E3 37, L 73");
}

// It became less: of E2, which had 6 before, it is known that it has no more than that now, and six
// are enough to hide the four of E1 behind. Where it became more nobody can have less than before:
// E1 could be one to four, and only what it lies in hides it.
TEST_F(Door, WhatWasShownBeforeBoundsWhatItCanHide) {
  const auto again = [&](std::int64_t before, std::int64_t now) {
    period_ = next_year() + "-Q1";
    const auto facts = [&](std::int64_t first) {
      return counted(people_, {{"L", first + 6 + 31}, {"E1", first}, {"E2", 6}, {"E3", 31}});
    };
    complete(facts(before), 20 * n_given_);
    return read(complete(facts(now), 20 * n_given_ + 10), kBoard);
  };
  EXPECT_EQ(again(9, 4), "E1 [c], E2 [c], E3 31, L 41");
  EXPECT_EQ(again(0, 4), "E1 [c], E2 6, E3 31, L [c]");
}

// Once the first quarter is told there is nothing left that is not.
TEST_F(ShareOverTheYear, QuartersThatAreAllToldLeaveNothing) {
  add(Reading::kQuarter, {{"L", {30, 60}}});
  EXPECT_EQ(told("FY2026-27-Q1"), "L 50");
  add(Reading::kQuarter, {{"L", {30, 60}}});
  add(Reading::kYearToDate, {{"L", {60, 120}}});
  EXPECT_EQ(told("FY2026-27-Q2"), "L 50, L 50");
  add(Reading::kYear, {{"L", {62, 122}}});
  EXPECT_EQ(told("FY2026-27"), "L [c]") << "two in the quarters that nothing was told of";
}

TEST_F(ShareOverTheYear, WhatIsOfADayIsWithheldWhereverItIsSaid) {
  people_.aggregation = Aggregation::kSnapshotRatio;
  const std::map<std::string, Answers> on_the_day = {
      {"L", {60, 99}}, {"E1", {10, 13}}, {"E2", {10, 40}}, {"E3", {40, 46}}};
  const std::map<std::string, Answers> before = {
      {"L", {90, 120}}, {"E1", {20, 30}}, {"E2", {40, 50}}, {"E3", {30, 40}}};
  add(Reading::kQuarter, before);
  add(Reading::kYearToDate, before);
  EXPECT_EQ(told("FY2026-27-Q1"), "E1 67, E1 67, E2 80, E2 80, E3 75, E3 75, L 75, L 75");
  add(Reading::kQuarter, on_the_day);
  add(Reading::kYearToDate, on_the_day);
  EXPECT_EQ(told("FY2026-27-Q2"), "E1 [c], E1 [c], E2 25, E2 25, E3 [c], E3 [c], L 61, L 61");
  add(Reading::kQuarter, before);
  add(Reading::kYearToDate, before);
  EXPECT_EQ(told("FY2026-27-Q3"), "E1 67, E1 67, E2 80, E2 80, E3 75, E3 75, L 75, L 75")
      << "of another day it tells nothing";
}

// Computed again, many more said yes at E3, and of those who said no there are hardly more: who has
// both would know what stood in the first.
TEST_F(ShareOverTheYear, OneWayOfReadingItThatIsTheSameIsEnoughToStayWithheld) {
  const auto again = [&](std::int64_t no) {
    add(Reading::kQuarter, {{"L", {60, 99}}, {"E1", {10, 13}}, {"E2", {10, 40}}, {"E3", {40, 46}}});
    const std::string period = next_year() + "-Q1";
    EXPECT_EQ(told(period), "E1 [c], E2 25, E3 [c], L 61");
    add(Reading::kQuarter,
        {{"L", {190, 230 + no}}, {"E1", {90, 110}}, {"E2", {10, 40}}, {"E3", {90, 90 + no}}});
    return told(period);
  };
  EXPECT_EQ(again(6 + 4), "E1 82, E2 25, E3 [c], L 79");
  EXPECT_EQ(again(6 + 5), "E1 82, E2 25, E3 89, L 79");
}

// Of each figure: what it is, and why it is not shown.
class Reasons final : public reading::WithheldSink {
 public:
  void take(const FigureView& figure, const reading::WithheldFor& why) override {
    text += std::string(figure.area) + " " + display(figure.value, *figure.definition) + " " +
            std::string(why.reason) + "\n";
  }
  std::string text;
};

TEST_F(Door, WhoKeepsTheStoreIsToldWhatIsWithheldAndWhy) {
  complete(counted(people_, {{"L", 54}, {"E1", 1}, {"E2", 22}, {"E3", 31}}), 10);
  Reasons board, executive;
  ASSERT_TRUE(door_.withheld({}, kBoard, board));
  ASSERT_TRUE(door_.withheld({}, kExecutive, executive));
  EXPECT_EQ(board.text, "E1 1 small\nE2 22 protects\n");
  EXPECT_EQ(executive.text, "");
}

TEST(ReasonsInWords, AreThereForEachAndDiffer) {
  std::set<std::string_view> reasons, meanings;
  for (int why = 1; why <= static_cast<int>(Why::kUndecided); ++why) {
    const auto words = reading::disclosure::words_of(static_cast<Why>(why));
    reasons.insert(words.reason);
    meanings.insert(words.meaning);
  }
  EXPECT_EQ(reasons.size(), 10u);
  EXPECT_EQ(meanings.size(), 10u);
  EXPECT_EQ(reasons.count("") + meanings.count(""), 0u);
}

TEST_F(Door, EachReasonIsCounted) {
  complete(counted(people_, {{"L", 54}, {"E1", 1}, {"E2", 22}, {"E3", 31}}), 10);
  const auto decisions = decisions_.about({}, Audience::kBoard).value();
  EXPECT_EQ(decisions->totals(),
            (std::map<Why, std::size_t>{{Why::kSmall, 1}, {Why::kProtects, 1}}));
  EXPECT_TRUE(decisions_.about({}, Audience::kExecutive).value()->changes_nothing() == false)
      << "a special category is declared";
}

}  // namespace
}  // namespace qd::test
