// Makes figures for benchmarks of reading, through the ordinary store:
// bench_figures URL INDICATORS AREAS QUARTERS. A run a quarter; the same figures on every machine.
#include <fmt/format.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "orm/database.hpp"
#include "tests/bench/random.hpp"

namespace {

using namespace qd;

std::vector<Definition> definitions(int n) {
  std::vector<Definition> made;
  for (int i = 0; i < n; ++i) {
    Definition one;
    one.code = fmt::format("I{:03}", i);
    one.family = "bench";
    one.title = fmt::format("Repairs of kind {} done in time", i);
    one.numerator = "done in time";
    one.denominator = "done";
    one.unit = "%";
    one.source = "seeded";
    one.multiplier = 100;
    one.decimals = 1;
    one.aggregation = Aggregation::kFlowRatio;
    one.effective_from = make_date(2000, 4, 1);
    made.push_back(std::move(one));
  }
  return made;
}

// By indicator and area, as a family's run gives them.
std::vector<Fact> facts(const std::vector<Definition>& all, int n_areas, const std::string& period,
                        bench::Random& random) {
  std::vector<Fact> made;
  made.reserve(all.size() * static_cast<std::size_t>(n_areas));
  for (const Definition& definition : all) {
    for (int area = 0; area < n_areas; ++area) {
      Fact fact;
      fact.indicator = definition.code;
      fact.area = fmt::format("A{:03}", area);
      fact.period = period;
      const std::int64_t done = 1 + random.below(400);
      fact.numerator = Number::of(random.below(done + 1));
      fact.denominator = Number::of(done);
      fact.n = done;
      made.push_back(std::move(fact));
    }
  }
  return made;
}

template <class T>
T good(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", to_text(result.error()));
  std::exit(1);
}

std::int64_t complete(RunStore& store, const std::vector<Definition>& all, const Period& period,
                      std::vector<Fact> made, Instant at) {
  Run run;
  run.family = "bench";
  run.family_version = "1.0.0";
  run.abi = "1.0";
  run.period = period.id();
  run.as_of = run.started_at = at;
  run.id = good(store.begin_run(run, at + std::chrono::hours{1}));
  run.finished_at = at;
  run.n_facts = static_cast<std::int64_t>(made.size());
  if (auto stored = store.complete_run(run, all, made); !stored) {
    fmt::print(stderr, "{}\n", to_text(stored.error()));
    std::exit(1);
  }
  return run.id;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    fmt::print(stderr, "bench_figures URL INDICATORS AREAS QUARTERS\n");
    return 2;
  }
  good(orm::migrate_database(argv[1]));
  const auto database = good(orm::open_database(argv[1]));
  const auto all = definitions(std::atoi(argv[2]));
  bench::Random random;
  Period period = Period::quarter(2016, 1);
  for (int quarter = std::atoi(argv[4]); quarter > 0; --quarter, period = period.next())
    complete(database->runs(), all, period, facts(all, std::atoi(argv[3]), period.id(), random),
             *parse_instant("2026-11-01T00:00:00Z"));
  return 0;
}
