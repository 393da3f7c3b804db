// A family's run from the stored rows to the stored facts.
#include <algorithm>
#include <random>
#include <utility>

#include "engine_room.hpp"

namespace qd {
namespace {

using Texts = std::vector<std::string>;

class Computing : public EngineRoom {
 protected:
  Computing() { put("tally"); }

  void a_quarter() {
    tally({{"1", "E1", "2026-05-01", "P1", "1", "4", "", ""},
           {"2", "E1", "2026-06-30", "P2", "2", "4", "", ""},
           {"3", "E2", "2026-04-01", "P1", "8", "8", "", ""},
           {"4", "N2", "2026-06-01", "", "", "", "", "x"},
           {"5", "E2", "2026-07-01", "P9", "5", "5", "", ""},  // the next quarter
           {"6", "E1", "2026-05-02", "P3", "1", "2", "sex=F", ""}});
  }

  // tally as a file of its own, and beside it another one to take its place.
  void put_replaceable() {
    std::filesystem::remove(library_);
    std::filesystem::copy_file(test_family("tally"), library_);
    std::filesystem::copy_file(test_family("tally"), next_);
  }
  void replace() const {
    std::error_code only_once;
    std::filesystem::rename(next_, library_, only_once);
  }

 private:
  const std::filesystem::path library_ = folder_.path() / "tally.so",
                              next_ = folder_.path() / "next";
};

TEST_F(Computing, GivesFactsForEveryAreaAboveAndCountsPeopleAnew) {
  a_quarter();
  const auto outcome = compute_one("tally");
  ASSERT_FALSE(outcome.error) << outcome.error->message;
  EXPECT_EQ(
      figures("tally.share"),
      (Texts{"E1 quarter : 3/8", "E1 quarter sex=F: 1/2", "E1 ytd : 3/8", "E1 ytd sex=F: 1/2",
             "E2 quarter : 8/8", "E2 ytd : 8/8", "L1 quarter : 11/16", "L1 quarter sex=F: 1/2",
             "L1 ytd : 11/16", "L1 ytd sex=F: 1/2", "N1 quarter : 11/16", "N1 quarter sex=F: 1/2",
             "N1 ytd : 11/16", "N1 ytd sex=F: 1/2", "N2 quarter : 0/0[x]", "N2 ytd : 0/0[x]"}));
  EXPECT_EQ(figures("tally.people"),
            (Texts{"E1 quarter : 2", "E1 quarter sex=F: 1", "E1 ytd : 2", "E1 ytd sex=F: 1",
                   "E2 quarter : 1", "E2 ytd : 1", "L1 quarter : 2", "L1 quarter sex=F: 1",
                   "L1 ytd : 2", "L1 ytd sex=F: 1", "N1 quarter : 2", "N1 quarter sex=F: 1",
                   "N1 ytd : 2", "N1 ytd sex=F: 1"}));
}

TEST_F(Computing, KeepsWhatTheRunWasMadeOf) {
  a_quarter();
  const auto outcome = compute_one("tally");
  const qd::Run& run = facts_.runs_.back();
  EXPECT_EQ(run.state, RunState::kComplete);
  EXPECT_EQ(run.family_version, "1.2.0");
  EXPECT_EQ(run.abi, "1.0");
  EXPECT_EQ(run.library_sha256.size(), 64u);
  EXPECT_EQ(run.input_digest.size(), 64u);
  EXPECT_EQ(run.input_rows, 5 + 6);
  EXPECT_EQ(run.n_facts, static_cast<std::int64_t>(facts_.facts_.size()));
  EXPECT_EQ(run.as_of, clock_.now());
  ASSERT_EQ(run.notes.size(), 1u);
  EXPECT_EQ(run.notes[0].message, "an entry nobody signed");
  EXPECT_EQ(run.notes[0].count, 1);
  EXPECT_EQ(outcome.run.input_digest, run.input_digest);
  EXPECT_EQ(facts_.definitions_.size(), 4u);
}

TEST_F(Computing, GivesTheSameFactsInWhateverOrderAndBatchesRowsCome) {
  a_quarter();
  compute_one("tally");
  const auto shares = figures("tally.share"), people = figures("tally.people");
  const auto digest = facts_.runs_.back().input_digest;
  std::mt19937 chance(20260710);
  for (const std::size_t batch_rows : {1, 2, 5}) {
    observations_.batch_rows = batch_rows;
    observations_.arrange = [&](auto& order) { std::shuffle(order.begin(), order.end(), chance); };
    compute_one("tally");
    EXPECT_EQ(figures("tally.share"), shares);
    EXPECT_EQ(figures("tally.people"), people);
    EXPECT_EQ(facts_.runs_.back().input_digest, digest);
  }
}

TEST_F(Computing, KnowsOnlyWhatWasKnownAsOf) {
  tally({{"1", "E1", "2026-05-01", "P1", "1", "4", "", ""}});
  const Instant before = clock_.now();
  clock_.advance(std::chrono::hours(1));
  tally({{"1", "E1", "2026-05-01", "P1", "2", "4", "", ""}});  // a correction
  NoProgress progress;
  ASSERT_TRUE(engine().compute({*Period::parse(kQuarter), {}, before}, progress));
  EXPECT_EQ(figures("tally.share").front(), "E1 quarter : 1/4");
  compute_one("tally");
  EXPECT_EQ(figures("tally.share").front(), "E1 quarter : 2/4");
}

TEST_F(Computing, TakesTheAreasThatWereKnownAsOf) {
  tally({{"1", "E1", "2026-05-01", "P1", "1", "4", "", ""}});
  const Instant before = clock_.now();
  clock_.advance(std::chrono::hours(1));
  facts_.areas_before_ = {clock_.now(), facts_.areas_};
  facts_.areas_[3].parent = "N2";  // E1 was in N1
  load_areas(clock_.now());
  NoProgress progress;
  ASSERT_TRUE(engine().compute({*Period::parse(kQuarter), {}, before}, progress));
  EXPECT_EQ(figures("tally.people"), (Texts{"E1 quarter : 1", "E1 ytd : 1", "L1 quarter : 1",
                                            "L1 ytd : 1", "N1 quarter : 1", "N1 ytd : 1"}));
  const auto id = facts_.facts_.front().id;
  compute_one("tally");
  EXPECT_EQ(figures("tally.people"), (Texts{"E1 quarter : 1", "E1 ytd : 1", "L1 quarter : 1",
                                            "L1 ytd : 1", "N2 quarter : 1", "N2 ytd : 1"}));
  const auto explanation = engine().explain(id);
  ASSERT_TRUE(explanation) << to_text(explanation.error());
  EXPECT_TRUE(explanation->reproduced) << explanation->difference;
}

TEST_F(Computing, ALoadThatCommitsMeanwhileIsKnownToNoneOfItsInputs) {
  a_quarter();
  const Instant known = clock_.now();
  clock_.advance(std::chrono::seconds{1});
  bool is_first = true;
  observations_.on_scan = [&] {
    if (std::exchange(is_first, false))
      tally({{"1", "E1", "2026-05-01", "P1", "4", "4", "", ""},
             {"7", "E2", "2026-05-01", "P7", "3", "4", "", ""}});
    return Result<void>{};
  };
  compute_one("tally");
  const auto during = figures("tally.share");
  EXPECT_EQ(facts_.runs_.back().as_of, known);
  const auto digest = facts_.runs_.back().input_digest;
  compute_one("tally");
  EXPECT_NE(figures("tally.share"), during);
  NoProgress progress;
  ASSERT_TRUE(engine().compute({*Period::parse(kQuarter), {}, known}, progress));
  EXPECT_EQ(facts_.runs_.back().input_digest, digest);
  EXPECT_EQ(figures("tally.share"), during);
}

TEST_F(Computing, RefusesAnInstantThatIsNotYet) {
  a_quarter();
  NoProgress progress;
  const auto refused = engine().compute(
      {*Period::parse(kQuarter), {}, clock_.now() + std::chrono::milliseconds(1)}, progress);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInstantMalformed);
  EXPECT_EQ(refused.error().message,
            "2026-07-10T09:00:00.001Z is later than now, 2026-07-10T09:00:00.000Z: what will be "
            "known then is not known yet");
  EXPECT_TRUE(facts_.runs_.empty());
  EXPECT_TRUE(engine().compute({*Period::parse(kQuarter), {}, clock_.now()}, progress));
}

TEST_F(Computing, ASlowStoreIsNotTheFamilysTimeOut) {
  a_quarter();
  settings_.time_out = std::chrono::seconds(1);
  observations_.on_scan = [&] {
    using std::chrono::steady_clock;
    const auto until = steady_clock::now() + settings_.time_out;
    while (steady_clock::now() < until) {
    }
    observations_.on_scan = [] { return Result<void>{}; };
    return Result<void>{};
  };
  compute::Engine engine({observations_, facts_, facts_, facts_, facts_, facts_}, clock_,
                         folder_.path(), settings_);
  NoProgress progress;
  const auto outcomes = engine.compute({*Period::parse(kQuarter), {}, {}}, progress);
  ASSERT_TRUE(outcomes);
  EXPECT_FALSE(outcomes->front().error) << outcomes->front().error->message;
}

Definition written(std::string code, int version, Date from, std::optional<Date> until) {
  Definition definition;
  definition.code = std::move(code);
  definition.version = version;
  definition.family = "tally";
  definition.rule = "AGREE_PCT";
  definition.captured = true;
  definition.denominator = "answers";
  definition.area = "N1";
  definition.aggregation = Aggregation::kSurveyProportion;
  definition.effective_from = from;
  definition.effective_until = until;
  return definition;
}

TEST_F(Computing, GivesAFamilyTheDefinitionsInForceDuringTheReadings) {
  const Date changed = make_date(2026, 5, 15);
  facts_.definitions_ = {written("C1", 1, make_date(2025, 4, 1), changed),
                         written("C1", 2, changed, std::nullopt),
                         written("C2", 1, make_date(2025, 4, 1), make_date(2026, 4, 1)),
                         written("C3", 1, make_date(2026, 7, 1), std::nullopt),
                         written("C4", 1, make_date(2026, 4, 1), std::nullopt),
                         written("tally.share", 1, make_date(2026, 4, 1), std::nullopt)};
  facts_.definitions_[4].aggregation = Aggregation::kAdditiveCount;  // and yet a denominator
  const auto outcome = compute_one("tally");
  ASSERT_FALSE(outcome.error) << outcome.error->message;
  Texts found;
  for (const Fact& fact : facts_.facts_)
    if (fact.area == "N1" && fact.denominator)
      found.push_back(fact.indicator + " v" + std::to_string(fact.version) + ' ' +
                      fact.numerator.text());
  EXPECT_EQ(found, (Texts{"C1 v1 1", "C1 v2 2"}));
  Texts notes;
  for (const RunNote& note : outcome.run.notes) notes.push_back(note.message);
  EXPECT_EQ(notes, (Texts{"definition C4 version 1 left out: a count has no denominator",
                          "definition tally.share version 1 left out: the library has an indicator "
                          "of that code"}));
}

TEST_F(Computing, TakesNoFamilyFromAFolderThatEverybodyMayWriteInto) {
  std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
  const auto refused = engine().families();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kFamilyRefused);
  std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_all);
  EXPECT_TRUE(engine().families());
}

