#pragma once

#include "core/ports/reading_log.hpp"
#include "orm/mapping/gateway.hpp"

namespace qd::orm {

class SqlReadingLog final : public ReadingLog {
 public:
  explicit SqlReadingLog(Gateway& gateway) : gateway_(gateway) {}

  Result<void> add(const RecordReading& reading) override;
  Result<std::vector<RecordReading>> list(std::size_t limit) override;

 private:
  Gateway& gateway_;
};

}  // namespace qd::orm
