#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/capture/rsh/editions.hpp"

namespace qd::test {
namespace {

using capture::rsh::parse_layout;
using ::testing::HasSubstr;

TEST(TsmLayouts, EveryBuiltInLayoutIsWellFormedAndItsFileIsNamedByItsYear) {
  std::vector<std::string> editions;
  for (const auto& embedded : capture::rsh::embedded_layouts()) {
    const auto layout = parse_layout(embedded.text, std::string(embedded.file));
    ASSERT_TRUE(layout) << to_text(layout.error());
    if (embedded.file == "shared.toml") continue;
    EXPECT_EQ(layout->edition + ".toml", embedded.file);
    EXPECT_TRUE(layout->whole_numbers);
    EXPECT_NE(layout->without_figures, capture::rsh::WithoutFigures::kUnknown);
    editions.push_back(layout->edition);
  }
  EXPECT_THAT(editions, ::testing::ElementsAre("2023-24", "2024-25"));
}

TEST(TsmLayouts, AnEditionHasWhatAllShareAndItsOwn) {
  const auto known = capture::rsh::layout_of(2023);
  EXPECT_EQ(known.edition, "2023-24");
  EXPECT_EQ(known.start_year, 2023);
  EXPECT_THAT(known.words.at("TP05"),
              ::testing::UnorderedElementsAre("listens to their views", "home that is safe"));
  const auto unknown = capture::rsh::layout_of(2030);
  EXPECT_EQ(unknown.edition, "");
  EXPECT_THAT(unknown.words.at("TP05"), ::testing::ElementsAre("home that is safe"));
  EXPECT_FALSE(unknown.not_loaded.empty());
  EXPECT_TRUE(unknown.columns.empty());
}

TEST(TsmLayouts, ALayoutIsReadWhole) {
  const auto layout = parse_layout(R"(edition = "2099-00"
not_loaded = ["Colour & Favourite"]
[published]
without_figures = "0"
whole_numbers = ["LCHO"]
[words]
TP02 = ["Mended  well"]
[[column]]
sheet = "Management Info"
heading = "Stage One (CH01 1 Numerator)5"
means = "CH01_1 LCHO numerator")",
                                   "mine.toml");
  ASSERT_TRUE(layout) << to_text(layout.error());
  EXPECT_EQ(layout->start_year, 2099);
  EXPECT_EQ(layout->not_loaded.front(), (std::vector<std::string>{"colour", "favourite"}));
  EXPECT_EQ(layout->without_figures, capture::rsh::WithoutFigures::kZero);
  EXPECT_THAT(*layout->whole_numbers, ::testing::ElementsAre("LCHO"));
  EXPECT_THAT(layout->words.at("TP02"), ::testing::ElementsAre("mended well"));
  EXPECT_EQ(layout->columns.front().heading, "stage one (ch01 1 numerator)");
  EXPECT_EQ(meaning_text(layout->columns.front().means), "CH01_1 LCHO numerator");
}

struct Malformed {
  const char* text;
  const char* message;
};
class MalformedLayouts : public ::testing::TestWithParam<Malformed> {};

TEST_P(MalformedLayouts, AreRefusedByFileLineAndColumn) {
  const auto layout = parse_layout(GetParam().text, "mine.toml");
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().code, ErrorCode::kLayoutMalformed);
  EXPECT_THAT(layout.error().message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Tsm, MalformedLayouts,
    ::testing::Values(
        Malformed{"edition = ", "mine.toml:1:"},
        Malformed{"\nyear = \"2024-25\"", "mine.toml:2:1: a layout has no 'year' here"},
        Malformed{"edition = \"2024-26\"", "mine.toml:1:11: '2024-26' is no reporting year"},
        Malformed{"edition = \"2024-24\"", "'2024-24' is no reporting year"},
        Malformed{"edition = \"2024/25\"", "'2024/25' is no reporting year"},
        Malformed{"edition = \"202a-25\"", "'202a-25' is no reporting year"},
        Malformed{"edition = 2024", "mine.toml:1:11: this is no text"},
        Malformed{"edition = \"\"", "this is no text"},
        Malformed{"published = 3", "mine.toml:1:13: this is no table of keys"},
        Malformed{"[published]\nwithout_figures = \"-\"", "mine.toml:2:19: '-' is neither"},
        Malformed{"[published]\nwhole_numbers = [\"LCRB\"]", "mine.toml:2:17: 'LCRB' is no tenure"},
        Malformed{"[words]\nTP99 = []", "mine.toml:2:1: there is no measure 'TP99'"},
        Malformed{"[words]\nTP01 = \"x\"", "mine.toml:2:8: this is no list"},
        Malformed{"words = 1", "this is no table of measures"},
        Malformed{"not_loaded = [1]", "mine.toml:1:15: this is no text"},
        Malformed{"[column]\nheading = \"x\"", "columns are blocks"},
        Malformed{"[[column]]\nheading = \"x\"", "a column needs its heading and what it means"},
        Malformed{"[[column]]\nmeans = \"weighted\"", "a column needs its heading"},
        Malformed{"[[column]]\nheading = \"x\"\nmeans = \"TP01 numerator\"",
                  "mine.toml:3:9: 'TP01 numerator' is nothing a column can mean"},
        Malformed{"[[column]]\nsheet = \"Perception\"", "mine.toml:2:9: there is no sheet"},
        Malformed{"[[column]]\nheading = \"x\"\nmeans = \"sample\"\n[[column]]\nheading = \"X\"\n"
                  "means = \"weighted\"",
                  "this heading stands in the layout already"}));

TEST(TsmMeanings, AreReadAsTheyAreWritten) {
  for (const std::string text :
       {"TP05 very positive", "TP01_UNWEIGHTED neither", "TP12 published", "TP05 not applicable",
        "TP02 filter yes", "BS01 LCRA+LCHO numerator", "RP02_1 LCRA denominator",
        "CH01_1 LCHO numerator", "CH02_2 COMBINED published", "weighted", "population", "sample",
        "landlord name", "landlord code", "not loaded"}) {
    const auto meaning = capture::rsh::parse_meaning(text);
    ASSERT_TRUE(meaning) << text;
    EXPECT_EQ(meaning_text(*meaning), text);
  }
  EXPECT_EQ(meaning_text(*capture::rsh::parse_meaning("BS01 numerator")),
            "BS01 LCRA+LCHO numerator");
  for (const std::string text :
       {"", "TP05", "very positive", "published", "TP13 neither", "BS01 neither", "TP01 numerator",
        "CH01_1 numerator", "CH01_1 ALL numerator", "BS01 LCRA numerator", "TP01 weighted",
        "TP05 LCRA neither"}) {
    EXPECT_FALSE(capture::rsh::parse_meaning(text)) << text;
  }
}

}  // namespace
}  // namespace qd::test
