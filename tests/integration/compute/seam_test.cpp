// The seam holds both ways: a family built against the 1.0 header in a host whose structs have
// grown, and a family whose structs have grown in this host.
#include "engine_room.hpp"

namespace qd {
namespace {

using Texts = std::vector<std::string>;

class Seam : public EngineRoom {
 protected:
  // What the family in that folder makes of some entries, in a worker of that program.
  Texts figures_of(const char* folder, const char* worker) {
    std::filesystem::create_symlink(std::filesystem::path(folder) / "tally.so",
                                    folder_.path() / "tally.so");
    settings_.executable = worker;
    tally({{"1", "E1", "2026-05-01", "P1", "1", "4", "", ""},
           {"2", "E1", "2026-06-30", "P2", "2", "4", "", ""},
           {"3", "E2", "2026-04-01", "P1", "8", "8", "sex=F", ""},
           {"4", "N2", "2026-06-01", "", "", "", "", "x"}});
    facts_.definitions_ = {written("C1")};
    const auto outcome = compute_one("tally");
    EXPECT_FALSE(outcome.error) << outcome.error->message;
    Texts all;
    for (const char* indicator :
         {"tally.share", "tally.people", "tally.total", "tally.median", "C1"})
      for (const auto& text : figures(indicator)) all.push_back(indicator + (" " + text));
    return all;
  }

  static Definition written(std::string code) {
    Definition definition;
    definition.code = std::move(code);
    definition.version = 3;
    definition.family = "tally";
    definition.rule = "AGREE_PCT";
    definition.parameters = {{"of", "homes"}, {"at", "night"}};
    definition.denominator = "answers";
    definition.area = "N1";
    definition.aggregation = Aggregation::kSurveyProportion;
    definition.effective_from = make_date(2026, 4, 1);
    definition.captured = true;
    return definition;
  }
};

const Texts kExpected = {"tally.share E1 quarter : 3/8",
                         "tally.share E1 ytd : 3/8",
                         "tally.share E2 quarter sex=F: 8/8",
                         "tally.share E2 ytd sex=F: 8/8",
                         "tally.share L1 quarter : 3/8",
                         "tally.share L1 quarter sex=F: 8/8",
                         "tally.share L1 ytd : 3/8",
                         "tally.share L1 ytd sex=F: 8/8",
                         "tally.share N1 quarter : 3/8",
                         "tally.share N1 quarter sex=F: 8/8",
                         "tally.share N1 ytd : 3/8",
                         "tally.share N1 ytd sex=F: 8/8",
                         "tally.share N2 quarter : 0/0[x]",
                         "tally.share N2 ytd : 0/0[x]",
                         "tally.people E1 quarter : 2",
                         "tally.people E1 ytd : 2",
                         "tally.people E2 quarter sex=F: 1",
                         "tally.people E2 ytd sex=F: 1",
                         "tally.people L1 quarter : 2",
                         "tally.people L1 quarter sex=F: 1",
                         "tally.people L1 ytd : 2",
                         "tally.people L1 ytd sex=F: 1",
                         "tally.people N1 quarter : 2",
                         "tally.people N1 quarter sex=F: 1",
                         "tally.people N1 ytd : 2",
                         "tally.people N1 ytd sex=F: 1",
                         "tally.total E1 quarter : 8",
                         "tally.total E1 ytd : 8",
                         "tally.total E2 quarter sex=F: 8",
                         "tally.total E2 ytd sex=F: 8",
                         "tally.total L1 quarter : 8",
                         "tally.total L1 quarter sex=F: 8",
                         "tally.total L1 ytd : 8",
                         "tally.total L1 ytd sex=F: 8",
                         "tally.total N1 quarter : 8",
                         "tally.total N1 quarter sex=F: 8",
                         "tally.total N1 ytd : 8",
                         "tally.total N1 ytd sex=F: 8",
                         "tally.total N2 quarter : 0[x]",
                         "tally.total N2 ytd : 0[x]",
                         "tally.median E1 quarter : 3/2",
                         "tally.median E1 ytd : 3/2",
                         "tally.median E2 quarter sex=F: 8/1",
                         "tally.median E2 ytd sex=F: 8/1",
                         "tally.median L1 quarter : 3/2",
                         "tally.median L1 quarter sex=F: 8/1",
                         "tally.median L1 ytd : 3/2",
                         "tally.median L1 ytd sex=F: 8/1",
                         "tally.median N1 quarter : 3/2",
                         "tally.median N1 quarter sex=F: 8/1",
                         "tally.median N1 ytd : 3/2",
                         "tally.median N1 ytd sex=F: 8/1",
                         "C1 N1 quarter : 3/1"};

TEST_F(Seam, AFamilyOfThisHostGivesItsFigures) {
  EXPECT_EQ(figures_of(TEST_FAMILIES, TEST_WORKER), kExpected);
}

TEST_F(Seam, AFamilyBuiltAgainstTheFirstHeaderRunsInAHostThatHasGrown) {
  EXPECT_EQ(figures_of(FROZEN_FAMILIES, GROWN_WORKER), kExpected);
}

TEST_F(Seam, AFamilyBuiltAgainstTheFirstHeaderRunsInThisHost) {
  EXPECT_EQ(figures_of(FROZEN_FAMILIES, TEST_WORKER), kExpected);
}

TEST_F(Seam, AFamilyThatHasGrownRunsInThisHost) {
  EXPECT_EQ(figures_of(GROWN_FAMILIES, TEST_WORKER), kExpected);
}

TEST_F(Seam, AFamilyThatHasGrownRunsInAHostThatHasGrown) {
  EXPECT_EQ(figures_of(GROWN_FAMILIES, GROWN_WORKER), kExpected);
}

}  // namespace
}  // namespace qd
