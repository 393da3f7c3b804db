// Sets of who is counted: exact however they are joined, and nothing read that was not written.
#include "core/model/member_set.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <vector>

namespace qd {
namespace {

using Numbers = std::vector<std::uint32_t>;

RC_GTEST_PROP(MemberSets, CountEachOnceHoweverTheyAreJoined,
              (const std::vector<Numbers>& sets, std::uint8_t narrow)) {
  MemberSet all;
  std::set<std::uint32_t> each;
  for (Numbers numbers : sets) {
    for (auto& number : numbers) number >>= narrow % 32;  // near each other, and far apart
    all.add(*MemberSet::from_bytes(MemberSet(numbers).bytes()));
    each.insert(numbers.begin(), numbers.end());
  }
  RC_ASSERT(all.size() == each.size());
  RC_ASSERT(all.bytes() == MemberSet(Numbers(each.begin(), each.end())).bytes());
}

TEST(MemberSets, TakeAnyOrderAndAnythingTwice) {
  EXPECT_EQ(MemberSet(Numbers{3, 1, 3, 2}).size(), 3u);
  EXPECT_EQ(MemberSet().size(), 0u);
  Numbers many;
  for (std::uint32_t i = 0; i < 200'000; ++i) many.push_back(i * 3);
  EXPECT_EQ(MemberSet::from_bytes(MemberSet(many).bytes())->size(), 200'000u);
}

TEST(MemberSets, AreNotReadFromOtherBytes) {
  const std::string whole = MemberSet(Numbers{1, 2, 70'000}).bytes();
  ASSERT_TRUE(MemberSet::from_bytes(whole));
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(MemberSet::from_bytes(whole.substr(0, length))) << length;
  EXPECT_FALSE(MemberSet::from_bytes(whole + '\0'));
  std::string disordered = whole;  // 1 and 2 of the first container change places
  const auto at = whole.find(std::string("\x01\x00\x02\x00", 4));
  ASSERT_NE(at, std::string::npos);
  std::swap(disordered[at], disordered[at + 2]);
  EXPECT_FALSE(MemberSet::from_bytes(disordered));
  std::string twice = whole;
  twice[at] = 2;
  EXPECT_FALSE(MemberSet::from_bytes(twice));
}

}  // namespace
}  // namespace qd
