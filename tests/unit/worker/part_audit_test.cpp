// Which parts must name their rows.
#include "core/worker/child/part_audit.hpp"

#include <gtest/gtest.h>

namespace qd::worker::child {
namespace {

qd_fact part(std::uint32_t definition, const char* area, const char* breakdown = "") {
  qd_fact made = {};
  made.definition = definition;
  made.area = area;
  made.breakdown = breakdown;
  return made;
}

class Audit : public testing::Test {
 protected:
  Audit() {
    share_.code = "t.share";
    people_.code = "t.people";
  }
  std::vector<std::string> untraced() const { return audit_.untraced({share_, people_}); }

  Definition share_, people_;
  PartAudit audit_;
};

using Texts = std::vector<std::string>;

TEST_F(Audit, a_part_that_counts_names_a_row_or_is_told) {
  auto counted = part(0, "A", "sex=F");
  counted.numerator = QD_ONE;
  audit_.emitted(counted);
  EXPECT_EQ(untraced(), Texts{"t.share of A sex=F"});
  audit_.traced(part(0, "A"));           // another breakdown
  audit_.traced(part(1, "A", "sex=F"));  // another indicator
  audit_.traced(part(0, "B", "sex=F"));  // another area
  EXPECT_EQ(untraced(), Texts{"t.share of A sex=F"});
  audit_.traced(part(0, "A", "sex=F"));
  EXPECT_EQ(untraced(), Texts{});
}

TEST_F(Audit, a_denominator_a_member_and_a_value_count_too) {
  auto rate = part(0, "A");
  rate.denominator = QD_ONE;
  audit_.emitted(rate);
  auto set = part(1, "B");
  const std::uint32_t member = 0;
  set.members = &member;
  set.n_members = 1;
  audit_.emitted(set);
  auto sample = part(1, "C");
  const qd_number value = 0;
  sample.values = &value;
  sample.n_values = 1;
  audit_.emitted(sample);
  EXPECT_EQ(untraced(), (Texts{"t.share of A", "t.people of B", "t.people of C"}));
}

TEST_F(Audit, what_counts_nothing_needs_no_row) {
  audit_.emitted(part(0, "A"));
  auto missing = part(0, "B");
  missing.numerator = QD_ONE;
  missing.null_reason = QD_NOT_AVAILABLE;
  audit_.emitted(missing);
  EXPECT_EQ(untraced(), Texts{});
}

TEST_F(Audit, a_part_is_told_once_though_two_readings_lack_it) {
  auto counted = part(0, "A");
  counted.numerator = QD_ONE;
  audit_.emitted(counted);
  counted.reading = 1;
  audit_.emitted(counted);
  EXPECT_EQ(untraced(), Texts{"t.share of A"});
  counted.reading = 0;
  audit_.traced(counted);
  EXPECT_EQ(untraced(), Texts{"t.share of A"});
}

TEST_F(Audit, a_trace_without_words_is_no_trace) {
  auto counted = part(0, "A");
  counted.numerator = QD_ONE;
  audit_.emitted(counted);
  audit_.traced(part(0, nullptr));
  audit_.traced(part(0, "A", nullptr));
  EXPECT_EQ(untraced(), Texts{"t.share of A"});
}

}  // namespace
}  // namespace qd::worker::child
