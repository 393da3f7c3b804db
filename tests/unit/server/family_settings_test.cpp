// A setting of a family that it does not declare is refused, with its line and the nearest name.
#include "server/composition/family_settings.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

std::vector<FamilyListing> families() {
  Family copis;
  copis.id = "copis";
  copis.options = {{"min_answers",
                    OptionType::kInteger,
                    "10",
                    "Fewer give no figure.",
                    {},
                    Number::of(0),
                    Number::of(99)},
                   {"level4", OptionType::kYesNo, "no", "Whether.", {}, {}, {}},
                   {"mode", OptionType::kText, "a", "Which.", {"a", "b"}, {}, {}}};
  Family plain;
  plain.id = "plain";
  return {{"/families/copis.so", copis, {}},
          {"/families/plain.so", plain, {}},
          {"/families/broken.so", fail(ErrorCode::kFamilyRefused, "broken"), {}}};
}

struct Told {
  std::string message, hint;
  ErrorCode code{};
};

Told told(const std::string& family, const std::string& key, const std::string& value) {
  const auto checked =
      composition::check_family_settings({{family, key, value, "q.toml:7"}}, families());
  if (checked) return {"it holds", "", {}};
  return {checked.error().message, checked.error().hint, checked.error().code};
}

TEST(FamilySettings, ThoseDeclaredHold) {
  EXPECT_EQ(told("copis", "min_answers", "0").message, "it holds");
  EXPECT_EQ(told("copis", "min_answers", "99").message, "it holds");
  EXPECT_EQ(told("copis", "level4", "yes").message, "it holds");
  EXPECT_EQ(told("copis", "mode", "b").message, "it holds");
}

TEST(FamilySettings, AnUnknownFamilyOrKeyNamesTheNearest) {
  const auto family = told("copi", "min_answers", "1");
  EXPECT_EQ(family.message, "q.toml:7: there is no family 'copi'");
  EXPECT_EQ(family.hint, "did you mean 'copis'?");
  EXPECT_EQ(family.code, ErrorCode::kConfigurationUnknownKey);
  const auto key = told("copis", "min_answer", "1");
  EXPECT_EQ(key.message, "q.toml:7: the family copis has no option 'min_answer'");
  EXPECT_EQ(key.hint, "did you mean 'min_answers'?");
  EXPECT_EQ(key.code, ErrorCode::kConfigurationUnknownKey);
  EXPECT_EQ(told("plain", "x", "1").hint, "it has none");
}

TEST(FamilySettings, AValueTheOptionDoesNotTakeIsToldWithWhatItMeans) {
  const auto less = told("copis", "min_answers", "-1");
  EXPECT_EQ(less.message, "q.toml:7: 'family.copis.min_answers': -1 is less than 0");
  EXPECT_EQ(less.hint, "Fewer give no figure.");
  EXPECT_EQ(less.code, ErrorCode::kConfigurationMalformed);
  EXPECT_EQ(told("copis", "min_answers", "100").message,
            "q.toml:7: 'family.copis.min_answers': 100 is more than 99");
  EXPECT_EQ(told("copis", "min_answers", "1.5").message,
            "q.toml:7: 'family.copis.min_answers': '1.5' is not a whole number");
  EXPECT_EQ(told("copis", "level4", "1").message,
            "q.toml:7: 'family.copis.level4': '1' is not yes or no");
  EXPECT_EQ(told("copis", "mode", "c").message,
            "q.toml:7: 'family.copis.mode': 'c' is not one of a, b");
}

TEST(FamilySettings, OptionsOfARefusedFamilyAreNotKnown) {
  EXPECT_EQ(told("broken", "anything", "1").message, "it holds");
}

}  // namespace
}  // namespace qd
