// The cube and the store give the same answers, row for row, on both engines: whatever is asked,
// in pages, after runs that took the place of others and with runs that look back.
// See differential.hpp for how many.
#include "core/reading/cube/cube_keeper.hpp"
#include "core/reading/stages/store_reader.hpp"
#include "tests/integration/orm/differential.hpp"

namespace qd::tests {
namespace {

class CubeDifferentialTest : public DifferentialTest {};
QUARTERDAY_BOTH_ENGINES(CubeDifferentialTest);

TEST_P(CubeDifferentialTest, TheSameQuestionHasTheSameAnswer) {
  const auto codes = add_families();
  reading::stages::StoreReader store(figures());
  reading::cube::CubeKeeper keeper(figures(), runs(), store);
  must(keeper.refresh());
  const auto all = must(figures().facts({}));
  EXPECT_EQ(keeper.cube()->n_figures(), all.size());
  int n_answered = 0;
  for (int i = 0; i < extent_.n_questions; ++i) {
    const auto query = dice_.question(codes, periods(), {"one", "two", "three"}, all);
    const auto expected = must(figures().facts(query));
    n_answered += expected.empty() ? 0 : 1;
    const auto page = static_cast<std::size_t>(1 + dice_.below(500));
    ASSERT_TRUE(test::are_the_same(read(keeper, query, page), expected)) << "question " << i;
    if (i % 10 == 0) {
      ASSERT_TRUE(test::are_the_same(read(store, query, page), expected)) << "question " << i;
    }
  }
  EXPECT_GT(n_answered, extent_.n_questions / 2) << "questions that are about something";
}

TEST_P(CubeDifferentialTest, PagesOfOneReadingBelongTogetherWhateverIsComputedMeanwhile) {
  add_family("one");
  reading::stages::StoreReader store(figures());
  reading::cube::CubeKeeper keeper(figures(), runs(), store);
  must(keeper.refresh());
  FactQuery query;
  query.as_of = instant_of(finished_);
  const auto expected = must(figures().facts(query));
  query.data_version = must(figures().data_version());
  const auto reading = must(keeper.open(query));
  test::KeptFigures kept;
  for (int i = 0; must(reading->read(7, kept)) == 7; ++i) {
    if (i == 1) complete("one", "FY2026-27-Q1", test::definitions_of("one", {"one1"}), 30);
    if (i == 2) must(keeper.refresh());
  }
  EXPECT_TRUE(test::are_the_same(kept.figures, expected));
  query.data_version = must(figures().data_version());
  test::KeptFigures again;  // the next page is asked for by who saw the one before
  query.after = expected[9].fact;
  must(must(keeper.open(query))->read(1'000'000, again));
  EXPECT_TRUE(test::are_the_same(again.figures, {expected.begin() + 10, expected.end()}));
}

}  // namespace
}  // namespace qd::tests
