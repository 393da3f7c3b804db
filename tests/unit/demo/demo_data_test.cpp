#include "demo/demo_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "core/capture/csv/import_csv.hpp"
#include "core/tables/shipped_tables.hpp"
#include "tests/unit/capture/kept_observations.hpp"

namespace qd::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Demo : public ::testing::Test {
 protected:
  Demo()
      : folder_(std::filesystem::temp_directory_path() /
                fmt::format("quarterday-demo-{}", ::getpid())) {}
  ~Demo() override { std::filesystem::remove_all(folder_); }

  std::string text_of(const std::string& table, unsigned seed) {
    EXPECT_TRUE(demo::write_demo_files(folder_, seed));
    std::ifstream in(folder_ / (table + ".csv"), std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(in)), {});
  }

  void import_all(unsigned seed) {
    ASSERT_TRUE(demo::write_demo_files(folder_, seed));
    for (const auto& table : tables::shipped_tables()) {
      NoProgress progress;
      const auto report = capture::csv::import_csv(store_, table, {folder_ / (table.name + ".csv")},
                                                   {}, FixedClock{}, progress);
      ASSERT_TRUE(report) << to_text(report.error());
      for (const auto& refusal : report->refusals) ADD_FAILURE() << table.name << brief(refusal);
      EXPECT_THAT(report->notes, IsEmpty()) << table.name;
      EXPECT_TRUE(report->committed);
      EXPECT_GT(store_.rows(table.name).size(), 0u) << table.name;
      std::cout << table.name << ": " << store_.rows(table.name).size() << " rows\n";
    }
  }

  // Members whose membership is open on a day.
  int members(int level, const std::string& day) {
    int count = 0;
    for (const auto& [key, row] : store_.rows("memberships")) {
      const bool open = key[2] <= day && row[3].value_or("9999-12-31") >= day;
      count += open && key[1] == std::to_string(level) ? 1 : 0;
    }
    return count;
  }

  std::filesystem::path folder_;
  KeptObservations store_;
};

TEST_F(Demo, EveryFileIsImportedWithoutARefusalInTheOrderOfTheTables) { import_all(1); }

TEST_F(Demo, TheSameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  const std::string once = text_of("participations", 7);
  EXPECT_EQ(once, text_of("participations", 7));
  EXPECT_NE(once, text_of("participations", 8));
}

// Written down once: other bytes for a seed are a change that everybody's screenshots would show.
TEST_F(Demo, TheBytesOfASeedDoNotDependOnTheMachine) {
  std::istringstream lines(text_of("persons", 1));
  std::string line;
  std::vector<std::string> first;
  while (first.size() < 4 && std::getline(lines, line)) first.push_back(line);
  EXPECT_EQ(first,
            (std::vector<std::string>{"code,relationship,area", "P0001,SERVICE_USER,DEMO-N04-E3",
                                      "P0002,TENANT,DEMO-N03-E2", "P0003,TENANT,DEMO-N01-E3"}));
}

TEST_F(Demo, LevelsStayWithinTheirCapsInEverySeed) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    store_ = KeptObservations{};
    import_all(seed);
    int most[5] = {};
    for (Date day = make_date(2024, 4, 1); day < make_date(2026, 10, 1);
         day += std::chrono::days(7)) {
      for (int level = 2; level <= 4; ++level) {
        most[level] = std::max(most[level], members(level, to_text(day)));
      }
    }
    EXPECT_LE(most[2], 100);
    EXPECT_LE(most[3], 20);
    EXPECT_LE(most[4], 12);
    EXPECT_GE(most[2], 60);
    EXPECT_GE(most[4], 9);
    std::cout << "most members: " << most[2] << ", " << most[3] << ", " << most[4] << '\n';
  }
}

TEST_F(Demo, NobodyGivesMoreHoursAMonthThanTheStrategyAsksFor) {
  import_all(1);
  std::map<std::vector<std::string>, int> minutes;  // person, month, level
  for (const auto& [key, row] : store_.rows("participations")) {
    const auto& event = store_.rows("events").at({key[1]});
    const std::string relationship = *store_.rows("persons").at({key[0]})[1];
    if (relationship == "STAFF" || relationship == "BOARD_MEMBER") continue;
    minutes[{key[0], event[3]->substr(0, 7), *event[2]}] += std::stoi(row[3].value_or("0"));
  }
  for (const auto& [key, sum] : minutes) {
    const int most = key[2] == "2" ? 120 : key[2] == "3" ? 150 : 240;
    EXPECT_LE(sum, most) << key[0] << ' ' << key[1];
  }
}

TEST_F(Demo, ThePanelMeetsFourToSixTimesAYearAndMostMembersCome) {
  import_all(1);
  std::set<std::string> held;
  for (const auto& [key, row] : store_.rows("events")) {
    const bool year = *row[3] >= "2025-04-01" && *row[3] < "2026-04-01";
    if (year && row[1] == "PANEL_MEETING" && row[5] == "0") held.insert(key[0]);
  }
  EXPECT_GE(held.size(), 4u);
  EXPECT_LE(held.size(), 6u);
  int came = 0;
  int possible = 0;
  for (const auto& [key, row] : store_.rows("participations")) {
    if (!held.contains(key[1]) || key[0] >= "P0900") continue;
    ++possible;
    came += row[2] == "ATTENDED" || row[2] == "REMOTE" ? 1 : 0;
  }
  EXPECT_GT(came * 100, possible * 70);
  EXPECT_LT(came * 100, possible * 95);
}

TEST_F(Demo, AllFourFormulasABreakAndALinkAreThere) {
  import_all(1);
  std::set<std::string> formulas;
  int breaks = 0;
  for (const auto& [key, row] : store_.rows("definitions")) {
    formulas.insert(*row[13]);
    breaks += row[17] == "0" ? 1 : 0;
  }
  EXPECT_EQ(formulas,
            (std::set<std::string>{"AGREE_PCT", "CHECKLIST_PCT", "COUNT_RATE", "SCORE_MEAN"}));
  EXPECT_EQ(breaks, 1);
  EXPECT_TRUE(store_.rows("definition_links").contains({"COPI-N01-C05", "TP10"}));
}

TEST_F(Demo, TheRegulatorsFiguresStandBesideTheInventedOnes) {
  import_all(1);
  const auto& measures = store_.rows("measure_observations");
  const Row& gas = measures.at({"BS01", "1", "LH4087", "LCRA+LCHO", "2024-04-01", "2025-04-01"});
  EXPECT_EQ(gas[6], "85381");
  EXPECT_EQ(gas[7], "86051");
  const Row& overall =
      store_.rows("survey_tallies").at({"TP01", "1", "L4517", "LCRA", "2024-04-01", "2025-04-01"});
  EXPECT_EQ(overall[7], "918.2");
  EXPECT_EQ(overall[14], "1");
}

}  // namespace
}  // namespace qd::test
