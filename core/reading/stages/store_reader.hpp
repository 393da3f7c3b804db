// The first stage: questions of any instant, answered by the store.
#pragma once

#include "core/ports/figures/figure_store.hpp"
#include "core/reading/stages/figure_reader.hpp"

namespace qd::reading::stages {

class StoreReader final : public FigureReader {
 public:
  explicit StoreReader(FigureStore& store) : store_(store) {}
  // A question without as_of may see another state of the data on each page.
  Result<std::unique_ptr<FigureReading>> open(const FactQuery& query) override;

 private:
  FigureStore& store_;
};

}  // namespace qd::reading::stages
