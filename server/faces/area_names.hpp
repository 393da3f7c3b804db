// Names of areas, kept for a moment: every figure is shown with one.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/ports/catalogue.hpp"
#include "core/ports/clock.hpp"

namespace qd::faces {

// Texts are found without being copied.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

struct NameTable {
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> names;  // by area code
  std::string version;  // changes when any name does

  // Empty when the area is not known.
  std::string_view of(std::string_view area) const;
};

// Thread-safe.
class AreaNames {
 public:
  // A name that was changed is seen at the latest so long after.
  static constexpr std::chrono::milliseconds kMemory = std::chrono::seconds{5};

  AreaNames(Catalogue& store, const Clock& clock) : store_(store), clock_(clock) {}
  // Errors: kStoreUnavailable.
  Result<std::shared_ptr<const NameTable>> now();

 private:
  Catalogue& store_;
  const Clock& clock_;
  std::mutex mutex_;
  std::shared_ptr<const NameTable> table_;
  Instant read_at_{};  // of the table, when there is one
};

NameTable name_table(const std::vector<Area>& areas);

}  // namespace qd::faces
