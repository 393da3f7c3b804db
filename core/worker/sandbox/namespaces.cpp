#include "core/worker/sandbox/namespaces.hpp"

#include <fmt/format.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace qd::worker::sandbox {
namespace {

tl::unexpected<Error> refused(const char* what) {
  return fail(ErrorCode::kWorkerUnavailable, fmt::format("{}: {}", what, std::strerror(errno)));
}

// Which network this process is in, by the kernel's name for it.
std::array<char, 64> network() {
  std::array<char, 64> name{};
  const auto length = ::readlink("/proc/self/ns/net", name.data(), name.size() - 1);
  if (length < 0) name = {};
  return name;
}

bool drop_privileges() {
  __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
  return ::syscall(SYS_capset, &head, none.data()) == 0;
}

}  // namespace

Result<void> leave_namespaces() {
  const auto before = network();
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) != 0)
    return refused("namespaces");
  // It owns the new ones, and is to do nothing with them.
  if (!drop_privileges()) return refused("privileges in the new namespaces");
  if (before[0] != '\0' && network() == before) return refused("the network is the same");
  return {};
}

}  // namespace qd::worker::sandbox
