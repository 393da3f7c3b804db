// What a family says of itself, as the host keeps it.
#pragma once

#include <cstdint>
#include <filesystem>
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

enum class OptionType { kText, kInteger, kNumber, kYesNo };

// A setting under [family.<id>] of the configuration.
struct FamilyOption {
  std::string key;
  OptionType type = OptionType::kText;
  std::string default_text;
  std::string meaning;
  std::vector<std::string> allowed;   // the only values; empty: any
  std::optional<Number> least, most;  // of numbers; both inclusive
};

// A key that facts of the family may carry.
struct FamilyBreakdown {
  std::string key;
  std::string meaning;
  std::vector<std::string> values;  // the only ones; empty: any
};

struct Family {
  std::string id, version, title, abi;
  std::filesystem::path library;
  std::string library_sha256, declaration_sha256;
  std::vector<FamilyInput> inputs;     // in the order in which they reach its code
  std::vector<TableSpec> tables;       // of its own, read by it or not
  std::vector<Definition> indicators;  // all versions of those it declares
  std::vector<FamilyOption> options;
  std::vector<FamilyBreakdown> breakdowns;
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
