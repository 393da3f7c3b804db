// What an import refused, each cause once.
#include "server/cli/refusal_summary.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

capture::Refusal refusal(std::int64_t line, const std::string& heading,
                         const std::string& message) {
  return {"a.csv", "", line, 3, heading, {ErrorCode::kReferenceUnknown, message, "load it first"}};
}

TEST(RefusalSummary, one_refusal_is_told_as_it_is) {
  cli::RefusalSummary summary;
  summary.add(refusal(2, "area", "'N1' is not known in areas"));
  EXPECT_EQ(summary.texts(),
            std::vector<std::string>{"a.csv:2:3 area: 'N1' is not known in areas (load it first)"});
}

TEST(RefusalSummary, values_and_numbers_make_no_cause_of_their_own) {
  cli::RefusalSummary summary;
  summary.add(refusal(2, "area", "'N1' is not known in areas"));
  summary.add(refusal(5, "area", "'N2' is not known in areas"));
  EXPECT_EQ(summary.texts().front(),
            "a.csv:2:3 area: 'N1' is not known in areas (load it first)\n"
            "  and 1 more like it: line 5");
  for (int line = 6; line <= 9; ++line)
    summary.add(refusal(line, "area", "'' is not known in areas"));
  EXPECT_TRUE(summary.texts().front().ends_with("and 5 more like it: lines 5, 6, 7, 8, 9"));
  summary.add(refusal(10, "area", "'x' is not known in areas"));
  EXPECT_TRUE(summary.texts().front().ends_with("and 6 more like it: lines 5, 6, 7, 8, 9, …"));
  EXPECT_EQ(summary.texts().size(), 1u);
}

TEST(RefusalSummary, another_column_file_sheet_or_sentence_is_another_cause) {
  cli::RefusalSummary summary;
  summary.add(refusal(2, "area", "'N1' is not known in areas"));
  summary.add(refusal(2, "parent", "'N1' is not known in areas"));
  summary.add(refusal(3, "area", "'N1' ended before it began"));
  auto other = refusal(2, "area", "'N1' is not known in areas");
  other.file = "b.csv";
  summary.add(other);
  other.sheet = "One";
  summary.add(other);
  other.error.code = ErrorCode::kRuleBroken;
  summary.add(other);
  EXPECT_EQ(summary.texts().size(), 6u);
  EXPECT_EQ(summary.texts()[4].substr(0, 15), "b.csv[One]:2:3 ");
}

TEST(RefusalSummary, a_hundred_causes_are_kept) {
  cli::RefusalSummary summary;
  for (int i = 0; i < 100; ++i) summary.add(refusal(i, std::string(i + 1u, 'h'), "bad"));
  EXPECT_EQ(summary.texts().size(), 100u);
  summary.add(refusal(1, "one more", "bad"));
  summary.add(refusal(2, "h", "bad"));
  ASSERT_EQ(summary.texts().size(), 101u);
  EXPECT_EQ(summary.texts().back(), "and 1 refusals of other causes");
}

}  // namespace
}  // namespace qd
