#include "core/worker/child/library.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/text/text_rules.hpp"
#include "core/worker/child/entry.hpp"

namespace qd::worker::child {
namespace {

#if defined(__x86_64__)
constexpr Elf64_Half kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half kMachine = EM_AARCH64;
#else
#error "name this machine's ELF number"
#endif

tl::unexpected<Error> refuse(const std::string& name, const std::string& reason) {
  return fail(ErrorCode::kFamilyRefused, fmt::format("family {} refused: {}", name, reason));
}

bool is_shared_library(int fd) {
  Elf64_Ehdr head{};
  if (::pread(fd, &head, sizeof head, 0) != static_cast<ssize_t>(sizeof head)) return false;
  return std::memcmp(head.e_ident, ELFMAG, SELFMAG) == 0 && head.e_ident[EI_CLASS] == ELFCLASS64 &&
         head.e_type == ET_DYN && head.e_machine == kMachine;
}

// Why the file must not be loaded; empty: it may.
std::string objection(const std::filesystem::path& library) {
  const int fd = ::open(library.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return fmt::format("{}: {}", library.string(), std::strerror(errno));
  struct stat status {};
  const bool known = ::fstat(fd, &status) == 0;
  const bool is_library = known && S_ISREG(status.st_mode) && is_shared_library(fd);
  ::close(fd);
  if (!known || !S_ISREG(status.st_mode)) return "it is not a regular file";
  if (status.st_mode & (S_IWGRP | S_IWOTH))
    return fmt::format("others than its owner may write to it; chmod go-w {}", library.string());
  if (!is_library) return "it is not a shared library for this machine";
  return {};
}

}  // namespace

Result<LoadedLibrary> load_library(const Family& declared) {
  const std::filesystem::path& library = declared.library;
  const std::string& name = declared.id;
  if (const auto reason = objection(library); !reason.empty()) return refuse(name, reason);
  void* const loaded = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!loaded) return refuse(name, text::plain_text(::dlerror(), text::kLongestNote));
  return LoadedLibrary{loaded};
}

Result<qd_family> find_family(const LoadedLibrary& library, const Family& declared) {
  const std::string& name = declared.id;
  void* const symbol = ::dlsym(library.handle, "qd_family_entry");
  if (!symbol) return refuse(name, "it does not export qd_family_entry");
  const qd_family* const entry = reinterpret_cast<decltype(&qd_family_entry)>(symbol)();
  if (!entry) return refuse(name, "qd_family_entry gave nothing");
  return read_entry(*entry, declared);
}

}  // namespace qd::worker::child
