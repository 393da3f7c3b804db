#include "core/capture/rsh/tsm_headings.hpp"

#include <gtest/gtest.h>

#include "core/capture/rsh/editions.hpp"

namespace qd::test {
namespace {

const capture::rsh::Layout& of_2024() {
  static const auto layout = capture::rsh::layout_of(2024);
  return layout;
}

struct Meaning {
  const char* heading;
  capture::rsh::TsmRole role;
  const char* measure;
  const char* tenure;
};
class TsmHeadings : public ::testing::TestWithParam<Meaning> {};

TEST_P(TsmHeadings, AreReadForTheirMeaning) {
  const auto heading =
      capture::rsh::read_tsm_heading(GetParam().heading, "LCRA Perception", of_2024());
  EXPECT_EQ(heading.means.role, GetParam().role);
  EXPECT_EQ(heading.means.measure, GetParam().measure);
  EXPECT_EQ(heading.means.tenure, GetParam().tenure);
}

INSTANTIATE_TEST_SUITE_P(
    Tsm, TsmHeadings,
    ::testing::Values(
        // The words are of TP06, the suffix says TP05: the suffix is right.
        Meaning{"Number of respondents who report that they are very satisfied that their landlord "
                "listens to their views and acts upon them (TP05)",
                capture::rsh::TsmRole::kVeryPositive, "TP05", ""},
        Meaning{
            "Number of respondents who report that they strongly disagree that they are treated "
            "fairly and with respect (TP08)8",
            capture::rsh::TsmRole::kVeryNegative, "TP08", ""},
        Meaning{"Number of respondents who report that they neither agree nor disagree (TP08)",
                capture::rsh::TsmRole::kNeither, "TP08", ""},
        Meaning{"Number of respondents who report that they agree (TP08)",
                capture::rsh::TsmRole::kFairlyPositive, "TP08", ""},
        Meaning{
            "Number of respondents who report that they do not live in a building with communal "
            "areas, either inside or outside",
            capture::rsh::TsmRole::kFilterNo, "TP10", ""},
        Meaning{"Number of respondents who report that their landlord has carried out a repair to "
                "their home in the last 12 months (TP03)",
                capture::rsh::TsmRole::kFilterYes, "TP03", ""},
        Meaning{"Proportion of res\xC2\xADpondents satisfied (TP09)7",
                capture::rsh::TsmRole::kPublished, "TP09", ""},
        Meaning{"Proportion of respondents who report that they are satisfied with the overall "
                "service from their landlord (TP01) for each survey method - Internet6",
                capture::rsh::TsmRole::kNotLoaded, "", ""},
        Meaning{"Dwellings with lifts inspected (BS05 Numerator) 5",
                capture::rsh::TsmRole::kNumerator, "BS05", "LCRA+LCHO"},
        Meaning{"Emergency repairs completed (RP02 (2) Denominator)",
                capture::rsh::TsmRole::kDenominator, "RP02_2", "LCRA"},
        Meaning{"LCRA - Number of stage one complaints made (CH02 1 Denominator)5 ",
                capture::rsh::TsmRole::kDenominator, "CH02_1", "LCRA"},
        Meaning{"Combined \xE2\x80\x93 Number of stage two complaints per 1,000 homes (CH01 2)",
                capture::rsh::TsmRole::kPublished, "CH01_2", "COMBINED"},
        Meaning{"Proportion of tenants who state they have complained (TP09 responses)",
                capture::rsh::TsmRole::kNotLoaded, "", ""},
        Meaning{"Share of tenants with a complaint (TP09 responses)",
                capture::rsh::TsmRole::kUnknown, "TP09", ""},
        Meaning{"Proportion of those with a complaint (TP09 responses)",
                capture::rsh::TsmRole::kNotLoaded, "", ""},
        // A digit more, a digit less, a measure that is not there, a part that is not there.
        Meaning{"Number of respondents who are very satisfied (TP055)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Number of respondents who are very satisfied (TP5)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Number of respondents who are very satisfied (TP13)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Emergency repairs completed (RP02 3 Denominator)", capture::rsh::TsmRole::kUnknown,
                "", ""},
        Meaning{"Emergency repairs completed (RP02 12 Denominator)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Emergency repairs completed (RP02 Denominator)", capture::rsh::TsmRole::kUnknown,
                "", ""},
        Meaning{"Dwelling units (BS01 1 Denominator)", capture::rsh::TsmRole::kUnknown, "", ""},
        // A code that does not belong to the question before is not believed.
        Meaning{"Number of respondents whose landlord has not carried out a repair to their home "
                "(TP02)",
                capture::rsh::TsmRole::kFilterNo, "TP02", ""},
        Meaning{
            "Number of respondents whose landlord has carried out a repair to their home (TP09)",
            capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Number of respondents whose landlord has carried out a repair to their home",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Number of stage one complaints (CH01 1 Numerator)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Landlord TSM Publication URL1", capture::rsh::TsmRole::kNotLoaded, "", ""},
        Meaning{"Weighting characteristic 1\xE2\x80\x8B", capture::rsh::TsmRole::kNotLoaded, "",
                ""},
        Meaning{"Relevant\xC2\xA0tenant population size (LCRA)", capture::rsh::TsmRole::kPopulation,
                "", ""},
        Meaning{"Relevant tenant population size", capture::rsh::TsmRole::kPopulation, "", ""},
        // Of another tenure, a share, words before the words.
        Meaning{"Relevant tenant population size (LCHO)", capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Relevant tenant population surveyed (%)", capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Excluded from relevant tenant population", capture::rsh::TsmRole::kUnknown, "",
                ""},
        Meaning{"Total sample size achieved", capture::rsh::TsmRole::kSample, "", ""},
        Meaning{"Weighted total sample size achieved", capture::rsh::TsmRole::kUnknown, "", ""},
        // Two answers in one, a share of an answer, the opposite of the measure.
        Meaning{"Number of respondents who are very or fairly satisfied (TP03)",
                capture::rsh::TsmRole::kUnknown, "TP03", ""},
        Meaning{"Percent of respondents who are very satisfied (TP03)",
                capture::rsh::TsmRole::kUnknown, "TP03", ""},
        Meaning{"Percentage of respondents who are satisfied (TP03)",
                capture::rsh::TsmRole::kPublished, "TP03", ""},
        Meaning{"Percentage of homes with gas safety checks (BS01)",
                capture::rsh::TsmRole::kPublished, "BS01", "LCRA+LCHO"},
        Meaning{"Proportion of dwellings with gas safety checks (BS01 Numerator)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Number of dwellings without gas safety checks (BS01 Numerator)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Proportion of homes with gas safety checks not carried out (BS01)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Dwellings which failed the Decent Homes Standard (RP01 Numerator)",
                capture::rsh::TsmRole::kNumerator, "RP01", "LCRA"},
        Meaning{"Dwellings which met the Decent Homes Standard (RP01 Numerator)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Dwellings to which the Decent Homes Standard applied (RP01 Denominator)",
                capture::rsh::TsmRole::kDenominator, "RP01", "LCRA"},
        // Figures of another year beside this one's, which is 2024-25.
        Meaning{"Dwellings with gas safety checks at 31 March 2025 (BS01 Numerator)",
                capture::rsh::TsmRole::kNumerator, "BS01", "LCRA+LCHO"},
        Meaning{"Dwellings with gas safety checks in 2024/25 (BS01 Numerator)",
                capture::rsh::TsmRole::kNumerator, "BS01", "LCRA+LCHO"},
        Meaning{"Dwellings with gas safety checks at 31 March 2024 (BS01 Numerator)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Dwellings with gas safety checks in 2023/24 (BS01 Numerator)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Dwellings with gas safety checks (BS01 Numerator) 2026",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Dwellings with gas safety checks, previous year (BS01 Numerator)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Weighting characteristic of the 2021 census", capture::rsh::TsmRole::kNotLoaded,
                "", ""},
        Meaning{"Landlord favourite colour", capture::rsh::TsmRole::kUnknown, "", ""}));

struct Doubt {
  const char* heading;
  const char* doubt;
};
class TsmDoubts : public ::testing::TestWithParam<Doubt> {};

TEST_P(TsmDoubts, TheWordsAreTheSecondWitness) {
  const auto heading =
      capture::rsh::read_tsm_heading(GetParam().heading, "LCRA Perception", of_2024());
  EXPECT_EQ(heading.how, capture::rsh::TsmHow::kByCode);
  EXPECT_EQ(heading.doubt, GetParam().doubt);
}

INSTANTIATE_TEST_SUITE_P(
    Tsm, TsmDoubts,
    ::testing::Values(
        Doubt{"They are very satisfied with the time taken to complete the repair (TP03)", ""},
        Doubt{"They are very satisfied with the service provided by their landlord, unweighted "
              "(TP01)",
              ""},
        Doubt{"They are very satisfied with the time taken to complete the repair (TP02)",
              "its words are those of TP03"},
        Doubt{"They are very satisfied with something (TP02)", "its words name no measure"},
        Doubt{"They are very satisfied that it listens to their views (TP05)",
              "its words fit more than one measure"},
        Doubt{"Number of anti-social behaviour cases opened by the provider (NM01 1 Numerator)",
              ""},
        Doubt{"Number of gas safety checks (BS02 Numerator)", "its words are those of BS01"},
        Doubt{"LCRA - Number of stage one complaints made (CH01 1 Numerator)",
              "one word of its heading says the tenure"},
        Doubt{"Number of respondents who report 'not applicable/ don't know' (TP05)", ""}));

TEST(TsmLayouts, AHeadingOfTheLayoutMeansWhatTheLayoutSaysOnItsSheetAlone) {
  const auto layout = capture::rsh::layout_of(2023);
  const std::string heading =
      "Has the average satisfaction by survey method been calculated using "
      "weighted or unweighted responses";
  const auto here = capture::rsh::read_tsm_heading(heading, "Combined Perception", layout);
  EXPECT_EQ(here.means.role, capture::rsh::TsmRole::kWeighted);
  EXPECT_EQ(here.how, capture::rsh::TsmHow::kByLayout);
  const auto elsewhere = capture::rsh::read_tsm_heading(heading, "LCRA Perception", layout);
  EXPECT_EQ(elsewhere.means.role, capture::rsh::TsmRole::kNotLoaded);
  EXPECT_EQ(elsewhere.how, capture::rsh::TsmHow::kByWords);
}

}  // namespace
}  // namespace qd::test