TEST_F(Computing, RefusesAPeriodThatHasNotBegun) {
  NoProgress progress;
  const auto refused = engine().compute({Period::quarter(2026, 3), {}, std::nullopt}, progress);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kNothingToCompute);
  EXPECT_EQ(refused.error().message,
            "FY2026-27-Q3 begins on 2026-10-01: nothing of it has happened yet");
}

TEST_F(Computing, RefusesQuestionsThatHaveNoAnswer) {
  EXPECT_EQ(compute({"copys"}).error().code, ErrorCode::kFamilyUnknown);
  NoProgress progress;
  EXPECT_EQ(engine().compute({*Period::parse("2026-05"), {}, {}}, progress).error().code,
            ErrorCode::kNothingToCompute);
  std::filesystem::remove(folder_.path() / "tally.so");
  EXPECT_EQ(compute().error().code, ErrorCode::kNothingToCompute);
}

TEST_F(Computing, RefusesATreeOfAreasThatIsNone) {
  facts_.areas_[0].parent = "E1";  // L1 in E1 in N1 in L1
  EXPECT_EQ(compute().error().code, ErrorCode::kRuleBroken);
  EXPECT_TRUE(facts_.runs_.empty());
}

TEST_F(Computing, TellsOfARefusedFamilyAndGoesOn) {
  put("wrong_abi");
  const auto outcomes = compute();
  ASSERT_TRUE(outcomes);
  ASSERT_EQ(outcomes->size(), 2u);
  EXPECT_FALSE((*outcomes)[0].error);
  EXPECT_EQ((*outcomes)[1].run.id, 0);
  EXPECT_EQ((*outcomes)[1].run.family, "wrong_abi");
  EXPECT_EQ((*outcomes)[1].error->code, ErrorCode::kFamilyRefused);
  EXPECT_EQ(facts_.runs_.size(), 1u);
}

