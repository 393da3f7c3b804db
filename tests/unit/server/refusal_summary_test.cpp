// What an import refused, each cause once.
#include "server/cli/refusal_summary.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

capture::Refusal refusal(std::int64_t line, const std::string& heading) {
  return {"a.csv", "",
          line,    3,
          heading, {ErrorCode::kReferenceUnknown, "'N1' is not known in areas", "load it first"}};
}

// Of one cause that so many lines have, from line 2 on; the first refusal is kept.
capture::ImportReport report_of(std::int64_t lines) {
  capture::ImportReport report;
  report.refusals = {refusal(2, "parent"), refusal(2, "area")};
  capture::RefusalCause cause{ErrorCode::kReferenceUnknown,
                              "area",
                              "area is not known in areas",
                              "load it first",
                              lines,
                              {}};
  for (std::int64_t line = 2; line < 2 + std::min<std::int64_t>(lines, 5); ++line)
    cause.places.push_back({"a.csv", "", line});
  report.causes = {cause};
  return report;
}

TEST(RefusalSummary, one_refusal_is_told_as_it_is) {
  EXPECT_EQ(cli::cause_texts(report_of(1)),
            std::vector<std::string>{"a.csv:2:3 area: 'N1' is not known in areas (load it first)"});
}

TEST(RefusalSummary, others_are_counted_and_the_first_lines_named) {
  const std::string first = "a.csv:2:3 area: 'N1' is not known in areas (load it first)\n  and ";
  EXPECT_EQ(cli::cause_texts(report_of(2)).front(), first + "1 more like it: line 3");
  EXPECT_EQ(cli::cause_texts(report_of(5)).front(), first + "4 more like it: lines 3, 4, 5, 6");
  EXPECT_EQ(cli::cause_texts(report_of(6)).front(), first + "5 more like it: lines 3, 4, 5, 6, …");
}

TEST(RefusalSummary, another_file_or_sheet_is_named_with_its_line) {
  auto report = report_of(2);
  report.causes.front().places[1] = {"b.csv", "One", 7};
  EXPECT_TRUE(cli::cause_texts(report).front().ends_with("1 more like it: line b.csv[One]:7"));
}

TEST(RefusalSummary, a_cause_whose_first_refusal_was_not_kept_is_told_by_what_all_share) {
  auto report = report_of(1);
  report.refusals.clear();
  EXPECT_EQ(cli::cause_texts(report).front(),
            "a.csv:2 area: area is not known in areas (load it first)");
}

TEST(RefusalSummary, a_refusal_names_sheet_line_column_and_heading_as_far_as_they_are_known) {
  auto one = refusal(7, "area");
  one.sheet = "One";
  one.error.hint.clear();
  EXPECT_EQ(cli::refusal_text(one), "a.csv[One]:7:3 area: 'N1' is not known in areas");
  one.line = one.column = 0;
  one.heading.clear();
  EXPECT_EQ(cli::refusal_text(one), "a.csv[One]: 'N1' is not known in areas");
}

}  // namespace
}  // namespace qd
