// Who read people's own rows, on both engines.
#include <gtest/gtest.h>

#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

using ReadingLogTest = StoreTest;
QUARTERDAY_BOTH_ENGINES(ReadingLogTest);

RecordReading reading(const std::string& reason) {
  return {0, instant_of(77), "abcdefgh", std::int64_t{1} << 40, 10'000, reason};
}

TEST_P(ReadingLogTest, AReadingIsKeptAsItWas) {
  must(readings().add(reading("complaint 17 – £ é")));
  const auto kept = must(readings().list(10));
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_GT(kept[0].id, 0);
  EXPECT_EQ(kept[0].read_at, instant_of(77));
  EXPECT_EQ(kept[0].reader, "abcdefgh");
  EXPECT_EQ(kept[0].fact, std::int64_t{1} << 40);
  EXPECT_EQ(kept[0].n_rows, 10'000);
  EXPECT_EQ(kept[0].reason, "complaint 17 – £ é");
}

TEST_P(ReadingLogTest, TheNewestComeFirstAndSoManyAtMost) {
  EXPECT_TRUE(must(readings().list(2)).empty());
  for (const char* reason : {"first", "second", "third"}) must(readings().add(reading(reason)));
  const auto kept = must(readings().list(2));
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].reason, "third");
  EXPECT_EQ(kept[1].reason, "second");
}

}  // namespace
}  // namespace qd::tests
