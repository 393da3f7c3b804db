// What the tests of jobs share: a landlord with one figure a quarter, a store, a folder, a clock.
#pragma once

#include <string>
#include <vector>

#include "jobs/delivery_folder.hpp"
#include "jobs/return_job.hpp"
#include "jobs/scheduler.hpp"
#include "jobs/schedules.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/memory_fact_store.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/memory_return_store.hpp"

namespace qd {

inline Instant at(const char* text) { return *parse_instant(text); }

inline Definition one_definition() {
  Definition definition;
  definition.code = "INV1.T";
  definition.family = "involvement";
  definition.title = "Engaged persons at levels 2 to 4";
  definition.numerator = "persons";
  definition.unit = "persons";
  definition.source = "strategy";
  definition.effective_from = make_date(2020, 4, 1);
  return definition;
}

// Everything a return job works with, in memory.
struct Bench {
  MemoryFactStore facts;
  MemoryReturnStore returns;
  MemoryFileSystem files;
  ManualClock clock;
  int n_prepared = 0;

  explicit Bench(const char* now, const char* first_period = "FY2026-27-Q1") {
    clock.set(at(now));
    facts.areas_ = {{"QH01", "Quarterday Homes", "landlord", "", make_date(2020, 4, 1), {}}};
    static_cast<void>(returns.save(jobs::executive_quarterly(first_period)));
    static_cast<void>(jobs::open_delivery_folder(files, "/out"));
  }

  // One figure for a period, known from now on.
  void compute(const Period& period) {
    Run run;
    run.family = "involvement";
    run.family_version = "1.0.0";
    run.period = period.id();
    run.as_of = run.started_at = clock.now();
    run.id = *facts.begin_run(run, clock.now());
    run.finished_at = clock.now();
    Fact fact;
    fact.indicator = "INV1.T";
    fact.area = "QH01";
    fact.period = period.id();
    fact.numerator = Number::of(100 + run.id);
    std::vector<Fact> made = {fact};
    static_cast<void>(facts.complete_run(run, {one_definition()}, made));
  }

  jobs::ReturnJob job() {
    return jobs::ReturnJob({.sources = {facts, facts, facts},
                            .returns = returns,
                            .deliveries = returns,
                            .files = files,
                            .clock = clock,
                            .subject =
                                [] {
                                  return jobs::ReturnSubject{"QH01", "Quarterday Homes"};
                                },
                            .delivery_folder = "/out",
                            .prepare =
                                [this](const Period& period) {
                                  if (!facts.runs(std::nullopt, period.id())->empty())
                                    return std::vector<returns::NotPrepared>{};
                                  ++n_prepared;
                                  compute(period);
                                  return std::vector<returns::NotPrepared>{};
                                }});
  }

  jobs::SchedulerParts parts(const jobs::ReturnJob& job) { return {returns, returns, job, clock}; }
  Delivery delivery() { return returns.deliveries()->at(0); }
  jobs::Due due(const Period& period) { return *jobs::due_of((*returns.schedules())[0], period); }
  ReturnRun stored(const Period& period) {
    const auto found = returns.find(jobs::kExecutiveQuarterly, period.id(), 1);
    return found && *found ? **found : ReturnRun{};
  }
};

}  // namespace qd
