#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <thread>
#include <tuple>

#include "tests/integration/orm/records.hpp"

namespace qd::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Definition definition(const std::string& code, const std::string& title = "Persons involved") {
  Definition made;
  made.code = code;
  made.family = "involvement";
  made.title = title;
  made.numerator = "persons";
  made.denominator = "homes";
  made.unit = "%";
  made.source = "strategy";
  made.multiplier = 100;
  made.decimals = 1;
  made.polarity = Polarity::kHigh;
  made.aggregation = Aggregation::kDistinctCount;
  made.effective_from = make_date(2026, 4, 1);
  return made;
}

Fact fact(const std::string& indicator, const std::string& area = "N1",
          const std::string& breakdown = "", Reading reading = Reading::kQuarter) {
  Fact made;
  made.indicator = indicator;
  made.area = area;
  made.period = "FY2026-27-Q1";
  made.reading = reading;
  made.breakdown = breakdown;
  made.numerator = Number::of(3);
  return made;
}

class FactStoreTest : public StoreTest {
 protected:
  qd::Run running(const std::string& family = "involvement",
                  const std::string& period = "FY2026-27-Q1", std::int64_t as_of = 5) {
    qd::Run run;
    run.family = family;
    run.family_version = "1.2.0";
    run.abi = "1.0";
    run.library_sha256 = "ab12";
    run.period = period;
    run.as_of = instant_of(as_of);
    run.started_at = instant_of(6);
    run.id = must(runs().begin_run(run, instant_of(1000)));
    return run;
  }

  // A complete run of these facts, finished at that instant.
  qd::Run complete(std::vector<Fact> made, std::int64_t finished,
                   const std::string& family = "involvement",
                   const std::string& period = "FY2026-27-Q1", std::int64_t as_of = 5) {
    qd::Run run = running(family, period, as_of);
    run.finished_at = instant_of(finished);
    std::vector<Definition> definitions;
    for (auto& each : made) {
      each.period = period;
      definitions.push_back(definition(each.indicator));
    }
    must(runs().complete_run(run, definitions, made));
    return run;
  }

  std::vector<std::int64_t> runs_of(const FactQuery& query) {
    std::vector<std::int64_t> runs;
    for (const auto& figure : must(figures().facts(query))) runs.push_back(figure.fact.run);
    return runs;
  }
};
QUARTERDAY_BOTH_ENGINES(FactStoreTest);

auto place(const Fact& fact) {
  return std::make_tuple(fact.indicator, fact.version, fact.area, fact.period, fact.reading,
                         fact.breakdown, fact.run);
}

TEST_P(FactStoreTest, AFactComesBackAsItWasStored) {
  Fact stored = fact("INV1", "N1", "age=65+;sex=F", Reading::kYearToDate);
  stored.numerator = Number{918'200'000};
  stored.denominator = Number{-1};
  stored.n = 0;
  stored.population = 7;
  stored.null_reason = NullReason::kSuppressed;
  stored.flags = kProvisional | kWeighted;
  qd::Run run = running();
  run.finished_at = instant_of(20);
  std::vector<Fact> stored_facts = {fact("INV1"), stored};
  Definition meaning = definition("INV1");
  meaning.effective_until = make_date(2027, 4, 1);
  meaning.comparable_with_previous = false;
  must(runs().complete_run(run, {meaning}, stored_facts));
  EXPECT_EQ(stored_facts[1].run, run.id);
  EXPECT_EQ(stored_facts[1].id, run.id * kFactsPerRun + 1);

  const auto found = must(figures().fact(stored_facts[1].id));
  ASSERT_TRUE(found);
  EXPECT_EQ(place(found->fact), place(stored_facts[1]));
  EXPECT_EQ(found->fact.numerator, stored.numerator);
  EXPECT_EQ(found->fact.denominator, stored.denominator);
  EXPECT_EQ(found->fact.n, stored.n);
  EXPECT_EQ(found->fact.population, stored.population);
  EXPECT_EQ(found->fact.null_reason, stored.null_reason);
  EXPECT_EQ(found->fact.flags, stored.flags);
  EXPECT_EQ(found->definition.title, meaning.title);
  EXPECT_EQ(found->definition.multiplier, meaning.multiplier);
  EXPECT_EQ(found->definition.polarity, meaning.polarity);
  EXPECT_EQ(found->definition.aggregation, meaning.aggregation);
  EXPECT_EQ(found->definition.effective_from, meaning.effective_from);
  EXPECT_EQ(found->definition.effective_until, meaning.effective_until);
  EXPECT_FALSE(found->definition.comparable_with_previous);
  const auto plain = must(figures().fact(stored_facts[0].id));
  EXPECT_EQ(plain->fact.denominator, std::nullopt);
  EXPECT_EQ(plain->fact.n, std::nullopt);
  EXPECT_FALSE(must(figures().fact(12345)));
}

