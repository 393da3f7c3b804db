// What became of figures between two states.
#include "core/reading/changed_figures.hpp"

#include <gtest/gtest.h>

#include <map>

namespace qd::reading {
namespace {

using Numbers = std::map<std::string, std::int64_t>;  // by area, in its order

std::vector<Figure> figures(const Numbers& numbers, std::int64_t run) {
  std::vector<Figure> all;
  for (const auto& [area, number] : numbers) {
    Figure one;
    one.definition.code = one.fact.indicator = "A";
    one.fact.area = area;
    one.fact.numerator = Number::of(number);
    one.fact.run = run;
    one.fact.id = run * 100 + number;
    all.push_back(one);
  }
  return all;
}

class Told final : public FigureSink {
 public:
  void take(const FigureView& figure) override {
    text += std::string(figure.area) + " " + std::string(to_text(figure.change)) + " " +
            display(figure.value, *figure.definition) + "; ";
  }
  std::string text;
};

std::string changes(const Numbers& then, const Numbers& now, std::size_t at_most = 1000) {
  const auto reading =
      changed_figures(listed_figures(figures(then, 1)), listed_figures(figures(now, 2)));
  Told told;
  while (*reading->read(at_most, told) == at_most) told.text += "| ";
  return told.text;
}

TEST(ChangedFigures, AreNewOrSayAnotherThingOrAreGone) {
  EXPECT_EQ(changes({{"E1", 1}, {"E2", 2}, {"E4", 4}}, {{"E1", 1}, {"E2", 3}, {"E3", 9}}),
            "E2 changed 3; E3 new 9; E4 withdrawn [x]; ");
}

TEST(ChangedFigures, ThatWereComputedAgainAndSayTheSameAreNone) {
  EXPECT_EQ(changes({{"E1", 1}, {"E2", 2}}, {{"E1", 1}, {"E2", 2}}), "");
  EXPECT_EQ(changes({}, {}), "");
}

TEST(ChangedFigures, AreFoundAtEitherEnd) {
  EXPECT_EQ(changes({{"E5", 5}}, {{"E1", 1}}), "E1 new 1; E5 withdrawn [x]; ");
  EXPECT_EQ(changes({{"E1", 1}}, {{"E5", 5}}), "E1 withdrawn [x]; E5 new 5; ");
  EXPECT_EQ(changes({}, {{"E5", 5}}), "E5 new 5; ");
  EXPECT_EQ(changes({{"E5", 5}}, {}), "E5 withdrawn [x]; ");
}

TEST(ChangedFigures, ComeInPages) {
  EXPECT_EQ(changes({{"E1", 1}}, {{"E2", 2}, {"E3", 3}}, 2),
            "E1 withdrawn [x]; E2 new 2; | E3 new 3; ");
  EXPECT_EQ(changes({{"E1", 1}}, {{"E2", 2}}, 1), "E1 withdrawn [x]; | E2 new 2; | ");
}

// More than is read at once on either side.
TEST(ChangedFigures, AreFoundAmongMany) {
  Numbers then, now;
  for (int i = 0; i < 1200; ++i) {
    then["E" + std::to_string(10'000 + i)] = i;
    now["E" + std::to_string(10'000 + i)] = i == 777 ? -1 : i;
  }
  then.erase("E11111");
  now.erase("E10003");
  EXPECT_EQ(changes(then, now), "E10003 withdrawn [x]; E10777 changed -1; E11111 new 1111; ");
}

}  // namespace
}  // namespace qd::reading
