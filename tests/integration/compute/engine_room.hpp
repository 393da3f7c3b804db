// An engine over stores in memory, with real workers and a folder of families of its own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/compute/engine.hpp"
#include "core/families/discover.hpp"
#include "core/tables/shipped_tables.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/memory_fact_store.hpp"
#include "tests/support/memory_observation_store.hpp"

namespace qd {

// A folder that goes when it is no longer needed.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "quarterday-XXXXXX").string();
    path_ = ::mkdtemp(path.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::filesystem::path test_family(const std::string& name) {
  return std::filesystem::path(TEST_FAMILIES) / (name + ".so");
}

class EngineRoom : public testing::Test {
 protected:
  static constexpr const char* kQuarter = "FY2026-27-Q1";

  EngineRoom() {
    settings_.executable = TEST_WORKER;
    settings_.memory_bytes = std::uint64_t{512} << 20;
    // L1 holds N1 and N2; N1 holds E1 and E2.
    for (const auto& [code, parent] : std::vector<std::pair<std::string, std::string>>{
             {"L1", ""}, {"N1", "L1"}, {"N2", "L1"}, {"E1", "N1"}, {"E2", "N1"}})
      facts_.areas_.push_back({code, code, "estate", parent, make_date(2020, 1, 1), {}});
    load_areas(clock_.now() - std::chrono::hours{1});
  }

  // The tree the store of facts gives out, captured.
  void load_areas(Instant now) {
    std::vector<std::vector<std::string>> areas;
    for (const Area& area : facts_.areas_)
      areas.push_back({area.code, area.name, area.kind, area.parent, "2020-01-01", ""});
    ASSERT_TRUE(observations_.load(*tables::shipped_table("areas"), areas, now));
  }

  void put(const std::string& family) {
    std::filesystem::create_symlink(test_family(family), folder_.path() / (family + ".so"));
  }
  compute::Engine& engine() {
    if (!engine_)
      engine_ = std::make_unique<compute::Engine>(
          compute::EngineStores{observations_, facts_, facts_, facts_, facts_, facts_}, clock_,
          folder_.path(), settings_);
    return *engine_;
  }
  // Own table of the family tally: code, area, day, person, good, all, group, mark.
  void tally(const std::vector<std::vector<std::string>>& rows) {
    ASSERT_TRUE(observations_.load(tally_table(), rows, clock_.now()));
  }
  TableSpec tally_table() {
    const auto families = engine().families();
    for (const FamilyListing& listing : *families)
      if (listing.family && listing.family->id == "tally") return listing.family->inputs[1].table;
    return {};
  }
  Result<std::vector<compute::RunOutcome>> compute(std::vector<std::string> families = {}) {
    NoProgress progress;
    return engine().compute({*Period::parse(kQuarter), std::move(families), std::nullopt},
                            progress);
  }
  // The one outcome of one family.
  compute::RunOutcome compute_one(const std::string& family) {
    auto outcomes = compute({family});
    EXPECT_TRUE(outcomes) << to_text(outcomes.error());
    return outcomes ? outcomes->front() : compute::RunOutcome{};
  }
  // "E1 quarter: 1/2" for each fact of the newest run, in its order.
  std::vector<std::string> figures(const std::string& indicator) {
    std::vector<std::string> texts;
    for (const Fact& fact : facts_.facts_) {
      if (fact.run != facts_.runs_.back().id || fact.indicator != indicator) continue;
      std::string text = fact.area + ' ' + std::string(to_text(fact.reading)) + ' ' +
                         fact.breakdown + ": " + fact.numerator.text();
      if (fact.denominator) text += '/' + fact.denominator->text();
      texts.push_back(text + std::string(mark(fact.null_reason)));
    }
    return texts;
  }

  TemporaryFolder folder_;
  ManualClock clock_{*parse_instant("2026-07-10T09:00:00Z")};
  MemoryObservationStore observations_;
  MemoryFactStore facts_;
  worker::parent::WorkerSettings settings_;
  std::unique_ptr<compute::Engine> engine_;
};

}  // namespace qd
