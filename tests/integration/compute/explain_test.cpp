// Every figure can answer: who made you, from what?
#include "engine_room.hpp"

namespace qd {
namespace {

using Texts = std::vector<std::string>;

class Explaining : public EngineRoom {
 protected:
  Explaining() {
    put("tally");
    tally({{"1", "E1", "2026-05-01", "P1", "1", "4", "", ""},
           {"2", "E1", "2026-06-30", "P2", "2", "4", "", ""},
           {"3", "E2", "2026-04-01", "P1", "8", "8", "", ""},
           {"4", "N2", "2026-06-01", "P4", "1", "1", "", ""},
           {"5", "E2", "2026-07-01", "P9", "5", "5", "", ""},
           {"6", "E1", "2026-05-02", "P3", "1", "2", "sex=F", ""}});
    compute_one("tally");
  }

  std::int64_t fact(const std::string& indicator, const std::string& area,
                    Reading reading = Reading::kQuarter) {
    for (const Fact& fact : facts_.facts_)
      if (fact.indicator == indicator && fact.area == area && fact.reading == reading &&
          fact.breakdown.empty())
        return fact.id;
    return 0;
  }
  static Texts codes(const compute::Explanation& explanation) {
    Texts codes;
    for (const compute::ExplainedRow& row : explanation.rows) codes.push_back(*row.record.cells[0]);
    return codes;
  }
};

TEST_F(Explaining, ShowsTheRowsBehindAFigureOfOneArea) {
  const auto explanation = engine().explain(fact("tally.share", "E1"));
  ASSERT_TRUE(explanation) << to_text(explanation.error());
  EXPECT_EQ(codes(*explanation), (Texts{"1", "2"}));
  EXPECT_EQ(explanation->n_rows, 2);
  EXPECT_TRUE(explanation->reproduced) << explanation->difference;
  EXPECT_EQ(explanation->difference, "");
  EXPECT_EQ(explanation->run.family, "tally");
  EXPECT_EQ(explanation->rows[0].table, "tally_entries");
  EXPECT_EQ(explanation->rows[0].columns[1], "area");
  EXPECT_EQ(explanation->rows[0].record.source, "a test");
}

TEST_F(Explaining, ShowsTheRowsOfAllAreasBelow) {
  EXPECT_EQ(codes(*engine().explain(fact("tally.people", "N1"))), (Texts{"1", "2", "3"}));
  EXPECT_EQ(codes(*engine().explain(fact("tally.people", "L1", Reading::kYearToDate))),
            (Texts{"1", "2", "3", "4"}));
}

TEST_F(Explaining, LeavesOutTheRowsBelowAFigureOfAWholeArea) {
  clock_.advance(std::chrono::hours(1));
  tally({{"7", "L1", "2026-05-05", "P7", "9", "10", "", "w"}});
  compute_one("tally");
  std::erase_if(facts_.facts_, [](const Fact& fact) { return fact.run == 1; });
  EXPECT_EQ(codes(*engine().explain(fact("tally.share", "L1"))), (Texts{"7"}));
  EXPECT_EQ(codes(*engine().explain(fact("tally.share", "N1"))), (Texts{"1", "2", "3"}));
}

TEST_F(Explaining, StoresNothing) {
  const auto runs = facts_.runs_.size(), facts = facts_.facts_.size();
  ASSERT_TRUE(engine().explain(fact("tally.share", "E1")));
  EXPECT_EQ(facts_.runs_.size(), runs);
  EXPECT_EQ(facts_.facts_.size(), facts);
}

TEST_F(Explaining, GoesBackToWhatWasKnownThen) {
  clock_.advance(std::chrono::hours(1));
  tally({{"1", "E1", "2026-05-01", "P1", "4", "4", "", ""}});
  const auto explanation = engine().explain(fact("tally.share", "E1"));
  EXPECT_TRUE(explanation->reproduced) << explanation->difference;
  ASSERT_EQ(codes(*explanation), (Texts{"1", "2"}));
  EXPECT_EQ(*explanation->rows[0].record.cells[4], "1");  // as it was, not as it is
  EXPECT_TRUE(explanation->rows[0].record.superseded_at);
}

TEST_F(Explaining, SaysWhatHasChangedSince) {
  const auto id = fact("tally.share", "N1");
  facts_.runs_.back().library_sha256 = "another";
  facts_.runs_.back().family_version = "1.1.0";
  EXPECT_EQ(engine().explain(id)->difference,
            "the library has changed since (version 1.1.0 then, 1.2.0 now)");
  facts_.areas_[4].parent = "N2";  // E2 moved
  const auto explanation = engine().explain(id);
  EXPECT_FALSE(explanation->reproduced);
  EXPECT_EQ(explanation->difference,
            "the library has changed since (version 1.1.0 then, 1.2.0 now); "
            "the figure is 37.5 (3 of 8) now, 68.8 (11 of 16) then");
  EXPECT_EQ(codes(*explanation), (Texts{"1", "2"}));
}

TEST_F(Explaining, SaysWhenRowsHaveChangedBehindItsBack) {
  facts_.runs_.back().input_digest = "another";
  EXPECT_EQ(engine().explain(fact("tally.share", "E1"))->difference,
            "the rows known as of 2026-07-10T09:00:00.000Z are others (11 then, 11 now)");
}

TEST_F(Explaining, TellsTheFirstTenThousandRowsAndCountsAll) {
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 10'500; ++i)
    rows.push_back({"M" + std::to_string(i), "N2", "2026-06-02", "P1", "1", "1", "", ""});
  clock_.advance(std::chrono::hours(1));
  MemoryObservationStore fresh;
  ASSERT_TRUE(fresh.load(tally_table(), rows, clock_.now()));
  compute::Engine engine({fresh, facts_, facts_, facts_, facts_, facts_}, clock_, folder_.path(),
                         settings_);
  NoProgress progress;
  ASSERT_TRUE(engine.compute({*Period::parse(kQuarter), {}, {}}, progress));
  facts_.facts_.erase(facts_.facts_.begin(),
                      std::find_if(facts_.facts_.begin(), facts_.facts_.end(),
                                   [&](const Fact& fact) { return fact.run == 2; }));
  const auto explanation = engine.explain(fact("tally.share", "L1"));
  ASSERT_TRUE(explanation) << to_text(explanation.error());
  EXPECT_EQ(explanation->n_rows, 10'500);
  EXPECT_EQ(explanation->rows.size(), 10'000u);
  EXPECT_TRUE(explanation->reproduced) << explanation->difference;
}

TEST_F(Explaining, OfWhatIsNotThereIsAnError) {
  EXPECT_EQ(engine().explain(12345).error().code, ErrorCode::kFactUnknown);
  const auto id = fact("tally.share", "E1");
  std::filesystem::remove(folder_.path() / "tally.so");
  EXPECT_EQ(engine().explain(id).error().code, ErrorCode::kFamilyUnknown);
}

}  // namespace
}  // namespace qd
