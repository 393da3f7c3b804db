#include "core/worker/sandbox/attempts.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace qd::worker::sandbox {
namespace {

// Whether it failed, and not for a reason of its own.
bool is_forbidden(long result, int by) { return result < 0 && errno == by; }

bool is_opened(const char* path, int flags) {
  const int fd = ::open(path, flags | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
  return fd >= 0;
}

bool is_socket_given() {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd >= 0) ::close(fd);
  return fd >= 0;
}

bool is_process_made() {
  const auto child = static_cast<pid_t>(::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
  if (child == 0) ::_exit(0);
  if (child > 0) ::waitpid(child, nullptr, 0);
  return child >= 0;
}

}  // namespace

std::optional<std::string_view> allowed_by_files(bool nothing_is_readable) {
  if (is_opened("/proc/self/status", O_RDONLY)) return "a file of the system was read";
  if (is_opened("/tmp", O_TMPFILE | O_WRONLY)) return "a file was made";
  if (nothing_is_readable && is_opened("/etc/ld.so.cache", O_RDONLY)) return "a file was read";
  return std::nullopt;
}

std::optional<std::string_view> allowed_by_calls(bool nothing_is_opened) {
  if (is_socket_given()) return "a socket was opened";
  if (is_process_made()) return "a process was started";
  // Without the layer each of these fails for another reason, or does nothing.
  if (!is_forbidden(::syscall(SYS_execve, "", nullptr, nullptr), EPERM))
    return "a program could be started";
  if (!is_forbidden(::kill(::getppid(), 0), EPERM)) return "a signal could be sent";
  if (!is_forbidden(::syscall(SYS_memfd_create, nullptr, 0U), EPERM))
    return "a file in memory could be made";
  if (!nothing_is_opened) return std::nullopt;
  if (!is_forbidden(::syscall(SYS_openat, AT_FDCWD, "", O_RDONLY, 0), EPERM))
    return "a file could be opened";
  void* const shared =
      ::mmap(nullptr, 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared != MAP_FAILED) return "memory could be shared";
  return std::nullopt;
}

}  // namespace qd::worker::sandbox
