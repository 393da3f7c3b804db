// The rows behind a figure: given to whom, and only after it was written down.
#include "server/faces/row_reading.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

class KeptReadings final : public ReadingLog {
 public:
  Result<void> add(const RecordReading& reading) override {
    if (broken) return fail(ErrorCode::kStoreUnavailable, "the disk is full");
    kept.push_back(reading);
    return {};
  }
  Result<std::vector<RecordReading>> list(std::size_t) override { return kept; }

  std::vector<RecordReading> kept;
  bool broken = false;
};

class RowReading : public ::testing::Test {
 protected:
  Result<std::string> hand_out(bool may, std::optional<std::string> reason) {
    return faces::hand_out_rows(explanation_, {"abcdefgh", may, std::move(reason)}, log_,
                                instant_of(77));
  }
  ErrorCode refusal(bool may, const std::string& reason) {
    const auto given = hand_out(may, reason);
    EXPECT_FALSE(given);
    EXPECT_TRUE(log_.kept.empty());
    return given ? ErrorCode::kInternal : given.error().code;
  }

  compute::Explanation explanation_ = [] {
    compute::Explanation explanation;
    explanation.figure.fact.id = 12;
    explanation.n_rows = 10'001;
    explanation.rows.resize(2);
    return explanation;
  }();
  KeptReadings log_;
};

TEST_F(RowReading, WhoMayAndSaysWhyGetsThemAndItIsWrittenDown) {
  EXPECT_EQ(hand_out(true, "complaint 17"), "");
  EXPECT_EQ(explanation_.rows.size(), 2u);
  ASSERT_EQ(log_.kept.size(), 1u);
  EXPECT_EQ(log_.kept[0].read_at, instant_of(77));
  EXPECT_EQ(log_.kept[0].reader, "abcdefgh");
  EXPECT_EQ(log_.kept[0].fact, 12);
  EXPECT_EQ(log_.kept[0].n_rows, 2) << "those that are given";
  EXPECT_EQ(log_.kept[0].reason, "complaint 17");
}

TEST_F(RowReading, WithoutAReasonThereAreNone) {
  for (const auto& reason : {std::optional<std::string>(), std::optional<std::string>(""),
                             std::optional<std::string>(" \t ")}) {
    explanation_.rows.resize(2);
    EXPECT_EQ(hand_out(true, reason), "rows are given to who says why they are read: reason=…");
    EXPECT_TRUE(explanation_.rows.empty());
    EXPECT_EQ(explanation_.n_rows, 10'001) << "counts stay";
  }
  EXPECT_TRUE(log_.kept.empty());
}

TEST_F(RowReading, WhoMayNotGetsNoneAndIsToldWhatItTakes) {
  EXPECT_EQ(hand_out(false, std::nullopt),
            "the key may not read rows; those that may have the scope 'records'");
  EXPECT_TRUE(explanation_.rows.empty());
  EXPECT_EQ(refusal(false, "curious"), ErrorCode::kScopeMissing);
}

TEST_F(RowReading, AReasonIsASentence) {
  EXPECT_EQ(refusal(true, std::string(501, 'a')), ErrorCode::kParameterMalformed);
  EXPECT_EQ(refusal(true, "a\nb"), ErrorCode::kParameterMalformed);
  EXPECT_EQ(refusal(true, "\xFF"), ErrorCode::kParameterMalformed);
  EXPECT_TRUE(hand_out(true, std::string(500, 'a')));
}

TEST_F(RowReading, NobodyReadsWhatCannotBeWrittenDown) {
  log_.broken = true;
  EXPECT_EQ(refusal(true, "complaint 17"), ErrorCode::kStoreUnavailable);
}

}  // namespace
}  // namespace qd
