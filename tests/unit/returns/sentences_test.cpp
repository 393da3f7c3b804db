// The sentences of the summary: what is said, and what is left out.
#include "core/returns/sheets/sentences.hpp"

#include <memory>

#include "tests/unit/returns/seen_sheets.hpp"

namespace qd {
namespace {

using Sentences = std::vector<std::string>;

class Said : public SampleReturn {
 protected:
  Sentences said(const std::string& plan) {
    auto read = returns::plan::read_plan("title = 'A'\nabout = 'b'\n" + plan, "own.toml");
    EXPECT_TRUE(read) << read.error().message;
    auto request = sample::request();
    request.plan = std::make_shared<const returns::plan::Plan>(std::move(*read));
    return returns::sheets::sentences_of(
        *returns::content::gather({store_, store_, store_}, request));
  }
  // The count of engaged persons of one of the sample's quarters.
  void set_engaged(const Period& period, std::int64_t count) {
    for (Fact& fact : store_.facts_)
      if (fact.indicator == "INV1.T" && fact.area == sample::kLandlord &&
          fact.period == period.id() && fact.reading == Reading::kQuarter)
        fact.numerator = Number::of(count);
  }
};

const std::string kEngaged =
    "[[sentence]]\nabout = 'figure'\nindicators = ['INV1.T']\nsays = '{figure}{change}'\n";

TEST_F(Said, AFigureSaysHowItChanged) {
  const Period before = sample::quarter().previous();
  set_engaged(sample::quarter(), 113);
  set_engaged(before, 112);
  EXPECT_EQ(said(kEngaged), Sentences{"113 persons, 1 more than in April to June 2026."});
  set_engaged(before, 113);
  EXPECT_EQ(said(kEngaged), Sentences{"113 persons, as many as in April to June 2026."});
  set_engaged(before, 1'347);
  EXPECT_EQ(said(kEngaged), Sentences{"113 persons, 1,234 fewer than in April to June 2026."});
}

TEST_F(Said, AHourIsNotAMinute) {
  EXPECT_EQ(said("[[sentence]]\nabout = 'figure'\nindicators = ['INV2.T']\n"
                 "says = '{figure} in this {span}{change}'\n"),
            Sentences{"176.1 hours in this quarter, 10.6 more than in April to June 2026."});
}

TEST_F(Said, ABrokenSeriesHasNoChange) {
  Definition second = store_.definitions_.front();
  for (const Definition& one : store_.definitions_)
    if (one.code == "INV1.T") second = one;
  second.version = 2;
  second.comparable_with_previous = false;
  store_.definitions_.push_back(second);
  for (Fact& fact : store_.facts_)
    if (fact.indicator == "INV1.T" && fact.period == sample::quarter().id()) fact.version = 2;
  EXPECT_EQ(said(kEngaged), Sentences{"113 persons."});
  store_.definitions_.back().comparable_with_previous = true;
  EXPECT_EQ(said(kEngaged), Sentences{"113 persons, 7 more than in April to June 2026."});
}

TEST_F(Said, APartIsSaidWhenItIsNamed) {
  EXPECT_EQ(said("[[sentence]]\nabout = 'figure'\nindicators = ['INV1']\nbreakdown = 'level=4'\n"
                 "one = 'member'\nmany = 'members'\nsays = '{figure}'\n"),
            Sentences{"12 members."});
}

TEST_F(Said, WhatJoinsFollowsOnlyASentenceThatWasSaid) {
  const std::string policies =
      "[[sentence]]\nabout = 'figure'\nindicators = ['INV3']\nsays = '{figure}'\njoins = true\n";
  const std::string nobody =
      "[[sentence]]\nabout = 'figure'\nindicators = ['NONE']\nsays = '{figure}'\n";
  EXPECT_EQ(said(policies), Sentences{"5 policies."});
  EXPECT_EQ(said(nobody + policies), Sentences{"5 policies."});
  EXPECT_EQ(said(kEngaged + policies),
            Sentences{"113 persons, 7 more than in April to June 2026; 5 policies."});
  EXPECT_EQ(said(kEngaged + nobody + policies),
            (Sentences{"113 persons, 7 more than in April to June 2026.", "5 policies."}));
}

TEST_F(Said, AMeasureIsSaidForEachOfItsParts) {
  EXPECT_EQ(said("[[sentence]]\nabout = 'newest'\nindicators = ['TP01', 'RP01', 'TP12']\n"
                 "says = '{code} {value}{unit}{interval}, {when}'\n"),
            (Sentences{"TP01, LCRA 84.4%, 79.6 to 89.2 at 95 % confidence, Jul to Sep 2026.",
                       "TP01, LCHO 63.5%, 55.2 to 71.9 at 95 % confidence, Jul to Sep 2026.",
                       "RP01, LCRA 0.5%, Jul to Sep 2026."}));
}

TEST_F(Said, LinesWithAFigureAreCounted) {
  EXPECT_EQ(said("[[sentence]]\nabout = 'lines'\nfamilies = ['existing_pis']\n"
                 "says = '{measured} of {lines}'\n"),
            Sentences{"9 of 11."})
      << "one has no case, one is only defined";
  EXPECT_EQ(said("[[sentence]]\nabout = 'lines'\nfamilies = ['none']\nsays = '{lines}'\n"),
            Sentences{});
}

TEST_F(Said, WhatIsLackingIsListedOrItIsSaidThatNothingIs) {
  const auto lacking = [](const std::string& codes, const std::string& none) {
    return "[[sentence]]\nabout = 'shortfall'\nindicators = [" + codes +
           "]\nsays = 'Waiting: {list}'\n" + none;
  };
  const std::string none = "none = 'Nothing waits'\n";
  EXPECT_EQ(said(lacking("'BS02', 'RP01', 'BS01'", none)),
            Sentences{"Waiting: Homes that do not meet the Decent Homes Standard (RP01) 20, Gas "
                      "safety checks (BS01) 3."});
  EXPECT_EQ(said(lacking("'BS02'", none)), Sentences{"Nothing waits."});
  EXPECT_EQ(said(lacking("'BS02'", "")), Sentences{});
  EXPECT_EQ(said(lacking("'TP01'", none)), Sentences{}) << "nothing can be lacking";
}

TEST_F(Said, WhatAreasOwnIsCountedWithThePlacesItWasMeasuredIn) {
  EXPECT_EQ(said("[[sentence]]\nabout = 'owned'\nfamilies = ['copis']\n"
                 "says = '{measured} of {lines} in {places}'\n"),
            Sentences{"5 of 6 in 3 areas."});
  EXPECT_EQ(said("[[sentence]]\nabout = 'owned'\nfamilies = ['existing_pis']\nsays = 'x'\n"),
            Sentences{})
      << "no area owns them";
}

TEST_F(Said, APlanWithoutAPyramidHasNoChart) {
  auto request = sample::request();
  request.plan = std::make_shared<const returns::plan::Plan>(
      *returns::plan::read_plan("title = '{kind}, {audience}'\nabout = 'b'\n", "own.toml"));
  const auto made = *returns::content::gather({store_, store_, store_}, request);
  EXPECT_FALSE(returns::sheets::chart_sheet(made));
  const auto sheet = returns::sheets::summary_sheet(made);
  EXPECT_FALSE(sheet.chart);
  EXPECT_EQ(look(sheet, {"involvement"}, "Indicators of the landlord"),
            "16");  // INV1a.T too, which has no figure
  EXPECT_EQ(returns::sheets::return_title(made), "Quarterly, Executive");
  EXPECT_TRUE(returns::build_return({store_, store_, store_}, request));
}

}  // namespace
}  // namespace qd
