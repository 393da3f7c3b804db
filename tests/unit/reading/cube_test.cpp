// The cube answers as one who looks through all figures one by one.
#include "core/reading/cube/cube.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <set>

#include "tests/support/figure_questions.hpp"

namespace qd::reading::cube {
namespace {

using test::FigureDice;
using test::KeptFigures;

const std::vector<std::string> kPeriods = {"2026-05", "FY2025-26-Q4", "FY2026-27-Q1",
                                           "FY2026-27-Q2"};
const std::vector<std::string> kCodes = {"A1", "A10", "A2", "B1"};

// Two families over four periods; of one period a family has nothing.
struct House {
  explicit House(unsigned seed) : dice(seed) {
    add("one", {"A1", "A10"});
    add("two", {"A2", "B1"});
    cube = std::make_shared<const Cube>(segments, 5, instant_of(70));
  }

  void add(const std::string& family, const std::vector<std::string>& codes) {
    definitions[family] = test::definitions_of(family, codes);
    for (const auto& period : kPeriods) {
      if (family == "two" && period == "2026-05") continue;
      ::qd::Run run;
      run.id = static_cast<std::int64_t>(segments.size()) + 1;
      run.family = family;
      run.period = period;
      SegmentBuilder builder(run, pool);
      std::int64_t position = 0;
      for (Fact fact : dice.facts(definitions[family], period, 3)) {
        fact.run = run.id;
        fact.id = run.id * kFactsPerRun + position++;
        const auto& definition = definition_of(family, fact);
        builder.take(view_of(fact, definition));
        all.push_back({fact, definition});
      }
      segments.push_back(builder.build());
    }
  }
  const Definition& definition_of(const std::string& family, const Fact& fact) {
    return *std::find_if(definitions[family].begin(), definitions[family].end(),
                         [&](const Definition& one) {
                           return one.code == fact.indicator && one.version == fact.version;
                         });
  }

  // The same by looking at every one.
  static auto key(const Fact& fact) {
    const auto run = fact.run > 0 ? fact.run : std::numeric_limits<std::int64_t>::max();
    return std::tuple(fact.indicator, fact.version, fact.area, fact.period,
                      static_cast<int>(fact.reading), fact.breakdown, run);
  }
  template <class T>
  static bool is_among(const std::vector<T>& wanted, const T& one) {
    return wanted.empty() || std::count(wanted.begin(), wanted.end(), one) > 0;
  }
  std::vector<Figure> looked_through(const FactQuery& query) const {
    std::vector<Figure> found;
    for (const Figure& figure : all) {
      const Fact& fact = figure.fact;
      if (is_among(query.indicators, fact.indicator) && is_among(query.areas, fact.area) &&
          is_among(query.periods, fact.period) &&
          is_among(query.families, figure.definition.family) &&
          is_among(query.readings, fact.reading) &&
          (!query.breakdown || fact.breakdown == *query.breakdown) &&
          (!query.breakdown_prefix || fact.breakdown.starts_with(*query.breakdown_prefix)) &&
          (!query.after || key(fact) > key(*query.after)))
        found.push_back(figure);
    }
    std::sort(found.begin(), found.end(),
              [](const Figure& a, const Figure& b) { return key(a.fact) < key(b.fact); });
    return found;
  }

  FigureDice dice;
  DefinitionPool pool;
  std::map<std::string, std::vector<Definition>> definitions;
  std::vector<std::shared_ptr<const Segment>> segments;
  std::vector<Figure> all;
  std::shared_ptr<const Cube> cube;
};

std::vector<Figure> read(FigureReading& reading, std::size_t at_most = 1'000'000) {
  KeptFigures kept;
  const auto n_read = reading.read(at_most, kept);
  EXPECT_EQ(n_read, kept.figures.size());
  return std::move(kept.figures);
}

TEST(Cube, AnswersAsOneWhoLooksThroughEveryFigure) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    House house(seed);
    int n_answered = 0;
    for (int i = 0; i < 1'000; ++i) {
      const auto query = house.dice.question(kCodes, kPeriods, {"one", "two", "three"}, house.all);
      const auto expected = house.looked_through(query);
      n_answered += expected.empty() ? 0 : 1;
      ASSERT_TRUE(test::are_the_same(read(*house.cube->open(query)), expected))
          << "seed " << seed << ", question " << i;
    }
    EXPECT_GT(n_answered, 500) << "questions that are about something";
  }
}