TEST_P(FactStoreTest, ARunComesBackAsItWasStored) {
  qd::Run run = running();
  auto found = must(runs().run(run.id));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->state, RunState::kRunning);
  run.finished_at = instant_of(20);
  run.input_digest = "d1";
  run.input_rows = 12;
  run.notes = {{"two without minutes", 2}, {"one odd", 1, NoteSeverity::kFinding}};
  std::vector<Fact> made = {fact("INV1")};
  must(runs().complete_run(run, {definition("INV1")}, made));
  found = must(runs().run(run.id));
  EXPECT_EQ(found->state, RunState::kComplete);
  EXPECT_EQ(found->family_version, "1.2.0");
  EXPECT_EQ(found->abi, "1.0");
  EXPECT_EQ(found->library_sha256, "ab12");
  EXPECT_EQ(found->as_of, instant_of(5));
  EXPECT_EQ(found->started_at, instant_of(6));
  EXPECT_EQ(found->finished_at, instant_of(20));
  EXPECT_EQ(found->input_digest, "d1");
  EXPECT_EQ(found->input_rows, 12);
  EXPECT_EQ(found->n_facts, 1);
  ASSERT_EQ(found->notes.size(), 2U);
  EXPECT_EQ(found->notes[0].message, "two without minutes");
  EXPECT_EQ(found->notes[0].count, 2);
  EXPECT_EQ(found->notes[0].severity, NoteSeverity::kNote);
  EXPECT_EQ(found->notes[1].severity, NoteSeverity::kFinding);
  EXPECT_FALSE(must(runs().run(999)));
}

TEST_P(FactStoreTest, RunsAreListedNewestFirst) {
  const qd::Run first = complete({fact("INV1")}, 10);
  const qd::Run other = complete({fact("TP01")}, 11, "existing_pis");
  qd::Run failed = running();
  failed.reason = "stopped with signal 11";
  failed.failure = RunFailure::kStopped;
  failed.finished_at = instant_of(12);
  failed.notes = {{"why", 1}};
  must(runs().fail_run(failed));
  const auto listed = must(runs().runs({}, {}));
  ASSERT_EQ(listed.size(), 3U);
  EXPECT_EQ(listed[0].id, failed.id);
  EXPECT_EQ(listed[0].state, RunState::kFailed);
  EXPECT_EQ(listed[0].reason, failed.reason);
  EXPECT_EQ(listed[0].failure, RunFailure::kStopped);
  EXPECT_EQ(listed[0].notes.size(), 1U);
  EXPECT_EQ(listed[2].id, first.id);
  EXPECT_THAT(listed[2].notes, IsEmpty());
  EXPECT_EQ(must(runs().runs("existing_pis", {})).size(), 1U);
  EXPECT_EQ(must(runs().runs("existing_pis", {})).at(0).id, other.id);
  EXPECT_THAT(must(runs().runs({}, "FY2020-21")), IsEmpty());
}

TEST_P(FactStoreTest, CurrentFactsAreThoseOfTheNewestCompleteRun) {
  const qd::Run first = complete({fact("INV1")}, 10);
  const qd::Run second = complete({fact("INV1")}, 20);
  const qd::Run other = complete({fact("TP01")}, 15, "existing_pis");
  running();
  EXPECT_THAT(runs_of({}), ElementsAre(second.id, other.id));
  FactQuery then;
  then.as_of = instant_of(19);
  EXPECT_THAT(runs_of(then), ElementsAre(first.id, other.id));
  then.as_of = instant_of(10);
  EXPECT_THAT(runs_of(then), ElementsAre(first.id));
  then.as_of = instant_of(9);
  EXPECT_THAT(runs_of(then), IsEmpty());
  FactQuery frozen;
  frozen.runs = {first.id};
  frozen.as_of = instant_of(1);
  EXPECT_THAT(runs_of(frozen), ElementsAre(first.id)) << "as_of is ignored";
}

