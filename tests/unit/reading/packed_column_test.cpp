// Numbers come back as they were, in as few bytes as the widest needs.
#include "core/reading/cube/packed_column.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <limits>

namespace qd::reading::cube {
namespace {

using Numbers = std::vector<std::int64_t>;

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

Numbers read(const PackedColumn& column, std::size_t n) {
  Numbers numbers;
  for (std::size_t i = 0; i < n; ++i) numbers.push_back(column[i]);
  return numbers;
}

TEST(PackedColumn, TakesAsManyBytesAsTheWidestStepNeeds) {
  const std::pair<Numbers, std::size_t> widths[] = {
      {{7, 7, 7}, 0},
      {{0, 1, 255}, 1},
      {{0, 1, 256}, 2},
      {{0, 1, 65'535}, 2},
      {{0, 1, 65'536}, 4},
      {{-1, 0, (std::int64_t{1} << 32) - 2}, 4},
      {{-1, 0, (std::int64_t{1} << 32) - 1}, 8},
      {{kLeast, 0, kMost}, 8},
      {{1'000'000, 3'000'000, 256'000'000}, 1},  // whole numbers as millionths
      {{1'000'000, 2'000'000, 257'000'000}, 2},
      {{5, 1'000'005, 255'000'005}, 1},
  };
  for (const auto& [numbers, width] : widths) {
    const PackedColumn column(numbers);
    EXPECT_EQ(column.bytes(), width * numbers.size()) << numbers.back();
    EXPECT_EQ(read(column, numbers.size()), numbers);
  }
}

TEST(PackedColumn, OfNothingIsNothing) { EXPECT_EQ(PackedColumn(Numbers{}).bytes(), 0U); }

RC_GTEST_PROP(PackedColumn, gives_back_what_it_got, (const Numbers& numbers)) {
  RC_ASSERT(read(PackedColumn(numbers), numbers.size()) == numbers);
}

using Maybes = std::vector<std::optional<std::int64_t>>;

Maybes read(const PackedMaybeColumn& column, std::size_t n) {
  Maybes numbers;
  for (std::size_t i = 0; i < n; ++i) numbers.push_back(column[i]);
  return numbers;
}

TEST(PackedMaybeColumn, AbsentIsNotZeroAndMakesTheColumnNoWider) {
  const Maybes mixed = {std::nullopt, 1'000, 1'001, std::nullopt};
  const PackedMaybeColumn column(mixed);
  EXPECT_EQ(read(column, 4), mixed);
  EXPECT_EQ(column.bytes(), 4U) << "one each; half a byte of marks is told as none";
  EXPECT_EQ(PackedMaybeColumn(Maybes(1'000)).bytes(), 0U) << "all absent";
  EXPECT_EQ(PackedMaybeColumn(Maybes{3, 3, 3}).bytes(), 0U) << "all the same";
  EXPECT_EQ(read(PackedMaybeColumn(Maybes(2)), 2), Maybes(2));
}

RC_GTEST_PROP(PackedMaybeColumn, gives_back_what_it_got, ()) {
  const auto numbers = *rc::gen::container<Maybes>(rc::gen::map(
      rc::gen::pair(rc::gen::arbitrary<bool>(), rc::gen::arbitrary<std::int64_t>()),
      [](const auto& one) { return one.first ? std::optional(one.second) : std::nullopt; }));
  RC_ASSERT(read(PackedMaybeColumn(numbers), numbers.size()) == numbers);
}

}  // namespace
}  // namespace qd::reading::cube
