#include "core/compute/input_digest.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace qd {
namespace {

using Rows = std::vector<std::pair<std::string, std::int32_t>>;

const FamilyInput kInput{{"events", "", {}, 1, {}}, {"code", "held_on"}};

// -1: the date is absent.
std::string digest(const Rows& rows, std::size_t batch_rows = 1000, const Rows& known = {}) {
  Dictionary dictionary;
  for (const auto& row : known) dictionary.code(row.first);
  compute::InputDigest digest;
  digest.begin_input(kInput);
  for (std::size_t at = 0; at < rows.size(); at += batch_rows) {
    BatchBuilder builder({ColumnType::kText, ColumnType::kDate});
    for (std::size_t i = at; i < std::min(at + batch_rows, rows.size()); ++i) {
      builder.add_code(0, dictionary.code(rows[i].first));
      rows[i].second == -1 ? builder.add_absent(1) : builder.add_date(1, rows[i].second);
      builder.end_row();
    }
    digest.add(builder.take(), dictionary);
  }
  return digest.text();
}

RC_GTEST_PROP(InputDigest, IsTheSameInWhateverOrderBatchesAndCodes, (Rows rows)) {
  const auto size = *rc::gen::inRange<std::size_t>(1, 7);
  auto other = rows;
  std::reverse(other.begin(), other.end());
  RC_ASSERT(digest(rows) == digest(other, size, other));
}

RC_GTEST_PROP(InputDigest, ChangesWithAnyCell, (Rows rows)) {
  RC_PRE(!rows.empty());
  auto other = rows;
  auto& row = other[*rc::gen::inRange<std::size_t>(0, rows.size())];
  *rc::gen::arbitrary<bool>() ? row.first += 'x' : row.first.insert(0, 1, 'x');
  RC_ASSERT(digest(rows) != digest(other));
}

TEST(InputDigest, TellsAbsentFromZeroOneRowFromTwoAndTablesApart) {
  EXPECT_NE(digest({{"A", 0}}), digest({{"A", -1}}));
  EXPECT_NE(digest({{"A", 0}}), digest({{"A", 0}, {"A", 0}}));
  EXPECT_NE(digest({}), digest({{"A", 0}}));
  compute::InputDigest other;
  other.begin_input({{"policies", "", {}, 1, {}}, {"code", "held_on"}});
  EXPECT_NE(other.text(), digest({}));
  EXPECT_EQ(digest({}).size(), 64u);
}

// Runs keep their digest: one made by an earlier release must be found again.
TEST(InputDigest, StaysWhatItWas) {
  EXPECT_EQ(digest({{"A", 1}, {"B", -1}}),
            "cd6f2980e518c5b43dffcb8811e49c25fa078afc0bf98a4cbec2ae3bac37ad76");
  EXPECT_EQ(digest({}), "06a31baca7e4b6ae246b723f6259b0f79dd4bc6998829b523c915d8f6ab62871");
}

TEST(InputDigest, TellsWhichRowACellBelongsTo) {
  EXPECT_NE(digest({{"A", 1}, {"B", 2}}), digest({{"A", 2}, {"B", 1}}));
}

}  // namespace
}  // namespace qd