TEST_P(FactStoreTest, ARunThatLooksBackDoesNotBecomeCurrent) {
  const std::string family = "involvement", period = "FY2026-27-Q1";
  const qd::Run first = complete({fact("INV1")}, 10, family, period, 9);
  const qd::Run second = complete({fact("INV1")}, 20, family, period, 19);
  const qd::Run back = complete({fact("INV1")}, 30, family, period, 9);
  EXPECT_THAT(runs_of({}), ElementsAre(second.id));
  FactQuery then;
  then.as_of = instant_of(30);
  EXPECT_THAT(runs_of(then), ElementsAre(second.id));
  then.as_of = instant_of(19);
  EXPECT_THAT(runs_of(then), ElementsAre(first.id)) << "the second had not finished";
  FactQuery named;
  named.runs = {back.id};
  EXPECT_THAT(runs_of(named), ElementsAre(back.id));
}

TEST_P(FactStoreTest, OfRunsThatKnewTheSameTheLastIsCurrent) {
  const std::string family = "involvement", period = "FY2026-27-Q1";
  complete({fact("INV1")}, 10, family, period, 9);
  const qd::Run again = complete({fact("INV1")}, 20, family, period, 9);
  EXPECT_THAT(runs_of({}), ElementsAre(again.id));
}

TEST_P(FactStoreTest, EveryFilterRestricts) {
  complete({fact("INV1", "N1"), fact("INV1", "N2"), fact("INV1", "N1", "level=2"),
            fact("INV2", "N1", "", Reading::kYearToDate)},
           10);
  complete({fact("TP01")}, 10, "existing_pis", "FY2026-27-Q2");
  const auto count = [&](auto set) {
    FactQuery query;
    set(query);
    return must(figures().facts(query)).size();
  };
  EXPECT_EQ(count([](auto&) {}), 5U);
  EXPECT_EQ(count([](auto& query) { query.indicators = {"INV1"}; }), 3U);
  EXPECT_EQ(count([](auto& query) { query.indicators = {"INV2", "TP01"}; }), 2U);
  EXPECT_EQ(count([](auto& query) { query.areas = {"N2"}; }), 1U);
  EXPECT_EQ(count([](auto& query) { query.periods = {"FY2026-27-Q2"}; }), 1U);
  EXPECT_EQ(count([](auto& query) { query.families = {"existing_pis"}; }), 1U);
  EXPECT_EQ(count([](auto& query) { query.readings = {Reading::kYearToDate}; }), 1U);
  EXPECT_EQ(count([](auto& query) { query.breakdown = ""; }), 4U);
  EXPECT_EQ(count([](auto& query) { query.breakdown = "level=2"; }), 1U);
  EXPECT_EQ(count([](auto& query) { query.areas = {"n1"}; }), 0U) << "byte by byte";
  EXPECT_EQ(count([](auto& query) { query.limit = 2; }), 2U);
  EXPECT_EQ(count([](auto& query) { query.indicators = {"' OR 1=1 --"}; }), 0U);
}

TEST_P(FactStoreTest, PagesCoverEveryFactOnceInOrder) {
  std::vector<Fact> made;
  for (const char* indicator : {"a", "B", "b", "\u00e9", "INV1", "INV10", "INV2"}) {
    for (const char* area : {"N1", "N10", "N2", "n1"}) {
      for (const char* breakdown : {"", "level=2", "level=10"}) {
        made.push_back(fact(indicator, area, breakdown));
        made.push_back(fact(indicator, area, breakdown, Reading::kYearToDate));
      }
    }
  }
  std::reverse(made.begin(), made.end());
  complete(made, 10);
  complete({fact("C")}, 10, "copis");

  const auto whole = must(figures().facts({}));
  ASSERT_EQ(whole.size(), made.size() + 1);
  EXPECT_TRUE(std::is_sorted(whole.begin(), whole.end(), [](const auto& a, const auto& b) {
    return place(a.fact) < place(b.fact);
  })) << "as C++ compares bytes";
  for (const std::size_t size : {1U, 7U, 50U, 500U}) {
    std::vector<std::int64_t> seen;
    FactQuery query;
    query.limit = size;
    for (;;) {
      const auto page = must(figures().facts(query));
      for (const auto& figure : page) seen.push_back(figure.fact.id);
      if (page.size() < size) break;
      query.after = page.back().fact;
    }
    ASSERT_EQ(seen.size(), whole.size()) << size;
    for (std::size_t at = 0; at < seen.size(); ++at) EXPECT_EQ(seen[at], whole[at].fact.id);
  }
}

