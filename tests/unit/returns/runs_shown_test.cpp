// Which runs, and which year, a return shows.
#include <gtest/gtest.h>

#include "core/returns/content/contents.hpp"
#include "core/returns/content/rows.hpp"
#include "tests/support/sample_return.hpp"

namespace qd {
namespace {

constexpr const char* kLandlord = "QH01";

class RunsShown : public ::testing::Test {
 protected:
  void SetUp() override { sample::add_areas(store_); }

  std::int64_t add(const Period& period, Reading reading, std::int64_t numerator) {
    const auto definitions = sample::existing_definitions();
    auto made = sample::fact("BS01", kLandlord, period, reading, {numerator, 100});
    return sample::add_run(store_, "existing_pis", period, definitions, {made});
  }
  returns::ReturnRequest request(const Period& period) {
    returns::ReturnRequest made = sample::request();
    made.period = period;
    made.as_of = sample::kComputed + std::chrono::hours{1};
    return made;
  }
  returns::content::ReturnContents contents(const returns::ReturnRequest& request) {
    auto gathered = returns::content::gather({store_, store_, store_}, request);
    if (!gathered) throw std::runtime_error(to_text(gathered.error()));
    return *gathered;
  }
  std::vector<std::int64_t> runs(const returns::ReturnRequest& request) {
    std::vector<std::int64_t> numbers;
    for (const auto& run : contents(request).runs) numbers.push_back(run.id);
    return numbers;
  }

  static returns::plan::Section existing() {
    returns::plan::Section section;
    section.families = {"existing_pis"};
    return section;
  }

  MemoryFactStore store_;
};

TEST_F(RunsShown, ThatWhichKnewMostIsShownThoughOneThatLooksBackCameLater) {
  const Period period = Period::quarter(2026, 2);
  const auto knew_most = add(period, Reading::kQuarter, 90);
  const auto looks_back = add(period, Reading::kQuarter, 80);
  store_.runs_.back().as_of -= std::chrono::milliseconds{1};
  EXPECT_EQ(runs(request(period)), std::vector<std::int64_t>{knew_most});
  store_.runs_.back().as_of += std::chrono::milliseconds{1};  // as much: then the later one
  EXPECT_EQ(runs(request(period)), std::vector<std::int64_t>{looks_back});
}

TEST_F(RunsShown, OneThatEndsAtTheReturnsInstantIsKnownALaterOneIsNot) {
  const Period period = Period::quarter(2026, 2);
  const auto first = add(period, Reading::kQuarter, 90);
  const auto second = add(period, Reading::kQuarter, 91);
  returns::ReturnRequest wanted = request(period);
  store_.runs_.back().finished_at = wanted.as_of;
  EXPECT_EQ(runs(wanted), std::vector<std::int64_t>{second});
  store_.runs_.back().finished_at = wanted.as_of + std::chrono::milliseconds{1};
  EXPECT_EQ(runs(wanted), std::vector<std::int64_t>{first});
}

TEST_F(RunsShown, AReturnOfALastQuarterTakesItsYearFromTheYear) {
  const Period last = Period::quarter(2025, 4);
  add(last, Reading::kQuarter, 90);
  add(Period::year(2024), Reading::kYear, 70);
  EXPECT_EQ(contents(request(last)).full_year, Period::year(2024)) << "its own is not computed yet";
  add(Period::year(2025), Reading::kYear, 80);
  const auto made = contents(request(last));
  EXPECT_EQ(made.full_year, Period::year(2025));
  const auto subjects = returns::content::subjects_of(made, existing(), kLandlord);
  const auto found = std::find_if(subjects.begin(), subjects.end(), [](const auto& subject) {
    return subject.definition.code == "BS01";
  });
  ASSERT_NE(found, subjects.end());
  const Figure* year = returns::content::full_year_figure(made, *found, kLandlord);
  ASSERT_TRUE(year);
  EXPECT_EQ(year->fact.numerator, Number::of(80));
}

TEST_F(RunsShown, AYearThatStandsAtItsLastQuarterIsNotTakenForTheYear) {
  const Period last = Period::quarter(2025, 4);
  add(last, Reading::kQuarter, 90);
  store_.facts_.push_back(sample::fact("BS01", kLandlord, last, Reading::kYear, {80, 100}));
  store_.facts_.back().run = store_.runs_.back().id;
  const auto made = contents(request(last));
  for (const auto& subject : returns::content::subjects_of(made, existing(), kLandlord))
    EXPECT_FALSE(returns::content::full_year_figure(made, subject, kLandlord));
}

TEST_F(RunsShown, InTheMiddleOfAYearTheNewestFullYearIsTheOneBefore) {
  const Period period = Period::quarter(2026, 3);
  add(period, Reading::kQuarter, 90);
  add(Period::year(2026), Reading::kYear, 60);  // computed while it runs: not full
  add(Period::year(2025), Reading::kYear, 80);
  add(Period::year(2024), Reading::kYear, 70);
  EXPECT_EQ(contents(request(period)).full_year, Period::year(2025));
}

}  // namespace
}  // namespace qd
