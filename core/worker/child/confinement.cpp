#include "core/worker/child/confinement.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

// Sanitizers map terabytes of shadow memory: an address space limit would stop them at the door.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define QUARTERDAY_LIMITS_MEMORY 0
#else
#define QUARTERDAY_LIMITS_MEMORY 1
#endif

namespace qd::worker::child {
namespace {

constexpr rlim_t kMostOpenFiles = 32;  // the channel, /dev/null, and what dlopen needs on its way

// Never above the hard limit that is there already: then that one is the stricter.
bool limit(__rlimit_resource resource, rlim_t value) {
  rlimit now{};
  if (::getrlimit(resource, &now) != 0) return false;
  const rlim_t bound = std::min(value, now.rlim_max);
  const rlimit wanted{bound, bound};
  return ::setrlimit(resource, &wanted) == 0;
}

bool point_at_null(int fd, int null) { return ::dup2(null, fd) == fd; }

}  // namespace

WorkerPipes take_pipes(int in_fd, int out_fd) {
  constexpr int kAboveStandard = 3;
  const int in = ::fcntl(in_fd, F_DUPFD_CLOEXEC, kAboveStandard);
  const int out = ::fcntl(out_fd, F_DUPFD_CLOEXEC, kAboveStandard);
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (in < 0 || out < 0 || null < 0) return {};
  if (!point_at_null(0, null) || !point_at_null(1, null) || !point_at_null(2, null)) return {};
  const auto first = static_cast<unsigned>(std::min(in, out));
  const auto second = static_cast<unsigned>(std::max(in, out));
  if (first > kAboveStandard) ::close_range(kAboveStandard, first - 1, 0);
  if (second > first + 1) ::close_range(first + 1, second - 1, 0);
  ::close_range(second + 1, ~0u, 0);
  ::clearenv();
  return {in, out};
}

bool confine(const worker::wire::WorkerLimits& limits) {
  bool all = ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
  all &= ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  if (QUARTERDAY_LIMITS_MEMORY) all &= limit(RLIMIT_AS, limits.memory_bytes);
  all &= limit(RLIMIT_CPU, limits.cpu_seconds);
  all &= limit(RLIMIT_CORE, 0);
  all &= limit(RLIMIT_FSIZE, 0);
  all &= limit(RLIMIT_NOFILE, kMostOpenFiles);
  all &= limit(RLIMIT_NPROC, 0);
  return all;
}

}  // namespace qd::worker::child