TEST_F(Computing, AStoreThatFailsUnderAScanFailsTheRun) {
  a_quarter();
  observations_.on_scan = [] {
    return Result<void>(fail(ErrorCode::kStoreUnavailable, "the disk is gone"));
  };
  const auto outcome = compute_one("tally");
  EXPECT_EQ(outcome.error->code, ErrorCode::kStoreUnavailable);
  EXPECT_EQ(outcome.error->message, "not computed: family tally 1.2.0: the disk is gone");
  EXPECT_EQ(facts_.runs_.back().state, RunState::kFailed);
  EXPECT_EQ(facts_.runs_.back().failure, RunFailure::kElsewhere);
  EXPECT_TRUE(facts_.facts_.empty());
}

TEST_F(Computing, ALibraryReplacedMeanwhileFailsTheRunAlsoWhenOthersHaveSeenTheNewOne) {
  put_replaceable();
  a_quarter();
  observations_.on_scan = [&] {
    replace();
    EXPECT_TRUE(engine().families());
    return Result<void>{};
  };
  EXPECT_EQ(compute_one("tally").error->message,
            "not computed: family tally 1.2.0: its library was replaced while it ran");
}

TEST_F(Computing, ALibraryReplacedMeanwhileFailsTheRun) {
  put_replaceable();
  a_quarter();
  observations_.on_scan = [&] {
    replace();
    return Result<void>{};
  };
  EXPECT_EQ(compute_one("tally").error->message,
            "not computed: family tally 1.2.0: its library was replaced while it ran");
  EXPECT_TRUE(facts_.facts_.empty());
  EXPECT_FALSE(compute_one("tally").error);
}

