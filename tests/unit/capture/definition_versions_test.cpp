// A definition in force keeps its meaning; its words may be revised.
#include <gmock/gmock.h>

#include "tests/unit/capture/csv_folder.hpp"

namespace qd {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Line {
  std::string title = "Neighbours who agree", source = "meeting of May", multiplier = "100",
              numerator = "agree", denominator = "answers", unit = "%", decimals = "1",
              polarity = "high", aggregation = "survey_proportion", rule = "AGREE_PCT",
              from = "2026-04-01", until = "", comparable = "yes";

  std::string text() const {
    return "code,version,family,title,numerator,denominator,unit,source,multiplier,divisor,"
           "decimals,polarity,aggregation,rule,area,effective_from,effective_until,"
           "comparable_with_previous\n"
           "C1,1,copis," +
           title + ',' + numerator + ',' + denominator + ',' + unit + ',' + source + ',' +
           multiplier + ",1," + decimals + ',' + polarity + ',' + aggregation + ',' + rule +
           ",L1-N1," + from + ',' + until + ',' + comparable + '\n';
  }
};

class InForce : public test::CsvFolder {
 protected:
  InForce() {
    have_landlord();
    EXPECT_TRUE(load("definitions", Line{}.text())->committed);
  }
  std::vector<std::string> again(const Line& line) { return refused("definitions", line.text()); }
};

TEST_F(InForce, AnotherFactorOrWordOfItsFractionIsRefusedWithBothValues) {
  EXPECT_THAT(again({.multiplier = "1"}),
              ElementsAre("2:9 multiplier QD1012 version 1 of C1 is in force, and its multiplier "
                          "would change from '100' to '1'"));
  EXPECT_THAT(again({.numerator = "disagree"}),
              ElementsAre("2:5 numerator QD1012 version 1 of C1 is in force, and its numerator "
                          "would change from 'agree' to 'disagree'"));
  EXPECT_THAT(again({.polarity = "low"}),
              ElementsAre("2:12 polarity QD1012 version 1 of C1 is in force, and its polarity "
                          "would change from 'high' to 'low'"));
  EXPECT_THAT(again({.from = "2026-01-01"}),
              ElementsAre("2:16 effective_from QD1012 version 1 of C1 is in force, and its "
                          "effective_from would change from '2026-04-01' to '2026-01-01'"));
}

TEST_F(InForce, TheHintNamesTheNextVersion) {
  const auto report = load("definitions", Line{.rule = "CHECKLIST_PCT"}.text());
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->committed);
  EXPECT_EQ(report->refusals.at(0).error.hint,
            "leave it as it is, and write version 2 with the day it begins");
}

TEST_F(InForce, OtherWordsAndAnEndAreTaken) {
  EXPECT_THAT(again({.title = "Neighbours agree", .source = "minutes", .decimals = "0"}),
              IsEmpty());
  EXPECT_THAT(again({.title = "Neighbours agree",
                     .source = "minutes",
                     .decimals = "0",
                     .until = "2026-07-01"}),
              IsEmpty());
}

TEST_F(InForce, OnceItHasEndedItStaysEnded) {
  EXPECT_THAT(again({.until = "2026-07-01"}), IsEmpty());
  EXPECT_THAT(again({.until = "2027-04-01"}),
              ElementsAre("2:17 effective_until QD1012 version 1 of C1 is in force, and its "
                          "effective_until would change from '2026-07-01' to '2027-04-01'"));
}

// Today is 21 September 2026.
TEST_F(InForce, WhatHasNotBegunMayStillChange) {
  const auto coming = [](Line line) {
    line.from = "2026-10-01";
    auto text = line.text();
    return text.replace(text.find("C1,1,"), 5, "C2,1,");
  };
  EXPECT_THAT(refused("definitions", coming({})), IsEmpty());
  EXPECT_THAT(refused("definitions", coming({.multiplier = "1"})), IsEmpty());
}

TEST_F(InForce, ItsFieldsFitTogetherLikeThoseOfADeclaration) {
  const auto of_another = [](Line line) {
    auto text = line.text();
    return text.replace(text.find("C1,1,"), 5, "C5,1,");
  };
  EXPECT_THAT(refused("definitions", of_another({.aggregation = "additive_count"})),
              ElementsAre("2:6 denominator QD1012 a count has no denominator"));
  EXPECT_THAT(refused("definitions", of_another({.denominator = ""})),
              ElementsAre("2:6 denominator QD1012 no denominator in words, where only a count or a "
                          "quantile has none"));
  EXPECT_THAT(refused("definitions", of_another({.polarity = "nearest"})),
              ElementsAre("2:12 polarity QD1012 nearest needs a target"));
}

TEST_F(InForce, WhatAFamilyDeclaresNobodyElseDefines) {
  capture::ImportOptions options;
  options.declared_codes = {{"C1", "walks"}, {"C3", "walks"}};
  const auto renamed = [](const char* code) {
    auto text = Line{.title = "Reworded"}.text();
    return text.replace(text.find("C1,1,"), 5, std::string(code) + ",9,");
  };
  const auto report = load("definitions", renamed("C3"), options);
  ASSERT_EQ(report->refusals.size(), 1u);
  EXPECT_EQ(test::brief(report->refusals[0]),
            "2:1 code QD1012 what C3 means is declared by the family walks");
  EXPECT_TRUE(load("definitions", renamed("C4"), options)->committed);
}

}  // namespace
}  // namespace qd
