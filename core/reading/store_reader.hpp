// The first stage: questions of any instant, answered by the store.
#pragma once

#include "core/reading/figure_reading.hpp"

namespace qd::reading {

class StoreReader final : public FigureReader {
 public:
  explicit StoreReader(FigureStore& store) : store_(store) {}
  // A question without as_of may see another state of the data on each page.
  Result<std::unique_ptr<FigureReading>> open(const FactQuery& query) override;

 private:
  FigureStore& store_;
};

}  // namespace qd::reading