TEST_P(FactStoreTest, TheSameFigureOfTwoRunsIsPagedTwice) {
  const qd::Run first = complete({fact("INV1"), fact("INV2")}, 10);
  const qd::Run second = complete({fact("INV1"), fact("INV2")}, 20);
  FactQuery query;
  query.runs = {first.id, second.id};
  query.limit = 1;
  std::vector<std::int64_t> runs;
  for (auto page = must(figures().facts(query)); !page.empty();
       page = must(figures().facts(query))) {
    runs.push_back(page[0].fact.run);
    query.after = page[0].fact;
  }
  EXPECT_THAT(runs, ElementsAre(first.id, second.id, first.id, second.id));
}

TEST_P(FactStoreTest, AFigureKeepsTheWordsItWasMadeWith) {
  complete({fact("INV1")}, 10);
  qd::Run again = running();
  again.finished_at = instant_of(20);
  std::vector<Fact> made = {fact("INV1")};
  must(runs().complete_run(again, {definition("INV1", "Other words")}, made));
  FactQuery before;
  before.as_of = instant_of(10);
  EXPECT_EQ(must(figures().facts(before)).at(0).definition.title, "Persons involved");
  EXPECT_EQ(must(figures().facts({})).at(0).definition.title, "Other words");
  const auto known = must(catalogue().definitions());
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known[0].title, "Other words");
}

TEST_P(FactStoreTest, ARunIsEndedOnce) {
  qd::Run run = running();
  run.finished_at = instant_of(20);
  std::vector<Fact> made = {fact("INV1")};
  must(runs().complete_run(run, {definition("INV1")}, made));
  EXPECT_EQ(refusal(runs().complete_run(run, {definition("INV1")}, made)),
            ErrorCode::kStoreConflict);
  EXPECT_EQ(refusal(runs().fail_run(run)), ErrorCode::kStoreConflict);
  EXPECT_EQ(must(figures().facts({})).size(), 1U);
}

TEST_P(FactStoreTest, ARunThatCannotBeStoredWholeLeavesNothing) {
  qd::Run run = running();
  run.finished_at = instant_of(20);
  std::vector<Fact> twice = {fact("INV1"), fact("INV1", "N2"), fact("INV1")};
  EXPECT_EQ(refusal(runs().complete_run(run, {definition("INV1")}, twice)),
            ErrorCode::kStoreConflict);
  std::vector<Fact> undefined = {fact("INV9")};
  EXPECT_EQ(refusal(runs().complete_run(run, {definition("INV1")}, undefined)),
            ErrorCode::kStoreConflict);
  std::vector<Fact> too_long = {fact("INV1", std::string(129, 'x'))};
  EXPECT_EQ(refusal(runs().complete_run(run, {definition("INV1")}, too_long)),
            ErrorCode::kStoreConflict);
  EXPECT_THAT(must(figures().facts({})), IsEmpty());
  EXPECT_THAT(must(catalogue().definitions()), IsEmpty());
  EXPECT_EQ(must(runs().run(run.id))->state, RunState::kRunning);
}

TEST_P(FactStoreTest, NamesOf128BytesAreStoredAndLongerOnesRefused) {
  const std::string longest(128, 'x'), too_long(129, 'x');
  const auto stored = [&](const Fact& made, const std::string& code) {
    qd::Run run = running();
    run.finished_at = instant_of(20);
    std::vector<Fact> all = {made};
    return runs().complete_run(run, {definition(code)}, all);
  };
  must(stored(fact(longest, longest, longest), longest));
  EXPECT_EQ(refusal(stored(fact(too_long), too_long)), ErrorCode::kStoreConflict);
  EXPECT_EQ(refusal(stored(fact("INV1", too_long), "INV1")), ErrorCode::kStoreConflict);
  EXPECT_EQ(refusal(stored(fact("INV1", "N1", too_long), "INV1")), ErrorCode::kStoreConflict);
  Fact period = fact("INV1");
  period.period = too_long;
  EXPECT_EQ(refusal(stored(period, "INV1")), ErrorCode::kStoreConflict);
}

