// The folder of families, read anew only when it changed.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/model/family.hpp"
#include "core/ports/observation_store.hpp"
#include "core/worker/parent/settings.hpp"

namespace qd::families {

// Whether the library's file is still the one the listing is of. Thread-safe.
bool is_unchanged(const FamilyListing& listing);

class FamilyFolder {
 public:
  FamilyFolder(std::filesystem::path folder, const worker::parent::WorkerSettings& settings,
               ObservationStore& observations);

  // By file name. A family whose own table the store refuses is refused.
  // Errors: those of discover_families, and kStoreUnavailable. Thread-safe.
  Result<std::vector<FamilyListing>> listings();

 private:
  using Stamps = std::map<std::filesystem::path, FileStamp>;
  Stamps stamps_now() const;
  Result<void> declare_tables(FamilyListing& listing);

  const std::filesystem::path folder_;
  const worker::parent::WorkerSettings& settings_;
  ObservationStore& observations_;
  std::mutex mutex_;  // guards what follows
  std::optional<std::vector<FamilyListing>> listings_;
  Stamps stamps_;
};

}  // namespace qd::families
