// Sections of a return: planned ones, a landlord's own, and those nobody planned for.
#include <memory>

#include "core/returns/content/rows.hpp"
#include "tests/unit/returns/seen_sheets.hpp"

namespace qd {
namespace {

using returns::content::ReturnContents;

Definition staff() {
  Definition made = sample::definition("staff.filled", "staff", "Staff posts filled",
                                       Aggregation::kSnapshotRatio, Polarity::kHigh);
  made.numerator = "posts that are filled";
  made.denominator = "posts";
  made.multiplier = 100;
  made.unit = "%";
  made.effective_from = {};
  return made;
}

Definition trained() {
  Definition made = staff();
  made.code = "staff.a_trained";
  made.title = "Staff trained";
  return made;
}

class Sections : public SampleReturn {
 protected:
  void add_staff(std::vector<Definition> definitions, const char* area = sample::kLandlord) {
    std::vector<Fact> facts;
    for (const Definition& definition : definitions)
      facts.push_back(
          sample::fact(definition.code, area, sample::quarter(), Reading::kQuarter, {151, 200}));
    sample::add_run(store_, "staff", sample::quarter(), definitions, facts);
  }
  ReturnContents contents_of(const returns::ReturnRequest& request) {
    auto gathered = returns::content::gather({store_, store_, store_}, request);
    EXPECT_TRUE(gathered) << to_text(gathered.error());
    return *gathered;
  }
  // The sample's return by a landlord's own plan.
  ReturnContents planned(const std::string& text) {
    auto plan = returns::plan::read_plan("title = 'Ours'\nabout = 'Of ours.'\n" + text, "own.toml");
    EXPECT_TRUE(plan) << plan.error().message;
    auto request = sample::request();
    if (plan) request.plan = std::make_shared<const returns::plan::Plan>(std::move(*plan));
    return contents_of(request);
  }
  std::vector<std::string> codes(const render::Sheet& sheet) {
    std::vector<std::string> all;
    for (const render::Row& row : sheet.table.rows)
      all.push_back(text(row.cells[column(sheet, "Code")]));
    return all;
  }
};

// 49 posts were once printed as "49 homes outstanding".
TEST_F(Sections, WordsOfAShortfallBelongToTheDefinitionsTheyAreTrueOf) {
  add_staff({staff()});
  render::Sheet sheet = section(contents(), "staff");
  EXPECT_EQ(look(sheet, {"staff.filled"}, "Jul to Sep 2026"), "76");
  EXPECT_EQ(look(sheet, {"staff.filled"}, "Status"), "Final");
  for (const auto& one : sheet.table.columns) EXPECT_NE(one.heading, "Homes outstanding");

  store_.definitions_.back().shortfall = "posts vacant";
  sheet = section(contents(), "staff");
  EXPECT_EQ(look(sheet, {"staff.filled"}, "Posts vacant"), "49");
  EXPECT_EQ(look(sheet, {"staff.filled"}, "Status"), "49 posts vacant");
  EXPECT_EQ(look(existing_sheet(contents()), {"BS01"}, "Homes outstanding"), "3");
}

TEST_F(Sections, WhereLowIsGoodTheNumeratorIsWhatIsLacking) {
  EXPECT_EQ(look(existing_sheet(contents()), {"RP01"}, "Status"),
            "20 homes outstanding; indicative, not the regulatory TSM");
}

TEST_F(Sections, WhereNothingIsLackingNothingIsSaid) {
  add_staff({staff()});
  store_.definitions_.back().shortfall = "posts vacant";
  store_.facts_.back().numerator = Number::of(200);
  const auto sheet = section(contents(), "staff");
  EXPECT_EQ(look(sheet, {"staff.filled"}, "Posts vacant"), "0");
  EXPECT_EQ(look(sheet, {"staff.filled"}, "Status"), "Final");
}

// Excel takes letters, digits and '_' in the name of a table: the first and last of each, and their
// neighbours.
TEST_F(Sections, TheNameOfATableIsMadeOfLettersDigitsAndUnderscores) {
  auto gathered = contents();
  gathered.sections.front().title = "AZ az 09 @[`{/:";
  EXPECT_EQ(returns::sheets::section_sheet(gathered, gathered.sections.front()).table.name,
            "Section_1_AZ_az_09_______");
}

TEST_F(Sections, ABreakIsSaidOfALaterVersionThatIsNotComparable) {
  const auto in_force = [&](int version, bool comparable) {
    store_ = {};
    sample::fill(store_);
    add_staff({[&] {
      Definition made = staff();
      made.version = version;
      made.comparable_with_previous = comparable;
      made.effective_from = make_date(2026, 4, 1);
      return made;
    }()});
    store_.facts_.back().version = version;
    return look(sheet_of(contents(), "Definitions"), {"staff.filled"}, "In force");
  };
  EXPECT_EQ(in_force(2, false), "From 1 April 2026; not comparable with version 1");
  EXPECT_EQ(in_force(2, true), "From 1 April 2026");
  EXPECT_EQ(in_force(1, false), "From 1 April 2026");
}

TEST_F(Sections, OneThatIsLackingIsSaidWithoutAWrongPlural) {
  Definition one = staff();
  one.shortfall = "posts vacant";
  EXPECT_EQ(returns::content::shortfall_words(Number::of(1), one), "posts vacant: 1");
  EXPECT_EQ(returns::content::shortfall_words(Number::of(2), one), "2 posts vacant");
  EXPECT_EQ(returns::content::shortfall_words(Number::of(1234), one), "1,234 posts vacant");
}

TEST_F(Sections, AFamilyNobodyPlannedForIsShownInItsOwnWordsAndOrder) {
  add_staff({staff(), trained()});
  auto request = sample::request();
  request.families = {{"staff", "People we employ", {"staff.filled", "staff.a_trained"}}};
  const auto sheet = section(contents_of(request), "People we employ");
  EXPECT_EQ(sheet.heading, "People we employ");
  EXPECT_EQ(codes(sheet), (std::vector<std::string>{"staff.filled", "staff.a_trained"}));
  EXPECT_EQ(look(sheet, {"staff.filled"}, "Unit"), "%");
  request.families[0].indicators = {"staff.a_trained", "staff.filled"};
  EXPECT_EQ(codes(section(contents_of(request), "People we employ")),
            (std::vector<std::string>{"staff.a_trained", "staff.filled"}));
  EXPECT_TRUE(returns::build_return({store_, store_, store_}, request));
}

TEST_F(Sections, WhatAFamilyHasOnlyBelowTheLandlordIsShownByArea) {
  add_staff({staff()}, "QH01-A");
  const auto sheet = section(contents(), "staff");
  EXPECT_EQ(look(sheet, {"Alder Green", "staff.filled"}, "Jul to Sep 2026"), "76");
}

TEST_F(Sections, ATitleThatIsTakenOrIsNoSheetsNameGivesWay) {
  add_staff({staff()});
  auto request = sample::request();
  request.families = {{"staff", "NOTES", {}}};
  EXPECT_EQ(contents_of(request).sections.back().title, "Family staff");
  request.families = {{"staff", "cops", {}}};
  EXPECT_EQ(contents_of(request).sections.back().title, "cops");
  request.families = {{"staff", "copis", {}}};
  EXPECT_EQ(contents_of(request).sections.back().title, "Family staff") << "as a planned section";
  request.families = {{"staff", "Posts [filled] / vacant, and who is in them", {}}};
  EXPECT_EQ(contents_of(request).sections.back().title, "Posts filled  vacant, and who i");
  EXPECT_TRUE(returns::build_return({store_, store_, store_}, request));
}

TEST_F(Sections, AnIndicatorPlannedForLeavesItsFamilyNoSectionOfItsOwn) {
  add_staff({staff(), trained()});
  const auto made =
      planned("[[section]]\ntitle = 'Posts'\nholds = 'Posts.'\nindicators = ['staff.a_trained']\n");
  std::vector<std::string> titles;
  for (const auto& one : made.sections) titles.push_back(one.title);
  EXPECT_EQ(titles, (std::vector<std::string>{"Posts", "copis", "existing_pis", "involvement"}));
  EXPECT_EQ(codes(section(made, "Posts")), std::vector<std::string>{"staff.a_trained"});
}

TEST_F(Sections, APlannedSectionIsReadBackFromTheSheet) {
  const auto made = planned(
      "[[section]]\ntitle = 'Repairs and pay'\nholds = 'Both.'\nwords = ['As they are.']\n"
      "indicators = ['TP03', 'RP02_1']\ncolumns = ['title', 'period', 'code', 'part']\n"
      "headings = { title = 'What' }\n");
  const auto sheet = section(made, "Repairs and pay");
  EXPECT_TRUE(says(sheet, "As they are."));
  EXPECT_EQ(codes(sheet), (std::vector<std::string>{"TP03", "RP02_1"})) << "as listed";
  EXPECT_EQ(sheet.table.columns[0].heading, "What");
  EXPECT_EQ(sheet.table.columns[1].heading, "Jul to Sep 2026");
  EXPECT_EQ(sheet.table.columns.size(), 4u);
  EXPECT_EQ(look(sheet, {"TP03"}, "Jul to Sep 2026"), "77.3");
}

TEST_F(Sections, BreakdownsThatAreNotNamedAreLeftOut) {
  const std::string head = "[[section]]\ntitle = 'A'\nholds = 'b'\nfamilies = ['involvement']\n";
  EXPECT_EQ(codes(section(planned(head + "breakdowns = []"), "A")),
            (std::vector<std::string>{"INV1", "INV1.T", "INV1a", "INV1a.T", "INV1e", "INV2",
                                      "INV2.T", "INV3"}))
      << "totals, and a row for what has none";
  EXPECT_EQ(look(section(planned(head + "breakdowns = ['level']"), "A"), {"INV1", "level 4"},
                 "Jul to Sep 2026"),
            "12");
  EXPECT_EQ(look(section(planned(head + "breakdowns = ['sex']"), "A"), {"INV1", "level 4"},
                 "Jul to Sep 2026"),
            "no such row");
}

TEST_F(Sections, TotalsArePrintedStrong) {
  for (const render::Row& row : involvement_sheet(contents()).table.rows) {
    const bool total = text(row.cells[1]) == "INV1.T" || text(row.cells[1]) == "INV2.T" ||
                       text(row.cells[1]) == "INV1a.T";
    EXPECT_EQ(row.emphasis == render::Emphasis::kStrong, total) << text(row.cells[1]);
  }
}

TEST_F(Sections, ARowIsDescribedByTheNewestVersionInForce) {
  Definition second = store_.definitions_.front();
  for (const Definition& one : store_.definitions_)
    if (one.code == "RP01") second = one;
  second.version = 2;
  second.title = "Homes below the standard";
  second.effective_from = make_date(2026, 9, 30);  // the period's last day
  store_.definitions_.push_back(second);
  EXPECT_EQ(look(existing_sheet(contents()), {"RP01"}, "Indicator"), "Homes below the standard");
  store_.definitions_.back().effective_from = make_date(2026, 10, 1);
  EXPECT_EQ(look(existing_sheet(contents()), {"RP01"}, "Indicator"),
            "Homes that do not meet the Decent Homes Standard");
}

TEST_F(Sections, FiguresOfTwoVersionsAreOneRowOfTheNewest) {
  const std::string quarter = sample::quarter().id();
  for (std::size_t i = 0; i < store_.facts_.size(); ++i)
    if (store_.facts_[i].indicator == "RP02_1" && store_.facts_[i].period == quarter)
      store_.facts_[i].version = 2;
  for (Definition& one : store_.definitions_)
    if (one.code == "RP02_1") one.effective_until = make_date(2026, 7, 1);  // neither is in force
  Definition second = store_.definitions_.front();
  for (const Definition& one : store_.definitions_)
    if (one.code == "RP02_1") second = one;
  second.version = 2;
  second.title = "Repairs, told anew";
  store_.definitions_.push_back(second);
  EXPECT_EQ(look(existing_sheet(contents()), {"RP02_1"}, "Indicator"), "Repairs, told anew");
}

TEST_F(Sections, ADefinitionThatEndedOnThePeriodsFirstDayIsNotInForce) {
  const auto end = [&](Date until) {
    for (Definition& one : store_.definitions_)
      if (one.code == "TP12") one.effective_until = until;
  };
  end(make_date(2026, 7, 2));  // it held on the first day
  EXPECT_EQ(look(existing_sheet(contents()), {"TP12"}, "Status"), "Not available");
  end(make_date(2026, 7, 1));
  EXPECT_EQ(look(existing_sheet(contents()), {"TP12"}, "Status"), "no such row");
}

TEST_F(Sections, AnImplausibleFigureIsNeverFinal) {
  add_staff({staff()});
  for (Fact& fact : store_.facts_)
    if (fact.indicator == "staff.filled") fact.flags |= kImplausible;
  const auto made = contents();
  EXPECT_EQ(look(section(made, "staff"), {"staff.filled"}, "Status"), "Implausible, to be checked");
  EXPECT_EQ(look(returns::sheets::cover_sheet(made), {"Found in the data"}, "What it is"),
            "staff.filled: 1 figure cannot be right");
}

TEST_F(Sections, AFindingOfARunIsSaidOnTheFirstPage) {
  EXPECT_EQ(look(returns::sheets::cover_sheet(contents()), {"Found in the data"}, "What it is"),
            "no such row");
  for (auto& run : store_.runs_)
    if (run.family == "involvement" && run.period == sample::quarter().id())
      run.notes.push_back(
          {"19 members at level 4, where 12 are the most", 1, NoteSeverity::kFinding});
  const auto made = contents();
  EXPECT_EQ(look(returns::sheets::cover_sheet(made), {"Found in the data"}, "What it is"),
            "involvement: 19 members at level 4, where 12 are the most");
  EXPECT_EQ(look(note_sheet(made), {"Finding"}, "Note"),
            "19 members at level 4, where 12 are the most");
}

TEST_F(Sections, AFindingOfAnotherPeriodsRunIsNotThisReturns) {
  for (auto& run : store_.runs_)
    if (run.period != sample::quarter().id())
      run.notes.push_back({"old", 1, NoteSeverity::kFinding});
  EXPECT_EQ(look(returns::sheets::cover_sheet(contents()), {"Found in the data"}, "What it is"),
            "no such row");
}

TEST_F(Sections, ARevisionOfADefinitionsWordsIsMarked) {
  for (Definition& one : store_.definitions_)
    if (one.code == "RP01" || one.code == "TP12") one.revision = one.code == "RP01" ? 2 : 1;
  const auto sheet = returns::sheets::definition_sheet(contents());
  EXPECT_EQ(look(sheet, {"RP01"}, "In force"), "From 1 April 2023; words revised, revision 2");
  EXPECT_EQ(look(sheet, {"TP12"}, "In force"), "From 1 April 2023");
}

// The margin of a sample says how far off a value may be; no share is under 0 or over 100.
Figure sampled(std::int64_t good, std::int64_t answers, std::int64_t population) {
  Figure figure;
  figure.definition = sample::percentage("TP01", "Overall satisfaction",
                                         Aggregation::kSurveyProportion, Polarity::kHigh, "a", "b");
  figure.definition.interval = Interval::kSampleMargin;
  figure.fact.numerator = Number::of(good);
  figure.fact.denominator = Number::of(answers);
  figure.fact.n = answers;
  figure.fact.population = population;
  return figure;
}

TEST(Range, EndsAtZeroAndAtAHundred) {
  const auto words = [](const Figure& figure) {
    const auto range = returns::content::range_of(figure);
    return range ? returns::content::words::range(range->lower, range->upper) : "none";
  };
  EXPECT_EQ(words(sampled(77, 85, 960)), "80.4 to 100");
  EXPECT_EQ(words(sampled(8, 85, 960)), "0 to 19.6");
  EXPECT_EQ(words(sampled(45, 85, 960)), "42.8 to 63.1");
  EXPECT_EQ(words(sampled(90, 100, 100)), "90.0 to 90.0") << "everybody answered";
  EXPECT_EQ(words(sampled(100, 100, 100)), "100 to 100");
  EXPECT_EQ(words(sampled(0, 0, 100)), "none");
  Figure count = sampled(85, 85, 960);
  count.definition.denominator.clear();
  EXPECT_EQ(words(count), "none") << "a count has no share";
}

}  // namespace
}  // namespace qd