// What is handed over by columns, figure by figure, and how many pieces it came in; the rest one by
// one.
class Columns final : public ColumnSink {
 public:
  void take(const FigureView& figure) override {
    EXPECT_EQ(figure.definition->code, "A1");
    all.insert(text_of(fact_of(figure)));
  }
  bool takes_columns_of(const Definition& definition) const override {
    return definition.code != "A1";
  }
  void take_columns(const FigureColumns& figures) override {
    ++n_pieces;
    EXPECT_NE(figures.definition->code, "A1");
    EXPECT_GT(figures.size, 0U);
    for (std::size_t i = 0; i < figures.size; ++i) {
      Fact fact;
      fact.indicator = figures.definition->code;
      fact.version = figures.definition->version;
      fact.area = figures.areas->at(static_cast<std::size_t>(figures.area[i]));
      fact.period = figures.period;
      fact.reading = static_cast<Reading>(figures.reading[i]);
      fact.breakdown = figures.breakdowns->at(static_cast<std::size_t>(figures.breakdown[i]));
      fact.numerator = Number{figures.numerator[i]};
      if (figures.has_denominator[i]) fact.denominator = Number{figures.denominator[i]};
      if (figures.has_n[i]) fact.n = figures.n[i];
      EXPECT_TRUE(figures.has_denominator[i] || figures.denominator[i] == 0);
      EXPECT_TRUE(figures.has_n[i] || figures.n[i] == 0);
      fact.null_reason = static_cast<NullReason>(figures.null_reason[i]);
      fact.flags = static_cast<std::uint32_t>(figures.flags[i]);
      all.insert(text_of(fact));
    }
  }
  static std::string text_of(const Fact& fact) {
    std::string text = fact.indicator + " " + std::to_string(fact.version) + " " + fact.area + " " +
                       fact.period + " " + std::string(to_text(fact.reading)) + " " +
                       fact.breakdown + " " + fact.numerator.text();
    text += fact.denominator ? "/" + fact.denominator->text() : "";
    text += fact.n ? " n" + std::to_string(*fact.n) : "";
    return text + " " + std::to_string(static_cast<int>(fact.null_reason)) + " " +
           std::to_string(fact.flags);
  }
  std::multiset<std::string> all;
  int n_pieces = 0;
};

TEST(Cube, HandsOverByColumnsWhatItAnswersOneByOne) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    House house(seed);
    for (int i = 0; i < 500; ++i) {
      const auto query = house.dice.question(kCodes, kPeriods, {"one", "two", "three"}, house.all);
      std::multiset<std::string> expected;
      for (const Figure& figure : house.looked_through(query))
        expected.insert(Columns::text_of(figure.fact));
      Columns columns;
      const auto reading = house.cube->open(query);
      ASSERT_TRUE(reading->read_in_any_order(columns));
      ASSERT_EQ(columns.all, expected) << "seed " << seed << ", question " << i;
      EXPECT_TRUE(read(*reading).empty()) << "that was all";
    }
  }
}

