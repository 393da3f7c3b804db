// The stage that keeps a cube of what is current and puts it up anew when the data changed.
#pragma once

#include <memory>
#include <mutex>

#include "core/ports/figures/figure_store.hpp"
#include "core/ports/run_store.hpp"
#include "core/reading/cube/cube.hpp"
#include "core/reading/stages/figure_reader.hpp"

namespace qd::reading::cube {

// Until there is a cube, when a question is about another version of the data or does not say
// which, and for what the cube does not hold, the store answers: nobody waits, and nobody reads
// what is past. Thread-safe.
class CubeKeeper final : public stages::FigureReader {
 public:
  CubeKeeper(FigureStore& figures, RunStore& runs, stages::FigureReader& store);

  // Reads the runs that are current and not yet in memory, each once, and swaps. One at a time.
  // Errors: kStoreUnavailable; the cube there was stays.
  Result<void> refresh();
  std::shared_ptr<const Cube> cube() const;  // null: not yet

  Result<std::unique_ptr<FigureReading>> open(const FactQuery& query) override;

 private:
  Result<std::shared_ptr<const Cube>> made_anew(const std::shared_ptr<const Cube>& before,
                                                std::int64_t data_version);
  Result<std::shared_ptr<const Segment>> segment_of(const Run& run);

  FigureStore& figures_;
  RunStore& runs_;
  stages::FigureReader& store_;
  std::mutex refreshing_;
  DefinitionPool pool_;  // of who refreshes
  mutable std::mutex mutex_;
  std::shared_ptr<const Cube> cube_;
};

}  // namespace qd::reading::cube
