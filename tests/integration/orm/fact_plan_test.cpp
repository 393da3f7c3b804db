// How the engines answer questions about facts: by which index, and without sorting.
#include <fmt/format.h>

#include "orm/stores/fact_query.hpp"
#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr int kPeriods = 8, kFactsPerPeriod = 400;

std::string id_of(int period) {
  return fmt::format("FY{}-{}-Q{}", 2020 + period / 4, 21 + period / 4, 1 + period % 4);
}

// Two years of quarters, so that one of them is a small part of the whole.
class FactPlanTest : public StoreTest {
 protected:
  FactPlanTest() {
    for (int period = 0; period < kPeriods; ++period) complete(id_of(period));
    if (GetParam() == orm::DatabaseKind::kMariaDb) connect_to(url())->script("ANALYZE TABLE facts");
  }
  void complete(const std::string& period) {
    qd::Run run;
    run.family = "involvement";
    run.period = period;
    run.id = must(runs().begin_run(run, instant_of(1000)));
    run.finished_at = instant_of(10);
    Definition definition;
    definition.code = "INV1";
    definition.family = run.family;
    std::vector<Fact> facts;
    for (int i = 0; i < kFactsPerPeriod; ++i) {
      Fact fact;
      fact.indicator = "INV1";
      fact.area = fmt::format("A{:04}", i);
      fact.period = period;
      facts.push_back(fact);
    }
    must(runs().complete_run(run, {definition}, facts));
  }

  // One text of everything the engine says about how it would answer.
  std::string plan(const FactQuery& query) {
    const auto connection = connect_to(url());
    const auto chosen = orm::numbers_of(*connection, orm::runs_sql(query));
    const auto bound = orm::facts_sql(query, chosen, orm::Dialect(connection->engine()));
    const bool sqlite = GetParam() == orm::DatabaseKind::kSqlite;
    const auto rows =
        connection->query((sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + bound.sql, bound.values);
    std::string text;
    // SQLite: id, parent, notused, detail. MariaDB: …, type (3), …, key (5), …, Extra (9).
    const auto cell = [&](unsigned at) {
      return rows->absent(at) ? std::string("-") : std::string(rows->text(at));
    };
    while (rows->next())
      text +=
          sqlite ? cell(3) + "\n" : fmt::format("type={} key={} {}\n", cell(3), cell(5), cell(9));
    return text;
  }
  static FactQuery of_period() {
    FactQuery query;
    query.periods = {id_of(3)};
    return query;
  }
  void expect_by_period(const FactQuery& query) {
    const std::string text = plan(query);
    EXPECT_THAT(text, HasSubstr("facts_period"));
    EXPECT_THAT(text, Not(HasSubstr("filesort")));
    EXPECT_THAT(text, Not(HasSubstr("TEMP B-TREE")));
  }
};
QUARTERDAY_BOTH_ENGINES(FactPlanTest);

TEST_P(FactPlanTest, OnePeriodOfEverythingReadsThatPeriodInOrder) { expect_by_period(of_period()); }

TEST_P(FactPlanTest, AndEachOfItsPagesBeginsWhereTheLastEnded) {
  FactQuery query = of_period();
  query.limit = 50;
  expect_by_period(query);
  const auto first = must(figures().facts(query));
  ASSERT_EQ(first.size(), 50U);
  query.after = first.back().fact;
  expect_by_period(query);
  EXPECT_EQ(must(figures().facts(query)).front().fact.area, "A0050");
}

TEST_P(FactPlanTest, EverythingIsReadInItsOrderWithoutSorting) {
  FactQuery query;
  query.limit = 50;
  const std::string text = plan(query);
  EXPECT_THAT(text, HasSubstr("facts_order"));
  EXPECT_THAT(text, Not(HasSubstr("filesort")));
  EXPECT_THAT(text, Not(HasSubstr("TEMP B-TREE")));
}

TEST_P(FactPlanTest, OnePeriodHoldsTheFactsOfThatPeriod) {
  const auto all = must(figures().facts(of_period()));
  ASSERT_EQ(all.size(), static_cast<std::size_t>(kFactsPerPeriod));
  for (const auto& figure : all) EXPECT_EQ(figure.fact.period, id_of(3));
}

}  // namespace
}  // namespace qd::tests
