// Whatever a family does, it costs its own run and nothing else, and the run says why.
#include <ostream>

#include "engine_room.hpp"

namespace qd {
namespace {

using std::chrono::milliseconds;

struct BadFamily {
  const char* name;
  ErrorCode code;
  const char* reason;  // after "not computed: family <name> 1.0.0 "
  milliseconds time_out = std::chrono::minutes(1);
};
void PrintTo(const BadFamily& bad, std::ostream* out) { *out << bad.name; }

const BadFamily kBadFamilies[] = {
    {"unknown_definition", ErrorCode::kFamilyRubbish,
     "answered with rubbish: definition 7 does not exist, there are 2"},
    {"undeclared_key", ErrorCode::kFamilyRubbish,
     "answered with rubbish: breakdown key 'age' is not declared"},
    {"undeclared_value", ErrorCode::kFamilyRubbish,
     "answered with rubbish: 'X' is no declared value of breakdown key 'sex', those are F, M"},
    {"others_key", ErrorCode::kFamilyRubbish,
     "answered with rubbish: 'k=1;sex=F' of others_key.people, whose breakdowns are declared to be "
     "sex"},
    {"small_facts", ErrorCode::kFamilyRubbish,
     "answered with rubbish: facts of 88 bytes, in ABI 1.0 they have 96"},
    {"throws_at_once", ErrorCode::kFamilyRefused, "it threw an exception: not today"},
    {"never_ready", ErrorCode::kFamilyTimedOut, "took longer than 700 ms and was stopped",
     milliseconds(700)},
    {"wild_pointer", ErrorCode::kFamilyStopped, "stopped with signal 11 (Segmentation fault)"},
    {"no_symbol", ErrorCode::kFamilyRefused, "it does not export qd_family_entry"},
    {"gives_nothing", ErrorCode::kFamilyRefused, "qd_family_entry gave nothing"},
    {"of_tomorrow", ErrorCode::kFamilyRefused,
     "built for ABI 1.1, this host speaks 1.0; rebuild it with this SDK"},
    {"too_small", ErrorCode::kFamilyRefused, "its qd_family has 71 bytes, ABI 1.0 has 72"},
    {"another_name", ErrorCode::kFamilyRefused,
     "its code says it is someone_else, its declaration another_name"},
    {"another_version", ErrorCode::kFamilyRefused,
     "its code is of version 1.0.1, its declaration of 1.0.0; build both together"},
    {"unknown_reading", ErrorCode::kFamilyRubbish,
     "answered with rubbish: reading 9 does not exist, there are 2"},
    {"unknown_area", ErrorCode::kFamilyRubbish,
     "answered with rubbish: area 'ATLANTIS' does not exist"},
    {"odd_breakdown", ErrorCode::kFamilyRubbish,
     "answered with rubbish: 'sex=F;age=NaN' is not a breakdown"},
    {"odd_null_reason", ErrorCode::kFamilyRubbish,
     "answered with rubbish: null reason 99 does not exist"},
    {"garbage_members", ErrorCode::kFamilyRubbish, "answered with rubbish: member 3735928559 of "},
    {"deaf", ErrorCode::kFamilyRubbish, "answered with rubbish: area 'ATLANTIS' does not exist"},
    {"throws", ErrorCode::kFamilyFailed, "threw an exception: the sky fell"},
    {"throws_a_number", ErrorCode::kFamilyStopped, "stopped with signal 6 (Aborted)"},
    {"fails", ErrorCode::kFamilyFailed, "failed: the register is upside down"},
    {"adds_past_the_end", ErrorCode::kFamilyFailed,
     "failed: a sum passes what 64 bits hold, at adds_past_the_end.count, area L1"},
    {"aborts", ErrorCode::kFamilyStopped, "stopped with signal 6 (Aborted)"},
    {"follows_null", ErrorCode::kFamilyStopped, "stopped with signal 11 (Segmentation fault)"},
    {"forks", ErrorCode::kFamilyStopped, "stopped with signal 6 (Aborted)"},
    {"leaves", ErrorCode::kFamilyStopped, "ended by itself with exit code 0 before it was done"},
    {"loops", ErrorCode::kFamilyTimedOut, "took longer than 700 ms and was stopped",
     milliseconds(700)},
    {"floods", ErrorCode::kFamilyFlooded, "sent more than 1048576 different breakdowns"},
    {"writes_frames", ErrorCode::kFamilyFlooded, "sent more than 8 MiB of answers and was stopped"},
    {"scribbles", ErrorCode::kFamilyRubbish, "answered with rubbish: bytes that are no answer"},
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    // Sanitizers need more address space than any limit leaves them.
    {"eats_memory", ErrorCode::kFamilyStopped, "used more than its 512 MiB of memory"},
#endif
};

class BadFamilyTest : public EngineRoom, public testing::WithParamInterface<BadFamily> {};

TEST_P(BadFamilyTest, CostsItsOwnRunAndSaysWhy) {
  settings_.answer_bytes = std::uint64_t{8} << 20;
  settings_.time_out = GetParam().time_out;
  put(GetParam().name);
  put("tally");
  tally({{"1", "E1", "2026-05-01", "P1", "3", "4", "", ""}});

  const auto outcomes = compute();
  ASSERT_TRUE(outcomes) << to_text(outcomes.error());
  ASSERT_EQ(outcomes->size(), 2u);
  for (const compute::RunOutcome& outcome : *outcomes) {
    const qd::Run& kept = facts_.runs_[static_cast<std::size_t>(outcome.run.id) - 1];
    if (outcome.run.family == "tally") {
      EXPECT_FALSE(outcome.error);
      EXPECT_EQ(kept.state, RunState::kComplete);
      EXPECT_GT(kept.n_facts, 0);
      continue;
    }
    ASSERT_TRUE(outcome.error);
    const bool refused = GetParam().code == ErrorCode::kFamilyRefused;
    const auto beginning = std::string("not computed: family ") + GetParam().name +
                           (refused ? " refused: " : " 1.0.0 ");
    EXPECT_TRUE(outcome.error->message.starts_with(beginning + GetParam().reason))
        << outcome.error->message;
    EXPECT_EQ(outcome.error->code, GetParam().code);
    EXPECT_EQ(kept.state, RunState::kFailed);
    EXPECT_EQ(failure_text(kept), outcome.error->message);
    EXPECT_EQ(kept.finished_at, clock_.now());
    EXPECT_EQ(kept.n_facts, 0);
  }
  for (const Fact& fact : facts_.facts_) EXPECT_TRUE(fact.indicator.starts_with("tally."));
}

INSTANTIATE_TEST_SUITE_P(Each, BadFamilyTest, testing::ValuesIn(kBadFamilies),
                         [](const auto& bad) { return std::string(bad.param.name); });

using OddFamily = EngineRoom;

TEST_F(OddFamily, ThatClaimsFactsItDoesNotHaveCrashesOrIsRubbish) {
  put("counts_too_far");
  const auto outcome = compute_one("counts_too_far");
  ASSERT_TRUE(outcome.error);
  EXPECT_TRUE(outcome.error->code == ErrorCode::kFamilyStopped ||
              outcome.error->code == ErrorCode::kFamilyRubbish)
      << outcome.error->message;
}

TEST_F(OddFamily, ThatPrintsDoesNoHarm) {
  put("prints");
  const auto outcome = compute_one("prints");
  EXPECT_FALSE(outcome.error) << outcome.error->message;
  EXPECT_EQ(figures("prints.count"), std::vector<std::string>{"L1 quarter : 1"});
}

TEST_F(OddFamily, ThatWritesAFileIsStopped) {
  const auto file = folder_.path() / "figures.txt";
  settings_.options["writes_a_file"]["path"] = file.string();
  put("writes_a_file");
  const auto outcome = compute_one("writes_a_file");
  ASSERT_TRUE(outcome.error);
  EXPECT_EQ(outcome.error->code, ErrorCode::kFamilyFailed) << outcome.error->message;
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(OddFamily, ThatCrashesThreeTimesIsNotTriedAFourthTime) {
  put("aborts");
  put("tally");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(compute_one("aborts").error->code, ErrorCode::kFamilyStopped);
    EXPECT_FALSE(compute_one("tally").error);
    clock_.advance(std::chrono::minutes(1));
  }
  const auto runs_before = facts_.runs_.size();
  const auto held = compute_one("aborts");
  EXPECT_EQ(held.error->code, ErrorCode::kFamilyQuarantined);
  EXPECT_EQ(held.run.id, 0);
  EXPECT_EQ(facts_.runs_.size(), runs_before);

  clock_.advance(std::chrono::hours(24));
  EXPECT_EQ(compute_one("aborts").error->code, ErrorCode::kFamilyStopped);
  EXPECT_EQ(compute_one("aborts").error->code, ErrorCode::kFamilyQuarantined);
}

TEST_F(OddFamily, ThatOnlySaysNoIsNeverQuarantined) {
  put("fails");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(compute_one("fails").error->code, ErrorCode::kFamilyFailed);
}

}  // namespace
}  // namespace qd
