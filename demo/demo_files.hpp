// The CSV files of a demonstration while they are written.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/error.hpp"

namespace qd::demo {

// Cells by column name; columns that are left out are absent.
using Record = std::vector<std::pair<std::string_view, std::string>>;

class DemoFiles {
 public:
  void add(std::string_view table, const Record& record);

  // One file for every shipped table, named after it. Errors: kFileUnreadable.
  Result<void> write(const std::filesystem::path& folder) const;

 private:
  std::map<std::string, std::string, std::less<>> lines_;  // by table, without headings
};

}  // namespace qd::demo
