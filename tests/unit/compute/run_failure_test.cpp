// Which failure an error of a run means, and what is told.
#include "core/compute/run_failure.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

TEST(FailedRun, KeepsWhatHappenedAndTellsTheSentence) {
  qd::Run run;
  run.family = "copis";
  run.family_version = "1.2.0";
  const auto told = compute::fail_with(
      run, {ErrorCode::kFamilyStopped, "stopped with signal 11", "look at its log"});
  EXPECT_EQ(run.state, RunState::kFailed);
  EXPECT_EQ(run.failure, RunFailure::kStopped);
  EXPECT_EQ(run.reason, "stopped with signal 11");
  EXPECT_EQ(told.code, ErrorCode::kFamilyStopped);
  EXPECT_EQ(told.message, "not computed: family copis 1.2.0 stopped with signal 11");
  EXPECT_EQ(told.hint, "look at its log");
}

TEST(FailedRun, IsTheFamilysDoingOrNot) {
  using enum ErrorCode;
  const std::pair<ErrorCode, RunFailure> all[] = {
      {kFamilyRefused, RunFailure::kRefused},         {kFamilyFailed, RunFailure::kSaidNo},
      {kFamilyStopped, RunFailure::kStopped},         {kFamilyTimedOut, RunFailure::kTimedOut},
      {kFamilyFlooded, RunFailure::kFlooded},         {kFamilyRubbish, RunFailure::kRubbish},
      {kFamilyQuarantined, RunFailure::kQuarantined}, {kStoreUnavailable, RunFailure::kElsewhere},
      {kWorkerUnavailable, RunFailure::kElsewhere}};
  for (const auto& [code, failure] : all) EXPECT_EQ(compute::failure_of(code), failure);
}

}  // namespace
}  // namespace qd
