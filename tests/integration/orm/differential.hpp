// Figures of two families, with runs that took the place of others and runs that look back, in both
// engines; and questions about them.
//
// QUARTERDAY_DIFFERENTIAL=full asks 20,000 questions of about 100,000 facts.
#pragma once

#include <cstdlib>

#include "core/reading/stages/figure_reader.hpp"
#include "tests/integration/orm/stores.hpp"
#include "tests/support/figure_questions.hpp"

namespace qd::tests {

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

class DifferentialTest : public StoreTest {
 protected:
  static const std::vector<std::string>& periods() {
    static const std::vector<std::string> all = {"2026-05", "FY2025-26-Q4", "FY2026-27-Q1",
                                                 "FY2026-27-Q2"};
    return all;
  }

  // Their codes.
  std::vector<std::string> add_families() {
    auto codes = add_family("one");
    for (auto& code : add_family("two")) codes.push_back(std::move(code));
    return codes;
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
  test::FigureDice dice_{2026};
  std::int64_t finished_ = 100;
};

}  // namespace qd::tests
