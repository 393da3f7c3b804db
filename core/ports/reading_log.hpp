// Who read people's own rows, when and why. Written before the rows are given; never changed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/error.hpp"

namespace qd {

struct RecordReading {
  std::int64_t id = 0;  // given by the store
  Instant read_at{};
  std::string reader;       // the prefix of a key, or "user NAME" of who typed the command
  std::int64_t fact = 0;    // whose rows were read
  std::int64_t n_rows = 0;  // that were given
  std::string reason;       // in the reader's words, at most 500 bytes
};

class ReadingLog {
 public:
  virtual ~ReadingLog() = default;
  virtual Result<void> add(const RecordReading& reading) = 0;
  // Newest first, so many at most.
  virtual Result<std::vector<RecordReading>> list(std::size_t limit) = 0;
};

}  // namespace qd
