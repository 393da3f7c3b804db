#include "core/worker/sandbox/calls.hpp"

#include <asm/ioctls.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <vector>

namespace qd::worker::sandbox {
namespace {

// A list of calls, until it is put in force.
class CallFilter {
 public:
  CallFilter() : context_(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release) {
    if (!context_) error_ = ENOMEM;
    // That no privilege is gained by a program is settled already.
    note(seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_NNP, 0));
    note(seccomp_attr_set(context_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
  }

  // A call that this machine does not have is passed over by the library.
  void allow(std::initializer_list<int> calls) {
    for (const int call : calls) note(seccomp_rule_add(context_.get(), SCMP_ACT_ALLOW, call, 0));
  }
  // With arguments like these.
  void allow(int call, const std::vector<scmp_arg_cmp>& arguments) {
    note(seccomp_rule_add_array(context_.get(), SCMP_ACT_ALLOW, call,
                                static_cast<unsigned>(arguments.size()), arguments.data()));
  }

  Result<void> put_in_force() {
    if (error_ == 0) note(seccomp_load(context_.get()));
    if (error_ == 0) return {};
    return fail(ErrorCode::kWorkerUnavailable, fmt::format("seccomp: {}", std::strerror(error_)));
  }

 private:
  void note(int result) {
    if (error_ == 0 && result < 0) error_ = -result;
  }

  std::unique_ptr<void, void (*)(void*)> context_;
  int error_ = 0;
};

void allow_memory_and_time(CallFilter& filter) {
  filter.allow({SCMP_SYS(brk),
                SCMP_SYS(munmap),
                SCMP_SYS(mremap),
                SCMP_SYS(madvise),
                SCMP_SYS(futex),
                SCMP_SYS(membarrier),
                SCMP_SYS(rseq),
                SCMP_SYS(clock_gettime),
                SCMP_SYS(clock_getres),
                SCMP_SYS(gettimeofday),
                SCMP_SYS(time),
                SCMP_SYS(nanosleep),
                SCMP_SYS(clock_nanosleep),
                SCMP_SYS(restart_syscall),
                SCMP_SYS(sched_yield),
                SCMP_SYS(sched_getaffinity),
                SCMP_SYS(getcpu),
                SCMP_SYS(getrandom),
                SCMP_SYS(getrusage),
                SCMP_SYS(times)});
}

void allow_descriptors(CallFilter& filter) {
  filter.allow({SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close),
                SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(poll), SCMP_SYS(ppoll)});
  filter.allow(SCMP_SYS(ioctl), {SCMP_A1(SCMP_CMP_EQ, TCGETS)});  // is it a terminal?
}

void allow_oneself(CallFilter& filter) {
  filter.allow({SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(getuid),
                SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(uname),
                SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
                SCMP_SYS(rt_sigreturn), SCMP_SYS(exit), SCMP_SYS(exit_group)});
  // abort()
  filter.allow(SCMP_SYS(tgkill), {SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()))});
  // Limits are read, never set.
  filter.allow(SCMP_SYS(prlimit64), {SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0)});
}

void allow_common(CallFilter& filter) {
  allow_memory_and_time(filter);
  allow_descriptors(filter);
  allow_oneself(filter);
}

}  // namespace

Result<void> allow_calls_of_loading() {
  constexpr scmp_datum_t kChanging = O_ACCMODE | O_CREAT | O_TRUNC;
  CallFilter filter;
  allow_common(filter);
  filter.allow(SCMP_SYS(open), {SCMP_A1(SCMP_CMP_MASKED_EQ, kChanging, O_RDONLY)});
  filter.allow(SCMP_SYS(openat), {SCMP_A2(SCMP_CMP_MASKED_EQ, kChanging, O_RDONLY)});
  filter.allow({SCMP_SYS(pread64), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat),
                SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
                SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(mprotect)});
  filter.allow(SCMP_SYS(mmap), {SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_TYPE, MAP_PRIVATE)});
  // More is taken away by these once the library is loaded; nothing can be given back by them.
  filter.allow({SCMP_SYS(seccomp), SCMP_SYS(landlock_restrict_self)});
  return filter.put_in_force();
}

Result<void> allow_calls_of_computing() {
  CallFilter filter;
  allow_common(filter);
  constexpr scmp_datum_t kOwn = MAP_PRIVATE | MAP_ANONYMOUS;
  filter.allow(SCMP_SYS(mmap), {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                                SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_TYPE | MAP_ANONYMOUS, kOwn)});
  filter.allow(SCMP_SYS(mprotect), {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
  return filter.put_in_force();
}

}  // namespace qd::worker::sandbox
