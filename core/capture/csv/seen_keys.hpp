// Which keys a load has met already, and where: 24 bytes a record, so that millions fit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/model/table.hpp"
#include "core/tables/cells.hpp"

namespace qd::capture::csv {

// Keys are remembered as 128 bits of a hash with a secret of its own: two keys that are not the
// same are taken for the same once in 10^25 even in a load of ten million. One thread.
class SeenKeys {
 public:
  explicit SeenKeys(const TableSpec& table);

  // Remembers the key of this record; the place of the first record with that key, if any.
  std::optional<std::uint64_t> meet(std::span<const tables::Cell> cells, std::uint64_t place);

 private:
  struct Entry {
    std::uint64_t high = 0, low = 0;
    std::uint64_t place = kFree;
  };
  static constexpr std::uint64_t kFree = ~std::uint64_t{0};

  void write_key(std::span<const tables::Cell> cells);
  Entry& slot(std::uint64_t high, std::uint64_t low);
  void grow();

  std::vector<ColumnType> types_;  // of the key columns
  std::array<unsigned char, 16> secret_;
  std::vector<unsigned char> key_;  // kept to spare allocations
  std::vector<Entry> entries_;      // open addressing; a power of two
  std::size_t n_ = 0;
};

}  // namespace qd::capture::csv