// What was read before is kept in memory, and knows nothing of later definitions.
TEST_P(FactStoreTest, ADefinitionThatCameAfterTheFirstReadingIsReadToo) {
  complete({fact("INV1")}, 10);
  ASSERT_EQ(must(figures().facts({})).size(), 1U);
  complete({fact("INV1"), fact("INV2")}, 20);
  const auto both = must(figures().facts({}));
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].definition.code, "INV1");
  EXPECT_EQ(both[1].definition.code, "INV2");
}

TEST_P(FactStoreTest, RunsWhoseLeaseEndedAreSwept) {
  const qd::Run left = running();
  const qd::Run done = complete({fact("INV1")}, 10);
  EXPECT_EQ(must(runs().sweep_runs(instant_of(999))), 0);
  EXPECT_EQ(must(runs().sweep_runs(instant_of(1000))), 1);
  EXPECT_EQ(must(runs().sweep_runs(instant_of(1001))), 0);
  const auto swept = must(runs().run(left.id));
  EXPECT_EQ(swept->state, RunState::kFailed);
  EXPECT_EQ(swept->failure, RunFailure::kAbandoned);
  EXPECT_EQ(failure_text(*swept),
            fmt::format("not computed: family {} {} stopped: the program that ran it ended before "
                        "it did",
                        swept->family, swept->family_version));
  EXPECT_EQ(swept->finished_at, instant_of(1000));
  EXPECT_EQ(must(runs().run(done.id))->state, RunState::kComplete);
  std::vector<Fact> late = {fact("INV1")};
  qd::Run still = left;
  still.finished_at = instant_of(1002);
  EXPECT_EQ(refusal(runs().complete_run(still, {definition("INV1")}, late)),
            ErrorCode::kStoreConflict);
}

TEST_P(FactStoreTest, TheDataVersionGrowsWithEveryCompletedRunAndEveryLoad) {
  const auto at_first = must(figures().data_version());
  running();
  EXPECT_EQ(must(figures().data_version()), at_first);
  complete({fact("INV1")}, 10);
  const auto after_run = must(figures().data_version());
  EXPECT_GT(after_run, at_first);
  load_lines(observations(), table_of("areas"), {"L1,Home,landlord,,2020-01-01,"}, 10);
  EXPECT_GT(must(figures().data_version()), after_run);
}

TEST_P(FactStoreTest, PeriodsAreThoseWithFacts) {
  complete({fact("INV1")}, 10, "involvement", "FY2026-27-Q2");
  complete({fact("INV1")}, 10, "involvement", "FY2026-27-Q1");
  complete({fact("INV1")}, 11, "involvement", "FY2026-27-Q1");
  complete({}, 10, "copis", "FY2025-26");
  EXPECT_THAT(must(figures().periods()), ElementsAre("FY2026-27-Q1", "FY2026-27-Q2"));
}

TEST_P(FactStoreTest, AreasAndLinksAreTheCurrentOnes) {
  const auto& areas = table_of("areas");
  load_lines(observations(), areas,
             {"N1,North,neighbourhood,L1,2020-01-01,", "L1,Home,landlord,,2020-01-01,2030-01-01"},
             10);
  load_lines(observations(), areas, {"N1,North End,neighbourhood,L1,2020-01-01,"}, 20);
  const auto found = must(catalogue().areas());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].code, "L1");
  EXPECT_EQ(found[0].parent, "");
  EXPECT_EQ(found[0].valid_until, make_date(2030, 1, 1));
  EXPECT_EQ(found[1].name, "North End");
  EXPECT_EQ(found[1].valid_until, std::nullopt);

  load_lines(observations(), table_of("definition_links"),
             {"COPI-2,TP10,EXPLAINS,3,lifts", "COPI-1,TP10,LEADS,1,", "COPI-1,TP02,LEADS,1,"}, 10);
  const auto links = must(catalogue().links());
  ASSERT_EQ(links.size(), 3U);
  EXPECT_EQ(links[0].linked, "TP02");
  EXPECT_EQ(links[1].linked, "TP10");
  EXPECT_EQ(links[2].adds, "lifts");
}

