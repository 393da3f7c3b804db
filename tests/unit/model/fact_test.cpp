#include "core/model/fact.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/model/error.hpp"
#include "core/tables/shipped_tables.hpp"

namespace qd {
namespace {

Definition percentage() {
  Definition definition;
  definition.code = "TP03";
  definition.denominator = "answers on the scale";
  definition.multiplier = 100;
  definition.decimals = 1;
  definition.interval = Interval::kSampleMargin;
  return definition;
}

Fact fact_of(std::int64_t numerator, std::int64_t denominator) {
  Fact fact;
  fact.numerator = Number::of(numerator);
  fact.denominator = Number::of(denominator);
  return fact;
}

TEST(Fact, value_comes_from_numerator_denominator_and_factor) {
  EXPECT_EQ(display(fact_of(309, 400), percentage()), "77.3");
  EXPECT_EQ(exact_text(fact_of(309, 400), percentage()), "77.25");
  EXPECT_EQ(exact_text(fact_of(2, 3), percentage()), "66.6666666667");
}

TEST(Fact, weighted_counts_stay_exact) {
  Fact fact;  // L&Q TP01, domain A.1.1
  fact.numerator = *Number::parse("1529.2");
  fact.denominator = *Number::parse("2858.4");
  EXPECT_EQ(display(fact, percentage()), "53.5");
}

TEST(Fact, hours_are_sixtieths_of_minutes) {
  Definition hours;
  hours.divisor = 60;
  hours.decimals = 1;
  Fact fact;
  fact.numerator = Number::of(93);
  EXPECT_EQ(display(fact, hours), "1.6");  // 1.55 is a tie
  EXPECT_EQ(exact_text(fact, hours), "1.55");
}

TEST(Fact, missing_is_never_zero) {
  EXPECT_EQ(display(fact_of(0, 0), percentage()), "[u]");
  EXPECT_EQ(exact_text(fact_of(0, 0), percentage()), "");
  Fact left_blank = fact_of(0, 0);
  left_blank.null_reason = NullReason::kNotAvailable;
  EXPECT_EQ(display(left_blank, percentage()), "[x]");
  EXPECT_EQ(display(fact_of(0, 1105), percentage()), "0.0");
}

struct Sample {
  std::int64_t population, achieved;
  double margin;
};

TEST(SampleAccuracy, margins_are_those_the_regulator_published) {
  // Domain A.1.1: A2Dominion, Abri, Arawak Walton, Clarion, 2024/25.
  const Sample samples[] = {{20780, 1317, 2.61351957936848},
                            {34460, 2433, 1.91541028942578},
                            {1080, 301, 4.79955347047619},
                            {97494, 2566, 1.90900997611644}};
  for (const auto& sample : samples) {
    Fact fact = fact_of(1, 1);
    fact.n = sample.achieved;
    fact.population = sample.population;
    EXPECT_NEAR(sample_accuracy(fact, percentage())->margin_percent, sample.margin, 1e-6);
  }
}

TEST(SampleAccuracy, required_samples_are_those_of_the_regulators_table) {
  const std::pair<std::int64_t, double> required[] = {
      {500, 217.25},   {1000, 277.54},   {2499, 332.97},   {2500, 484.03},   {9999, 566.26},
      {10000, 964.22}, {24999, 1023.43}, {25000, 2190.61}, {125000, 2355.75}};
  for (const auto& [population, sample] : required) {
    Fact fact = fact_of(1, 1);
    fact.n = 1;
    fact.population = population;
    EXPECT_NEAR(sample_accuracy(fact, percentage())->required_sample, sample, 0.005) << population;
  }
}

TEST(SampleAccuracy, is_absent_where_nothing_was_sampled) {
  Fact fact = fact_of(1, 1);
  EXPECT_FALSE(sample_accuracy(fact, percentage()));
  fact.n = 10;
  fact.population = 5;
  EXPECT_FALSE(sample_accuracy(fact, percentage()));
  fact.population = 10;
  EXPECT_EQ(sample_accuracy(fact, percentage())->margin_percent, 0);
}

TEST(ErrorCatalogue, holds_every_code_once_in_ascending_order) {
  const auto& catalogue = error_catalogue();
  for (std::size_t i = 1; i < catalogue.size(); ++i)
    EXPECT_LT(catalogue[i - 1].code, catalogue[i].code);
  EXPECT_EQ(catalogue_entry(ErrorCode::kDeliveryFailed).name, "delivery_failed");
  EXPECT_EQ(to_text(Error{ErrorCode::kPeriodMalformed, "'x' is not a period", "write FY2026-27"}),
            "QD2001: 'x' is not a period (write FY2026-27)");
}

TEST(Tables, parents_come_before_children_and_keys_come_first) {
  std::vector<std::string> seen;
  for (const auto& table : tables::shipped_tables()) {
    seen.push_back(table.name);
    EXPECT_GE(table.n_key, 1u) << table.name;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const auto& column = table.columns[i];
      EXPECT_FALSE(column.meaning.empty()) << table.name << "." << column.name;
      if (i < table.n_key) {
        EXPECT_TRUE(column.required) << table.name << "." << column.name;
      }
      if (!column.references.empty()) {
        EXPECT_NE(std::find(seen.begin(), seen.end(), column.references), seen.end());
      }
    }
  }
}

}  // namespace
}  // namespace qd
