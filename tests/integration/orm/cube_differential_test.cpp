// The cube and the store give the same answers, row for row, on both engines: whatever is asked,
// in pages, after runs that took the place of others and with runs that look back.
//
// QUARTERDAY_DIFFERENTIAL=full asks 20,000 questions of about 100,000 facts.
#include <cstdlib>

#include "core/reading/cube/cube_keeper.hpp"
#include "core/reading/stages/store_reader.hpp"
#include "tests/integration/orm/stores.hpp"
#include "tests/support/figure_questions.hpp"

namespace qd::tests {
namespace {

using test::FigureDice;

struct Extent {
  int n_questions = 400, one_in_so_many = 12;
  std::vector<std::string> codes = {"1", "2"};

  static Extent asked_for() {
    if (std::getenv("QUARTERDAY_DIFFERENTIAL") == nullptr) return {};
    Extent full{20'000, 1, {}};
    for (int i = 0; i < 33; ++i) full.codes.push_back(std::to_string(i));
    return full;
  }
};

class CubeDifferentialTest : public StoreTest {
 protected:
  static const std::vector<std::string>& periods() {
    static const std::vector<std::string> all = {"2026-05", "FY2025-26-Q4", "FY2026-27-Q1",
                                                 "FY2026-27-Q2"};
    return all;
  }

  std::vector<std::string> add_family(const std::string& family) {
    std::vector<std::string> codes;
    for (const auto& code : extent_.codes) codes.push_back(family + code);
    const auto definitions = test::definitions_of(family, codes);
    for (const auto& period : periods()) complete(family, period, definitions, 10);
    complete(family, "FY2026-27-Q1", definitions, 20);  // knew more
    complete(family, "FY2026-27-Q2", definitions, 5);   // looks back
    return codes;
  }
  void complete(const std::string& family, const std::string& period,
                const std::vector<Definition>& definitions, std::int64_t knew) {
    ::qd::Run run;
    run.family = family;
    run.period = period;
    run.as_of = instant_of(knew);
    run.id = must(runs().begin_run(run, instant_of(1'000)));
    run.finished_at = instant_of(++finished_);
    auto facts = dice_.facts(definitions, period, extent_.one_in_so_many);
    run.n_facts = static_cast<std::int64_t>(facts.size());
    must(runs().complete_run(run, definitions, facts));
  }

  std::vector<Figure> read(reading::stages::FigureReader& reader, FactQuery query,
                           std::size_t page) {
    query.data_version = must(figures().data_version());
    const auto reading = must(reader.open(query));
    test::KeptFigures kept;
    while (must(reading->read(page, kept)) == page) continue;
    return std::move(kept.figures);
  }

  const Extent extent_ = Extent::asked_for();
  FigureDice dice_{2026};
  std::int64_t finished_ = 100;
};
QUARTERDAY_BOTH_ENGINES(CubeDifferentialTest);

TEST_P(CubeDifferentialTest, TheSameQuestionHasTheSameAnswer) {
  auto codes = add_family("one");
  for (auto& code : add_family("two")) codes.push_back(std::move(code));
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
