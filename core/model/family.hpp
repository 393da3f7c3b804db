// What a family says of itself, as the host keeps it.
#pragma once

#include <cstdint>
#include <filesystem>
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

}  // namespace qd
