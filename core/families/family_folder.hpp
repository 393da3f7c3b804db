// The folder of families, read anew only when it changed.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/model/family.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/family_register.hpp"
#include "core/ports/observation_store.hpp"

namespace qd::families {

// Whether the library's file is still the one the listing is of. Thread-safe.
bool is_unchanged(const FamilyListing& listing);

class FamilyFolder {
 public:
  FamilyFolder(std::filesystem::path folder, ObservationStore& observations, FamilyRegister& known,
               const Clock& clock);

  // By file name, each taken in: its tables and its definitions are kept. A family whose table or
  // definition the store refuses is refused.
  // Errors: those of discover_families, and kStoreUnavailable. Thread-safe.
  Result<std::vector<FamilyListing>> listings();

 private:
  using Stamps = std::map<std::filesystem::path, FileStamp>;
  Stamps stamps_now() const;
  Result<void> take_in(FamilyListing& listing);
  Result<void> declare_tables(const Family& family);

  const std::filesystem::path folder_;
  ObservationStore& observations_;
  FamilyRegister& known_;
  const Clock& clock_;
  std::mutex mutex_;  // guards what follows
  std::optional<std::vector<FamilyListing>> listings_;
  Stamps stamps_;
};

}  // namespace qd::families
