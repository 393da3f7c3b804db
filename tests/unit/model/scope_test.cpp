// What a key opens, as it is stored and read again.
#include "core/model/scope.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

TEST(Scopes, AreReadAgainAsTheyWereWritten) {
  for (const auto& words : scopes()) {
    const Scopes one{words.scope};
    EXPECT_EQ(one.text(), words.name);
    EXPECT_EQ(Scopes::parse(one.text()), one);
    EXPECT_EQ(scope_named(words.name), words.scope);
    EXPECT_EQ(name_of(words.scope), words.name);
  }
  EXPECT_EQ((Scopes{Scope::kReturns, Scope::kFigures}.text()), "figures;returns");
  EXPECT_EQ(Scopes::parse("figures;returns"), (Scopes{Scope::kFigures, Scope::kReturns}));
}

TEST(Scopes, UsuallyOpenEverythingButPeoplesOwnRows) {
  for (const auto& words : scopes())
    EXPECT_EQ(Scopes::usual().has(words.scope), words.scope != Scope::kRecords) << words.name;
}

TEST(Scopes, ANameThatIsNotKnownOpensNothing) {
  EXPECT_TRUE(Scopes::parse("").empty());
  EXPECT_TRUE(Scopes::parse("everything").empty());
  EXPECT_EQ(Scopes::parse("record;figures"), Scopes{Scope::kFigures});
  EXPECT_EQ(Scopes::parse(";;records;"), Scopes{Scope::kRecords});
  EXPECT_EQ(scope_named("Records"), std::nullopt);
}

TEST(Scopes, OneThatIsThereTwiceIsThereOnce) {
  Scopes scopes{Scope::kReturns};
  scopes.add(Scope::kReturns);
  EXPECT_EQ(scopes.names(), std::vector<std::string>{"returns"});
  EXPECT_FALSE(scopes.has(Scope::kFigures));
}

}  // namespace
}  // namespace qd
