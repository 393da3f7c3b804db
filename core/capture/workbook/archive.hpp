// A zip file from a stranger: its parts are read as streams, none of them longer than it may be.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <string_view>

#include "core/model/error.hpp"

namespace qd::capture::workbook {

// Bounds that a workbook of the regulator stays far below, and a zip bomb does not.
struct ArchiveLimits {
  std::int64_t file_bytes = std::int64_t{64} << 20;
  std::int64_t part_bytes = std::int64_t{256} << 20;   // of one part, unpacked
  std::int64_t total_bytes = std::int64_t{512} << 20;  // of all parts read, unpacked
  std::int64_t ratio = 200;                            // unpacked to packed, …
  std::int64_t ratio_from = std::int64_t{1} << 20;     // … of parts that are larger than this
  std::size_t parts = 10'000;
};

// One thread.
class Archive {
 public:
  // Errors: kFileUnreadable, kFileNotAWorkbook.
  static Result<Archive> open(const std::filesystem::path& file, const ArchiveLimits& limits);
  ~Archive();
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;

  bool has(const std::string& part) const;

  // Unpacks a part while the reader takes it. The stream ends early where a limit is met or the
  // packed bytes are damaged; that is the error then, whatever the reader made of it. Errors:
  // kFileNotAWorkbook (no such part, too large, damaged), and the reader's.
  using Reader = std::function<Result<void>(std::istream&)>;
  Result<void> read(const std::string& part, const Reader& reader);

 private:
  struct Zip;
  explicit Archive(std::unique_ptr<Zip> zip);
  std::unique_ptr<Zip> zip_;
};

}  // namespace qd::capture::workbook