// A store that cannot keep what was computed.
class FullStore final : public RunStore {
 public:
  explicit FullStore(RunStore& store) : store_(store) {}
  Result<void> complete_run(const Run&, const std::vector<Definition>&,
                            std::vector<Fact>&) override {
    return fail(ErrorCode::kStoreUnavailable, "the disk is full");
  }
  Result<std::int64_t> begin_run(const Run& run, Instant until) override {
    return store_.begin_run(run, until);
  }
  Result<void> fail_run(const Run& run) override { return store_.fail_run(run); }
  Result<int> sweep_runs(Instant now) override { return store_.sweep_runs(now); }
  Result<std::vector<Run>> runs(std::optional<std::string> family,
                                std::optional<std::string> period) override {
    return store_.runs(std::move(family), std::move(period));
  }
  Result<std::optional<Run>> run(std::int64_t id) override { return store_.run(id); }
  Result<std::vector<Run>> current_runs(const CurrentRuns& wanted) override {
    return store_.current_runs(wanted);
  }

 private:
  RunStore& store_;
};

TEST_F(Computing, FactsThatCannotBeKeptFailTheRun) {
  a_quarter();
  FullStore full(facts_);
  compute::Engine engine({observations_, full, facts_, facts_, facts_, facts_}, clock_,
                         folder_.path(), settings_);
  NoProgress progress;
  const auto outcomes = engine.compute({*Period::parse(kQuarter), {}, {}}, progress);
  ASSERT_TRUE(outcomes);
  EXPECT_EQ(outcomes->front().error->message, "not computed: family tally 1.2.0: the disk is full");
  EXPECT_EQ(facts_.runs_.back().state, RunState::kFailed);
  EXPECT_EQ(facts_.runs_.back().n_facts, 0);
}

}  // namespace
}  // namespace qd
