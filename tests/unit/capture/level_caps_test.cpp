// Level 3 takes 20 members and level 4 takes 12: one more is a note, and loaded all the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/capture/csv_folder.hpp"

namespace qd::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LevelCaps : public CsvFolder {
 protected:
  void SetUp() override {
    have_landlord();
    std::string text = "code,relationship,area\nB1,BOARD_MEMBER,L1\nS1,STAFF,L1\n";
    for (int i = 0; i < 30; ++i)
      text += fmt::format("P{},{},L1\n", i, i % 2 == 0 ? "TENANT" : "SERVICE_USER");
    ASSERT_TRUE(load("persons", text)->committed);
  }

  // P0, P1, …: so many from that day on, open.
  static std::string members(int level, int first, int last, const std::string& opened_on) {
    std::string lines;
    for (int i = first; i < last; ++i) lines += fmt::format("P{},{},{},\n", i, level, opened_on);
    return lines;
  }

  std::vector<std::string> notes(const std::string& lines) {
    const auto report = load("memberships", "person,level,opened_on,closed_on\n" + lines);
    EXPECT_TRUE(report && report->committed);
    return report->notes;
  }
};

std::string too_full(int level, int most, int cap, const std::string& day) {
  return fmt::format(
      "level {} has up to {} members at once, and {} may belong to it; the first day with more is "
      "{}",
      level, most, cap, day);
}

TEST_F(LevelCaps, AreHeldByTheLastThatFitsAndBrokenByTheNext) {
  EXPECT_THAT(notes(members(4, 0, 12, "2026-04-01") + members(3, 0, 20, "2026-04-01")), IsEmpty());
  EXPECT_THAT(notes(members(4, 12, 13, "2026-05-01") + members(3, 20, 22, "2026-06-01")),
              ElementsAre(too_full(3, 22, 20, "2026-06-01"), too_full(4, 13, 12, "2026-05-01")));
  EXPECT_EQ(store_.rows("memberships").size(), 35u);
}

TEST_F(LevelCaps, LevelTwoTakesAsManyAsExpressAnInterest) {
  EXPECT_THAT(notes(members(2, 0, 30, "2026-04-01")), IsEmpty());
}

TEST_F(LevelCaps, AreOfLevelsTheLoadTakesInto) {
  notes(members(4, 0, 13, "2026-04-01"));
  EXPECT_THAT(notes(members(3, 0, 1, "2026-04-01")), IsEmpty());
}

TEST_F(LevelCaps, WhoLeavesMakesRoomOnTheDayAfterTheLast) {
  std::string lines = members(4, 0, 11, "2026-04-01");
  EXPECT_THAT(notes(lines + "P11,4,2026-04-01,2026-04-30\n" + members(4, 12, 13, "2026-05-01")),
              IsEmpty());
  EXPECT_THAT(notes("P13,4,2026-04-30,2026-04-30\n"),
              ElementsAre(too_full(4, 13, 12, "2026-04-30")));
}

TEST_F(LevelCaps, AMembershipOfOneDayIsOneDayLong) {
  EXPECT_THAT(notes(members(4, 0, 12, "2026-04-01") + "P12,4,2026-05-01,2026-05-01\n"),
              ElementsAre(too_full(4, 13, 12, "2026-05-01")));
}

TEST_F(LevelCaps, WhoBelongsTwiceOnOneDayIsThereOnce) {
  EXPECT_THAT(notes(members(4, 0, 12, "2026-04-01") + members(4, 0, 1, "2026-04-02")), IsEmpty());
}

TEST_F(LevelCaps, ACorrectedMembershipIsNoSecondOne) {
  notes(members(4, 0, 12, "2026-04-01"));
  EXPECT_THAT(notes("P0,4,2026-04-01,2026-04-30\nP12,4,2026-05-01,\n"), IsEmpty());
}

TEST_F(LevelCaps, WhoSitsThereByOfficeTakesNobodysPlace) {
  EXPECT_THAT(notes(members(4, 0, 12, "2026-04-01") + "B1,4,2026-04-01,\nS1,4,2026-04-01,\n"),
              IsEmpty());
}

}  // namespace
}  // namespace qd::test