TEST_P(FactStoreTest, AreasAndLinksAreThoseKnownThen) {
  load_lines(observations(), table_of("areas"), {"N1,North,neighbourhood,L1,2020-01-01,"}, 10);
  load_lines(observations(), table_of("areas"), {"N1,North End,neighbourhood,L2,2020-01-01,"}, 20);
  EXPECT_THAT(must(catalogue().areas(instant_of(9))), IsEmpty());
  EXPECT_EQ(must(catalogue().areas(instant_of(10))).at(0).name, "North");
  EXPECT_EQ(must(catalogue().areas(instant_of(19))).at(0).parent, "L1");
  ASSERT_EQ(must(catalogue().areas(instant_of(20))).size(), 1U);
  EXPECT_EQ(must(catalogue().areas(instant_of(20))).at(0).name, "North End");

  const auto& links = table_of("definition_links");
  load_lines(observations(), links, {"COPI-1,TP02,LEADS,1,"}, 30);
  load_lines(observations(), links, {"COPI-1,TP02,EXPLAINS,2,"}, 40);
  EXPECT_THAT(must(catalogue().links(instant_of(29))), IsEmpty());
  EXPECT_EQ(must(catalogue().links(instant_of(39))).at(0).relation, "LEADS");
  EXPECT_EQ(must(catalogue().links(instant_of(40))).at(0).relation, "EXPLAINS");
}

std::string captured(const std::string& title) {
  return "C1,1,copis," + title +
         ",n,d,%,us,100,1,1,HIGH,SURVEY_PROPORTION,AGREE_PCT,N1,2026-04-01,,1,,,,,,,,,,,,,,";
}

TEST_P(FactStoreTest, DefinitionsPeopleCapturedAreThoseKnownThenAndLibrariesOwnAreAlwaysThere) {
  load_lines(observations(), table_of("definitions"), {captured("Before")}, 10);
  load_lines(observations(), table_of("definitions"), {captured("After")}, 20);
  qd::Run run = running("copis");
  run.finished_at = instant_of(30);
  Definition copy = definition("C1", "After");
  copy.rule = "AGREE_PCT";
  copy.captured = true;
  std::vector<Fact> made = {fact("C1"), fact("INV1")};
  must(runs().complete_run(run, {copy, definition("INV1")}, made));

  const auto titles = [&](std::optional<Instant> as_of) {
    std::vector<std::string> found;
    for (const auto& one : must(catalogue().definitions(as_of))) found.push_back(one.title);
    return found;
  };
  EXPECT_THAT(titles(instant_of(9)), ElementsAre("Persons involved"));
  EXPECT_THAT(titles(instant_of(19)), ElementsAre("Before", "Persons involved"));
  EXPECT_THAT(titles(instant_of(20)), ElementsAre("After", "Persons involved"));
  EXPECT_THAT(titles(std::nullopt), ElementsAre("After", "Persons involved"));
}

TEST_P(FactStoreTest, WhatPeopleRewordIsARevisionAndItsEndIsNone) {
  const auto revision_at = [&](std::int64_t at) {
    return must(catalogue().definitions(instant_of(at))).at(0).revision;
  };
  load_lines(observations(), table_of("definitions"), {captured("Before")}, 10);
  load_lines(observations(), table_of("definitions"), {captured("After")}, 20);
  std::string ended = captured("After");
  ended.replace(ended.find("2026-04-01,,"), 12, "2026-04-01,2026-07-01,");
  load_lines(observations(), table_of("definitions"), {ended}, 30);
  EXPECT_EQ(revision_at(19), 1);
  EXPECT_EQ(revision_at(20), 2);
  EXPECT_EQ(revision_at(30), 2);
  EXPECT_TRUE(must(catalogue().definitions()).at(0).captured);
}

TEST_P(FactStoreTest, AVersionTooLargeForUsIsNotTakenForAnother) {
  load_lines(observations(), table_of("definitions"), {captured("One")}, 10);
  connect_to(url())->execute("UPDATE definitions SET version = 4294967297");  // 2^32 + 1
  EXPECT_EQ(must(catalogue().definitions()).at(0).version, std::numeric_limits<int>::max());
}

TEST_P(FactStoreTest, RunsCompletedAtTheSameTimeShareTheirDefinitions) {
  std::vector<std::thread> threads;
  for (int at = 0; at < 6; ++at) {
    threads.emplace_back([&, at] {
      complete({fact("INV1"), fact("INV2"), fact("INV3")}, 10, fmt::format("family{}", at));
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(number("SELECT count(*) FROM fact_definitions"), 3);
  EXPECT_EQ(must(figures().facts({})).size(), 18U);
}

}  // namespace
}  // namespace qd::tests
