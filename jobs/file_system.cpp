#include "jobs/file_system.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace qd::jobs {
namespace {

Error refusal(const char* what, const std::string& path, int number) {
  return {ErrorCode::kDeliveryFailed,
          fmt::format("{} '{}': {}", what, path, std::generic_category().message(number)),
          "check that the delivery folder exists, has room and may be written"};
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool open() const { return number_ >= 0; }

 private:
  int number_;
};

// 0, or the error number.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int sync_whole(int descriptor) { return ::fsync(descriptor) == 0 ? 0 : errno; }

// Not every file system knows RENAME_NOREPLACE; a hard link refuses a taken name as well.
int rename_by_link(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) != 0) return errno;
  return ::unlink(from.c_str()) == 0 ? 0 : errno;
}

}  // namespace

int rename_by_kernel(const char* from, const char* to) {
  return ::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ? 0 : errno;
}

Result<void> PosixFileSystem::make_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(refusal("cannot make the folder", folder, error.value()));
  return {};
}

Result<std::optional<std::string>> PosixFileSystem::read(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open() && errno == ENOENT) return std::optional<std::string>{};
  if (!file.open()) return fail(refusal("cannot read", path, errno));
  std::string bytes;
  char piece[1 << 16];
  for (;;) {
    const ssize_t got = ::read(file.number(), piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(refusal("cannot read", path, errno));
    if (got == 0) return std::optional(std::move(bytes));
    bytes.append(piece, static_cast<std::size_t>(got));
  }
}

Result<void> PosixFileSystem::write_synced(const std::string& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
  if (!file.open()) return fail(refusal("cannot write", path, errno));
  if (const int error = write_all(file.number(), bytes)) {
    return fail(refusal("cannot write", path, error));
  }
  if (const int error = sync_whole(file.number())) return fail(refusal("cannot sync", path, error));
  return {};
}

Result<void> PosixFileSystem::rename_new(const std::string& from, const std::string& to) {
  int error = rename_new_(from.c_str(), to.c_str());
  if (error == EINVAL || error == ENOSYS) error = rename_by_link(from, to);
  if (error) return fail(refusal("cannot give the file its name", to, error));
  return {};
}

Result<void> PosixFileSystem::sync_folder(const std::string& folder) {
  const Descriptor open_folder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!open_folder.open()) return fail(refusal("cannot open the folder", folder, errno));
  if (const int error = sync_whole(open_folder.number())) {
    return fail(refusal("cannot sync the folder", folder, error));
  }
  return {};
}

Result<void> PosixFileSystem::remove(const std::string& path) {
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return fail(refusal("cannot remove", path, errno));
}

Result<std::vector<std::string>> PosixFileSystem::names(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> names;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) return fail(refusal("cannot list", folder, error.value()));
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace qd::jobs