// A piece holds no more than it has room for, and of one definition no fewer than it can.
TEST(Cube, HandsOverPiecesAsLargeAsTheyMayBe) {
  constexpr int kFigures = 2 * static_cast<int>(FigureColumns::kMost) + 1;
  DefinitionPool pool;
  const auto definition = test::definitions_of("one", {"B"}).front();
  ::qd::Run run;
  run.id = 1;
  run.family = "one";
  run.period = kPeriods.front();
  SegmentBuilder builder(run, pool);
  Fact fact;
  fact.indicator = "B";
  fact.run = 1;
  for (int i = 0; i < kFigures; ++i) {
    fact.id = kFactsPerRun + i;
    fact.area = "E" + std::to_string(10'000 + i);
    builder.take(view_of(fact, definition));
  }
  const auto cube = std::make_shared<const Cube>(
      std::vector<std::shared_ptr<const Segment>>{builder.build()}, 1, instant_of(1));
  Columns columns;
  ASSERT_TRUE(cube->open({})->read_in_any_order(columns));
  EXPECT_EQ(columns.n_pieces, 3);
  EXPECT_EQ(columns.all.size(), static_cast<std::size_t>(kFigures));
}

TEST(Cube, PagesOfAnySizeGiveEachFigureOnce) {
  House house(9);
  const auto expected = house.looked_through({});
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{7}, expected.size(), expected.size() + 1}) {
    const auto reading = house.cube->open({});
    std::vector<Figure> pages;
    for (;;) {
      const auto page = read(*reading, size);
      pages.insert(pages.end(), page.begin(), page.end());
      if (page.size() < size) break;
    }
    EXPECT_TRUE(test::are_the_same(pages, expected)) << size;
    EXPECT_TRUE(read(*reading).empty()) << "ended is ended";
  }
}

TEST(Cube, ReadsNothingWhenNothingIsAskedFor) {
  House house(9);
  const auto reading = house.cube->open({});
  EXPECT_TRUE(read(*reading, 0).empty());
  EXPECT_EQ(read(*reading, 3).size(), 3u);
}

TEST(Cube, AReadingOutlivesTheCubeItCameFrom) {
  House house(3);
  const auto expected = house.looked_through({});
  auto reading = house.cube->open({});
  house.cube.reset();
  house.segments.clear();
  EXPECT_TRUE(test::are_the_same(read(*reading), expected));
}

TEST(Cube, AnswersForThePresentAndLeavesThePastToTheStore) {
  House house(1);
  FactQuery query;
  EXPECT_TRUE(house.cube->answers(query));
  query.as_of = instant_of(70);
  EXPECT_TRUE(house.cube->answers(query)) << "what finished then is among it";
  query.as_of = instant_of(69);
  EXPECT_FALSE(house.cube->answers(query));
  query.as_of = instant_of(71);
  EXPECT_FALSE(house.cube->answers(query)) << "more may have ended by then than it knows of";
  query.as_of.reset();
  query.runs = {1};
  EXPECT_FALSE(house.cube->answers(query));
}

TEST(Cube, SaysWhatItHolds) {
  House house(1);
  EXPECT_EQ(house.cube->n_figures(), house.all.size());
  EXPECT_EQ(house.cube->data_version(), 5);
  EXPECT_EQ(house.cube->of_run(2), house.segments[1]);
  EXPECT_EQ(house.cube->of_run(99), nullptr);
  EXPECT_GT(house.cube->bytes(), house.all.size());
}

TEST(Cube, OfNothingAnswersWithNothing) {
  const auto cube =
      std::make_shared<const Cube>(std::vector<std::shared_ptr<const Segment>>{}, 0, Instant{});
  EXPECT_TRUE(read(*cube->open({})).empty());
  EXPECT_EQ(cube->n_figures(), 0u);
}

TEST(Cube, OneDefinitionIsKeptOnceForAllRuns) {
  House house(1);
  EXPECT_EQ(&house.segments[0]->definition(0), &house.segments[1]->definition(0));
}

TEST(Cube, AFigureTakesFewBytes) {
  ::qd::Run run;
  run.id = 3;
  DefinitionPool pool;
  SegmentBuilder builder(run, pool);
  const auto definition = test::definitions_of("one", {"A1"})[0];
  Fact fact;
  for (int i = 0; i < 10'000; ++i) {
    fact.area = "E" + std::to_string(i % 500);
    fact.breakdown = "part=" + std::to_string(i / 500);
    fact.numerator = Number::of(i % 97);
    fact.denominator = Number::of(200);
    fact.n = 200;
    fact.id = 3 * kFactsPerRun + i;
    fact.run = 3;
    builder.take(view_of(fact, definition));
  }
  EXPECT_LT(builder.build()->bytes(), std::size_t{48} * 10'000);
}

}  // namespace
}  // namespace qd::reading::cube
