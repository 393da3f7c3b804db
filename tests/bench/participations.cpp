// One question, asked of our engine and of its rivals: participations, distinct people and hours by
// area and level in one quarter, of five million participations.
//
//   bench_participations prepare URL     fills a fresh database
//   bench_participations compute URL     our engine: scan, worker, facts (not stored)
//   bench_participations sqlite FILE SQL the rival: that SQL, every row fetched
//
// Prints: seconds, groups, participations, people, minutes; the last three summed over the groups,
// so that everybody's answer can be compared.
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <memory>

#include "core/compute/engine.hpp"
#include "orm/database.hpp"
#include "tests/bench/register.hpp"

namespace {

struct Answer {
  std::int64_t groups = 0, participations = 0, people = 0, minutes = 0;
};

using Stopwatch = std::chrono::steady_clock;

void print(Stopwatch::time_point start, const Answer& answer) {
  const std::chrono::duration<double> seconds = Stopwatch::now() - start;
  fmt::print("{:.3f} {} {} {} {}\n", seconds.count(), answer.groups, answer.participations,
             answer.people, answer.minutes);
}

int complain(const qd::Error& error) {
  fmt::print(stderr, "{}\n", qd::to_text(error));
  return 1;
}

// Takes facts instead of storing them: the rivals do not store their answer either.
class AnswerTaker final : public qd::RunStore {
 public:
  const Answer& answer() const { return answer_; }

  qd::Result<std::int64_t> begin_run(const qd::Run&, qd::Instant) override { return 1; }
  qd::Result<void> complete_run(const qd::Run&, const std::vector<qd::Definition>&,
                                std::vector<qd::Fact>& facts) override {
    for (const auto& fact : facts)
      if (fact.area != "L0000")
        take(fact);  // the landlord's total is a bonus the rivals do not give
    return {};
  }
  qd::Result<void> fail_run(const qd::Run& run) override {
    fmt::print(stderr, "{}\n", run.reason);
    return {};
  }
  qd::Result<int> sweep_runs(qd::Instant) override { return 0; }
  qd::Result<std::vector<qd::Run>> runs(std::optional<std::string>,
                                        std::optional<std::string>) override {
    return std::vector<qd::Run>{};
  }
  qd::Result<std::optional<qd::Run>> run(std::int64_t) override { return std::optional<qd::Run>{}; }
  qd::Result<std::vector<qd::Run>> current_runs(const qd::CurrentRuns&) override {
    return std::vector<qd::Run>{};
  }

 private:
  void take(const qd::Fact& fact) {
    const std::int64_t whole = fact.numerator.millionths / qd::Number::kScale;
    if (fact.indicator == "participation.count") {
      ++answer_.groups;
      answer_.participations += whole;
    } else if (fact.indicator == "participation.persons") {
      answer_.people += whole;
    } else {
      answer_.minutes += whole;
    }
  }
  Answer answer_;
};

int prepare(const std::string& url) {
  if (auto migrated = qd::orm::migrate_database(url); !migrated) return complain(migrated.error());
  auto database = qd::orm::open_database(url);
  if (!database) return complain(database.error());
  const auto start = Stopwatch::now();
  const bench::RegisterSize size;
  if (auto filled = bench::fill_register((*database)->observations(), size); !filled)
    return complain(filled.error());
  print(start, {0, size.participations, size.persons, 0});
  return 0;
}

int compute(const std::string& url) {
  auto database = qd::orm::open_database(url);
  if (!database) return complain(database.error());
  AnswerTaker taker;
  const qd::SystemClock clock;
  qd::worker::parent::WorkerSettings settings;
  settings.executable = QUARTERDAY_EXECUTABLE;
  qd::compute::Engine engine(
      {(*database)->observations(), taker, (*database)->figures(), (*database)->catalogue(),
       (*database)->families(), (*database)->members()},
      clock, BENCH_FAMILIES, settings);
  qd::NoProgress progress;

  const auto start = Stopwatch::now();
  const auto outcomes = engine.compute({qd::Period::quarter(2026, 1), {}, std::nullopt}, progress);
  if (!outcomes) return complain(outcomes.error());
  if (outcomes->front().error) return complain(*outcomes->front().error);
  print(start, taker.answer());
  return 0;
}

int sqlite_sql(const char* file, const char* sql) {
  sqlite3* opened = nullptr;
  if (sqlite3_open_v2(file, &opened, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) return 1;
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> connection(opened, sqlite3_close);
  const auto start = Stopwatch::now();
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(opened, sql, -1, &prepared, nullptr) != SQLITE_OK) {
    fmt::print(stderr, "{}\n", sqlite3_errmsg(opened));
    return 1;
  }
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(prepared, sqlite3_finalize);
  Answer answer;
  while (sqlite3_step(prepared) == SQLITE_ROW) {
    ++answer.groups;
    answer.participations += sqlite3_column_int64(prepared, 2);
    answer.people += sqlite3_column_int64(prepared, 3);
    answer.minutes += sqlite3_column_int64(prepared, 4);
  }
  print(start, answer);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 2 ? argv[1] : "";
  if (mode == "prepare") return prepare(argv[2]);
  if (mode == "compute") return compute(argv[2]);
  if (mode == "sqlite" && argc == 4) return sqlite_sql(argv[2], argv[3]);
  fmt::print(stderr, "bench_participations prepare|compute URL | sqlite FILE SQL\n");
  return 2;
}
