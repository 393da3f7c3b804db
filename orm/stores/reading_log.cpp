#include "orm/stores/reading_log.hpp"

#include "orm/guarded.hpp"

namespace qd::orm {

Result<void> SqlReadingLog::add(const RecordReading& reading) {
  return retried([&] {
    rows::RecordReadingRow row;
    row.read_at = milliseconds(reading.read_at);
    row.reader = reading.reader;
    row.fact = reading.fact;
    row.n_rows = reading.n_rows;
    row.reason = reading.reason;
    gateway_.persist(row);
  });
}

Result<std::vector<RecordReading>> SqlReadingLog::list(std::size_t limit) {
  return guarded([&] {
    std::vector<RecordReading> readings;
    for (const auto& row : gateway_.record_readings(limit))
      readings.push_back(
          {row.id, instant_of(row.read_at), row.reader, row.fact, row.n_rows, row.reason});
    return readings;
  });
}

}  // namespace qd::orm
