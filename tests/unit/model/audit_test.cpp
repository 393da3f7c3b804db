// What an entry of the audit and a run are known by.
#include "core/model/audit.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/model/run_seal.hpp"

namespace qd {
namespace {

const std::string kDigest(64, 'a');

TEST(Anchor, IsReadAsItIsWritten) {
  const auto anchor = parse_anchor("123:" + kDigest);
  ASSERT_TRUE(anchor);
  EXPECT_EQ(anchor->number, 123);
  EXPECT_EQ(to_text(*anchor), "123:" + kDigest);
}

TEST(Anchor, OfAnotherFormIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("123"), "123:" + kDigest + "a", ":" + kDigest, "12x:" + kDigest,
        "123:" + kDigest.substr(1), kDigest})
    EXPECT_FALSE(parse_anchor(text)) << text;
}

TEST(Chain, EveryPartOfAnEntryAndWhatCameBeforeChangesItsDigest) {
  const AuditEntry entry{7, instant_of(5), "who", "act", "subject", "content", ""};
  const auto digest = chained("before", entry);
  EXPECT_EQ(chained("before", entry), digest);
  EXPECT_NE(chained("other", entry), digest);
  std::vector<AuditEntry> others(7, entry);
  others[0].number = 8;
  others[1].at = instant_of(6);
  others[2].who = "wh";
  others[3].act = "acts";
  others[4].subject = "subjec";
  others[5].content = "";
  // The same letters, otherwise divided.
  others[6].who = "whoa";
  others[6].act = "ct";
  for (const auto& other : others) EXPECT_NE(chained("before", other), digest) << other.who;
}

class Seal : public testing::Test {
 protected:
  Seal() {
    definition_.code = "INV1";
    for (std::int64_t i = 0; i < 3; ++i) {
      Fact fact;
      fact.id = kFactsPerRun + i;
      fact.run = 1;
      fact.indicator = "INV1";
      fact.area = std::string(1, static_cast<char>('a' + i));
      fact.numerator = Number::of(i);
      facts_.push_back(fact);
    }
  }
  RunSeal sealed() const {
    RunSealer sealer;
    for (const Fact& fact : facts_) sealer.take(view_of(fact, definition_));
    return sealer.seal(run_);
  }

  ::qd::Run run_;
  Definition definition_;
  std::vector<Fact> facts_;
};

TEST_F(Seal, DoesNotDependOnTheOrderInWhichFiguresAreRead) {
  const auto seal = sealed();
  std::reverse(facts_.begin(), facts_.end());
  EXPECT_EQ(sealed(), seal);
  EXPECT_EQ(seal.marks.size(), 3 * RunSeal::kMark);
}

TEST_F(Seal, OfOneFigureThatChangedOneMarkChanges) {
  const auto seal = sealed();
  facts_[1].numerator = Number{facts_[1].numerator.millionths + 1};
  const auto other = sealed();
  EXPECT_NE(other.digest, seal.digest);
  constexpr auto kMark = RunSeal::kMark;
  EXPECT_EQ(other.marks.substr(0, kMark), seal.marks.substr(0, kMark));
  EXPECT_NE(other.marks.substr(kMark, kMark), seal.marks.substr(kMark, kMark));
  EXPECT_EQ(other.marks.substr(2 * kMark), seal.marks.substr(2 * kMark));
}

TEST_F(Seal, NothingAndZeroAreNotTheSame) {
  const auto seal = sealed();
  facts_[0].denominator = Number::of(0);
  const auto with_zero = sealed();
  facts_[0].denominator.reset();
  facts_[0].n = 0;
  EXPECT_NE(with_zero.digest, seal.digest);
  EXPECT_NE(sealed().digest, seal.digest);
  EXPECT_NE(sealed().digest, with_zero.digest);
}

TEST_F(Seal, WhatADefinitionSaysIsSealedAndWhatItLeavesOutIsNot) {
  const auto seal = sealed();
  definition_.title = "Persons";
  EXPECT_NE(sealed().digest, seal.digest);
  definition_.title = "";
  EXPECT_EQ(sealed().digest, seal.digest);
  definition_.captured = true;
  EXPECT_NE(sealed().digest, seal.digest);
}

}  // namespace
}  // namespace qd
