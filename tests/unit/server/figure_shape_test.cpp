// In which order figures stand.
#include "server/faces/figure_shape.hpp"

#include <gtest/gtest.h>

namespace qd::faces {
namespace {

std::string ordered(const std::vector<std::string>& values, const std::vector<OrderTerm>& order) {
  std::vector<Figure> figures;
  for (const auto& value : values) {
    Figure one;
    one.fact.area = value;
    one.fact.null_reason = value.empty() ? NullReason::kNotAvailable : NullReason::kHasValue;
    one.fact.numerator = Number::parse(value).value_or(Number{});
    figures.push_back(one);
  }
  EXPECT_TRUE(put_in_order(figures, order, figure_fields(), {}));
  std::string text;
  for (const Figure& one : figures) text += one.fact.area + ";";
  return text;
}

// By what numbers are, not by how they are written; what has no value is last either way.
TEST(FigureOrder, IsThatOfTheNumbers) {
  const std::vector<std::string> values = {"10", "",     "9.5",  "-2",  "-10",
                                           "0",  "9.25", "-2.5", "1000"};
  EXPECT_EQ(ordered(values, {{"value"}}), "-10;-2.5;-2;0;9.25;9.5;10;1000;;");
  EXPECT_EQ(ordered(values, {{"value", true}}), "1000;10;9.5;9.25;0;-2;-2.5;-10;;");
}

TEST(FigureOrder, OfTextsIsThatOfTheirBytes) {
  EXPECT_EQ(ordered({"10", "9", "-1"}, {{"area"}}), "-1;10;9;");
}

TEST(FigureOrder, LeavesWhatIsAlikeAsItWas) {
  EXPECT_EQ(ordered({"3", "1", "2"}, {{"unit"}}), "3;1;2;");
  EXPECT_EQ(ordered({"3", "1", "2"}, {{"unit"}, {"value"}}), "1;2;3;");
}

}  // namespace
}  // namespace qd::faces
