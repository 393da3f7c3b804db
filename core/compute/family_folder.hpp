// The folder of families, read anew only when it changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/host/family.hpp"
#include "core/ports/observation_store.hpp"

namespace qd {

class FamilyFolder {
 public:
  FamilyFolder(std::filesystem::path folder, const WorkerSettings& settings,
               ObservationStore& observations);

  // By file name. A family whose own table the store refuses is refused.
  // Errors: those of discover_families, and kStoreUnavailable. Thread-safe.
  Result<std::vector<FamilyListing>> listings();

  // Whether the library's file is still the one that was listed last. Thread-safe.
  bool is_unchanged(const std::filesystem::path& library);

 private:
  // What the file system says of one file without opening it: who replaces or rewrites a library
  // changes at least one of these.
  struct Stamp {
    std::uint64_t device = 0, inode = 0, size = 0;
    std::int64_t modified = 0, changed = 0;  // nanoseconds since 1970
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  static std::optional<Stamp> stamp_of(const std::filesystem::path& file);
  std::map<std::filesystem::path, Stamp> stamps_now() const;
  Result<void> declare_tables(FamilyListing& listing);

  const std::filesystem::path folder_;
  const WorkerSettings& settings_;
  ObservationStore& observations_;
  std::mutex mutex_;  // guards what follows
  std::optional<std::vector<FamilyListing>> listings_;
  std::map<std::filesystem::path, Stamp> stamps_;
};

}  // namespace qd
