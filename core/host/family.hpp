// What a family says of itself, and what the host makes of it. Family code never runs here: a
// worker process reads the descriptor and sends it over.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/fact.hpp"
#include "core/model/table.hpp"

namespace qd {

struct FamilyInput {
  TableSpec table;                   // a shipped table, or the family's own
  std::vector<std::string> columns;  // those it reads, in its order
};

struct Family {
  std::string id, version, title, abi;
  std::filesystem::path library;
  std::string library_sha256;
  std::vector<FamilyInput> inputs;
  std::vector<Definition> indicators;  // the library's own
  bool takes_definitions = false;
};

// How worker processes are started and what they may use.
struct WorkerSettings {
  std::filesystem::path executable;                              // the quarterday binary
  std::chrono::milliseconds time_out{std::chrono::minutes{10}};  // one run, by the wall
  std::chrono::milliseconds describe_time_out{std::chrono::seconds{5}};
  std::uint64_t memory_bytes = std::uint64_t{4} << 30;                // address space of one worker
  std::uint64_t answer_bytes = std::uint64_t{1} << 30;                // more than that is a flood
  std::map<std::string, std::map<std::string, std::string>> options;  // by family, then key
};

// What the file system says of a file without opening it: who replaces or rewrites it changes at
// least one of these.
struct FileStamp {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified = 0, changed = 0;  // nanoseconds since 1970
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

struct FamilyListing {
  std::filesystem::path library;
  Result<Family> family;  // kFamilyRefused with the sentence why
  FileStamp stamp{};      // of the library, taken before it was read
};

// Every *.so of the folder, by file name. A library that is refused does not hide the others.
// Errors: kWorkerUnavailable; of the folder: kFileUnreadable, kFamilyRefused (everybody may write
// there).
Result<std::vector<FamilyListing>> discover_families(const std::filesystem::path& folder,
                                                     const WorkerSettings& settings);

// The worker's side: what `quarterday worker` runs; reads requests from in_fd, answers on out_fd.
// Exit code 0 unless the channel itself broke.
int worker_main(int in_fd, int out_fd);

}  // namespace qd
