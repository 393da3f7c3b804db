// The few things delivery asks of a file system, so that tests can stop it at each of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"

namespace qd::jobs {

// All errors: kDeliveryFailed, with the path and the system's words. Thread-safe.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  virtual Result<void> make_folder(const std::string& folder) = 0;  // with parents; may exist
  // nullopt: no such file.
  virtual Result<std::optional<std::string>> read(const std::string& path) = 0;
  // Creates or replaces the file, writes all bytes and syncs them to the disk.
  virtual Result<void> write_synced(const std::string& path, std::string_view bytes) = 0;
  // Gives the file its new name in one step; refuses when that name is taken.
  virtual Result<void> rename_new(const std::string& from, const std::string& to) = 0;
  virtual Result<void> sync_folder(const std::string& folder) = 0;
  virtual Result<void> remove(const std::string& path) = 0;  // a missing file is no error
  virtual Result<std::vector<std::string>> names(const std::string& folder) = 0;  // sorted
};

// Renames unless the new name is taken; 0 or the error number. EINVAL and ENOSYS: cannot be asked
// to refuse a taken name here.
using RenameNew = int (*)(const char* from, const char* to);
int rename_by_kernel(const char* from, const char* to);

class PosixFileSystem final : public FileSystem {
 public:
  // Where `rename` cannot refuse a taken name, a hard link does.
  explicit PosixFileSystem(RenameNew rename = rename_by_kernel) : rename_new_(rename) {}
  Result<void> make_folder(const std::string& folder) override;
  Result<std::optional<std::string>> read(const std::string& path) override;
  Result<void> write_synced(const std::string& path, std::string_view bytes) override;
  Result<void> rename_new(const std::string& from, const std::string& to) override;
  Result<void> sync_folder(const std::string& folder) override;
  Result<void> remove(const std::string& path) override;
  Result<std::vector<std::string>> names(const std::string& folder) override;

 private:
  RenameNew rename_new_;
};

}  // namespace qd::jobs
