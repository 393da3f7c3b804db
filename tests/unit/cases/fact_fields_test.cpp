// What each column of `facts` says.
#include "core/cases/fact_fields.hpp"

#include <gtest/gtest.h>

#include "core/cases/case_text.hpp"

namespace qd::cases {
namespace {

Definition share() {
  Definition definition;
  definition.code = "t.share";
  definition.denominator = "homes";
  definition.multiplier = 100;
  definition.decimals = 1;
  definition.interval = Interval::kSampleMargin;
  return definition;
}

Fact two_of_three() {
  Fact fact;
  fact.indicator = "t.share";
  fact.version = 2;
  fact.area = "A1";
  fact.reading = Reading::kYearToDate;
  fact.breakdown = "sex=F";
  fact.numerator = Number::of(2);
  fact.denominator = Number::of(3);
  return fact;
}

std::string line_of(const Fact& fact) {
  std::vector<std::string> fields;
  for (std::size_t i = 0; i < fact_columns().size(); ++i)
    fields.push_back(fact_field(i, fact, share()));
  return fields_line(fields);
}

TEST(FactFields, have_the_names_of_the_columns) {
  EXPECT_EQ(fields_line(fact_columns()),
            "indicator,version,area,reading,breakdown,numerator,denominator,value,n,population,"
            "flags,margin,required");
}

TEST(FactFields, say_all_of_a_figure) {
  EXPECT_EQ(line_of(two_of_three()), "t.share,2,A1,ytd,sex=F,2,3,66.7,,,,,");
  Fact surveyed = two_of_three();
  surveyed.n = 100;
  surveyed.population = 1000;
  surveyed.flags = kIndicative | kWeighted;
  EXPECT_EQ(line_of(surveyed),
            "t.share,2,A1,ytd,sex=F,2,3,66.7,100,1000,indicative;weighted,9.301748,277.540169");
}

TEST(FactFields, of_a_count_have_no_denominator) {
  Fact fact = two_of_three();
  fact.denominator.reset();
  EXPECT_EQ(fact_field(6, fact, share()), "");
  EXPECT_EQ(fact_field(5, fact, share()), "2");
}

TEST(FactFields, of_what_is_not_known_have_a_mark_and_no_figures) {
  Fact fact = two_of_three();
  fact.null_reason = NullReason::kNotAvailable;
  EXPECT_EQ(line_of(fact), "t.share,2,A1,ytd,sex=F,,,[x],,,,,");
  fact.null_reason = NullReason::kZeroDenominator;
  fact.numerator = Number::of(0);
  fact.denominator = Number::of(0);
  EXPECT_EQ(line_of(fact), "t.share,2,A1,ytd,sex=F,0,0,[u],,,,,");
}

}  // namespace
}  // namespace qd::cases
