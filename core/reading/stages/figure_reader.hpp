// What the stages of reading have in common. No face sees this room: it reads by the last of them.
#pragma once

#include <memory>

#include "core/reading/figure_reading.hpp"

namespace qd::reading::stages {

// A stage that questions are put to. Thread-safe.
class FigureReader {
 public:
  virtual ~FigureReader() = default;
  // query.limit counts for nothing: who reads says how many. Errors: kStoreUnavailable.
  virtual Result<std::unique_ptr<FigureReading>> open(const FactQuery& query) = 0;
};

}  // namespace qd::reading::stages
