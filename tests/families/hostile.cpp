// A family that tries everything a family has no business with, and tells of each attempt whether
// it came through. Compiled twice: what it does in its run, and what it does while it is being
// loaded.
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <quarterday/plugin.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

// Where it tries: a file that is not its own, and the folder it lies in.
std::string file, folder;

bool closed(long fd) {
  if (fd >= 0) ::close(static_cast<int>(fd));
  return fd >= 0;
}
bool opens(const std::string& path, int flags) {
  return closed(::open(path.c_str(), flags | O_CLOEXEC, 0600));
}
std::string of_parent(const char* name) {
  return "/proc/" + std::to_string(::getppid()) + "/" + name;
}
bool maps(void* memory, std::size_t size = 4096) {
  if (memory == MAP_FAILED) return false;
  ::munmap(memory, size);
  return true;
}
// A child goes at once, and is waited for.
bool is_born(long child) {
  if (child == 0) ::_exit(0);
  if (child > 0) ::waitpid(static_cast<pid_t>(child), nullptr, 0);
  return child > 0;
}
bool is_given(int family, int type, int protocol = 0) {
  return closed(::socket(family, type, protocol));
}
// A call that would need more than these arguments: that it was let through shows by its reason.
bool is_let_through(long result) { return result >= 0 || (errno != EPERM && errno != EACCES); }

void* nothing(void*) { return nullptr; }

struct Attempt {
  const char* name;
  bool (*comes_through)();
};

const Attempt kAttempts[] = {
    {"read a file", [] { return opens(file, O_RDONLY); }},
    {"write to a file", [] { return opens(file, O_WRONLY); }},
    {"append to a file", [] { return opens(file, O_WRONLY | O_APPEND); }},
    {"empty a file by opening it", [] { return opens(file, O_WRONLY | O_TRUNC); }},
    {"empty a file by name", [] { return ::truncate(file.c_str(), 0) == 0; }},
    {"make a file", [] { return opens(folder + "/made", O_CREAT | O_WRONLY); }},
    {"make a file without a name", [] { return opens(folder, O_TMPFILE | O_RDWR); }},
    {"remove a file", [] { return ::unlink(file.c_str()) == 0; }},
    {"rename a file", [] { return ::rename(file.c_str(), (file + "2").c_str()) == 0; }},
    {"link a file", [] { return ::link(file.c_str(), (file + "3").c_str()) == 0; }},
    {"make a symbolic link", [] { return ::symlink("/", (folder + "/root").c_str()) == 0; }},
    {"make a folder", [] { return ::mkdir((folder + "/sub").c_str(), 0700) == 0; }},
    {"remove a folder", [] { return ::rmdir((folder + "/empty").c_str()) == 0; }},
    {"list a folder", [] { return opens("/", O_RDONLY | O_DIRECTORY); }},
    {"give a file other rights", [] { return ::chmod(file.c_str(), 0777) == 0; }},
    {"give a file another owner", [] { return ::chown(file.c_str(), 1, 1) == 0; }},
    {"give a file other times", [] { return ::utimes(file.c_str(), nullptr) == 0; }},
    {"give a file an attribute",
     [] { return ::setxattr(file.c_str(), "user.qd", "x", 1, 0) == 0; }},
    {"make a named pipe", [] { return ::mkfifo((folder + "/pipe").c_str(), 0600) == 0; }},
    {"go to another folder", [] { return ::chdir("/") == 0; }},
    {"have another root", [] { return ::chroot("/") == 0; }},
    {"watch a folder", [] { return closed(::inotify_init1(0)); }},
    {"open a file by handle",
     [] { return is_let_through(::syscall(SYS_open_by_handle_at, AT_FDCWD, nullptr, O_RDONLY)); }},
    {"map a file to write to it",
     [] {
       const int fd = ::open(file.c_str(), O_RDWR);
       const bool mapped =
           maps(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd < 0 ? 0 : fd, 0));
       return closed(fd) || mapped;
     }},
    {"share memory",
     [] {
       return maps(
           ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
     }},
    {"make a file in memory", [] { return closed(::syscall(SYS_memfd_create, "qd", 0U)); }},
    {"make a secret in memory", [] { return closed(::syscall(447, 0U)); }},
    {"read the parent's memory", [] { return opens(of_parent("mem"), O_RDONLY); }},
    {"read the parent's environment", [] { return opens(of_parent("environ"), O_RDONLY); }},
    {"read the parent's descriptors",
     [] { return opens(of_parent("fd"), O_RDONLY | O_DIRECTORY); }},
    {"read what the parent was started with", [] { return opens(of_parent("cmdline"), O_RDONLY); }},
    {"read its own environment", [] { return opens("/proc/self/environ", O_RDONLY); }},
    {"copy out of the parent",
     [] {
       char byte;
       iovec here{&byte, 1}, there{reinterpret_cast<void*>(0x400000), 1};
       return is_let_through(::process_vm_readv(::getppid(), &here, 1, &there, 1, 0));
     }},
    {"copy into the parent",
     [] {
       char byte = 0;
       iovec here{&byte, 1}, there{reinterpret_cast<void*>(0x400000), 1};
       return is_let_through(::process_vm_writev(::getppid(), &here, 1, &there, 1, 0));
     }},
    {"trace the parent", [] { return ::ptrace(PTRACE_SEIZE, ::getppid(), nullptr, nullptr) == 0; }},
    {"ask whether the parent is there", [] { return ::kill(::getppid(), 0) == 0; }},
    {"wake the parent", [] { return ::kill(::getppid(), SIGCONT) == 0; }},
    {"signal everybody", [] { return ::kill(-1, 0) == 0; }},
    {"signal a thread of the parent",
     [] { return ::syscall(SYS_tgkill, ::getppid(), ::getppid(), 0) == 0; }},
    {"queue a signal to the parent", [] { return ::sigqueue(::getppid(), SIGCONT, {}) == 0; }},
    {"hold the parent by a descriptor",
     [] { return closed(::syscall(SYS_pidfd_open, ::getppid(), 0)); }},
    {"open a socket to the internet", [] { return is_given(AF_INET, SOCK_STREAM); }},
    {"open one of version 6", [] { return is_given(AF_INET6, SOCK_DGRAM); }},
    {"open a raw socket", [] { return is_given(AF_INET, SOCK_RAW, IPPROTO_ICMP); }},
    {"open a socket of this machine", [] { return is_given(AF_UNIX, SOCK_STREAM); }},
    {"open a pair of sockets",
     [] {
       int pair[2];
       return ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
     }},
    {"talk to the kernel's network", [] { return is_given(AF_NETLINK, SOCK_RAW); }},
    {"open a packet socket", [] { return is_given(AF_PACKET, SOCK_RAW); }},
    {"fork", [] { return is_born(::fork()); }},
    {"clone", [] { return is_born(::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)); }},
    {"clone in the newer way", [] { return is_let_through(::syscall(SYS_clone3, nullptr, 0)); }},
    {"start a thread",
     [] {
       pthread_t thread;
       if (::pthread_create(&thread, nullptr, nothing, nullptr) != 0) return false;
       ::pthread_join(thread, nullptr);
       return true;
     }},
    {"start a program",
     [] {
       pid_t child = 0;
       char name[] = "true";
       char* arguments[] = {name, nullptr};
       const int error = ::posix_spawn(&child, "/bin/true", nullptr, nullptr, arguments, nullptr);
       return error == 0 && is_born(child);
     }},
    {"become a program",
     [] { return is_let_through(::syscall(SYS_execve, "", nullptr, nullptr)); }},
    {"become a program by descriptor",
     [] { return is_let_through(::syscall(SYS_execveat, -1, "", nullptr, nullptr, 0)); }},
    {"leave its session", [] { return ::setsid() >= 0 || ::setpgid(0, 0) == 0; }},
    {"stay behind as a daemon", [] { return ::daemon(1, 1) == 0; }},
    {"be looked into again", [] { return ::prctl(PR_SET_DUMPABLE, 1) == 0; }},
    {"outlive the parent", [] { return ::prctl(PR_SET_PDEATHSIG, 0) == 0; }},
    {"set up io_uring", [] { return is_let_through(::syscall(SYS_io_uring_setup, 0U, nullptr)); }},
    {"set up asynchronous reading",
     [] { return is_let_through(::syscall(SYS_io_setup, 0U, nullptr)); }},
    {"add a key", [] { return is_let_through(::syscall(SYS_add_key, "user", "qd", "x", 1, -1)); }},
    {"ask for keys",
     [] { return is_let_through(::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, -3, 0)); }},
    {"mount", [] { return is_let_through(::mount("none", "/nowhere", "tmpfs", 0, nullptr)); }},
    {"open a file system", [] { return is_let_through(::syscall(SYS_fsopen, "tmpfs", 0U)); }},
    {"have namespaces of its own", [] { return ::unshare(CLONE_NEWUSER) == 0; }},
    {"have a table of mounts of its own", [] { return ::unshare(CLONE_NEWNS) == 0; }},
    {"enter another namespace", [] { return is_let_through(::setns(-1, 0)); }},
    {"load a program into the kernel",
     [] { return is_let_through(::syscall(SYS_bpf, BPF_MAP_CREATE, nullptr, 0)); }},
    {"count what the machine does",
     [] { return is_let_through(::syscall(SYS_perf_event_open, nullptr, 0, -1, -1, 0)); }},
    {"handle faults of memory", [] { return closed(::syscall(SYS_userfaultfd, 0)); }},
    {"set the clock",
     [] {
       timespec now{};
       ::clock_gettime(CLOCK_REALTIME, &now);
       return ::clock_settime(CLOCK_REALTIME, &now) == 0;
     }},
    {"slow the clock",
     [] {
       timex nothing_new{};
       return ::adjtimex(&nothing_new) >= 0;
     }},
    {"name the machine", [] { return ::sethostname("qd", 2) == 0; }},
    {"restart the machine", [] { return is_let_through(::syscall(SYS_reboot, 0, 0, 0, nullptr)); }},
    {"load a module", [] { return is_let_through(::syscall(SYS_init_module, nullptr, 0, "")); }},
    {"read the kernel's log", [] { return ::klogctl(10, nullptr, 0) >= 0; }},
    {"be another kind of process", [] { return ::personality(0xFFFFFFFF) >= 0; }},
    {"have more memory",
     [] {
       const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
       return ::setrlimit(RLIMIT_AS, &more) == 0;
     }},
    {"have more files",
     [] {
       const rlimit more{1024, 1024};
       return ::setrlimit(RLIMIT_NOFILE, &more) == 0;
     }},
    {"go before others", [] { return ::setpriority(PRIO_PROCESS, 0, -20) == 0; }},
    {"keep a processor",
     [] {
       const sched_param first{1};
       return ::sched_setscheduler(0, SCHED_FIFO, &first) == 0;
     }},
    {"be another user", [] { return ::setresuid(1, 1, 1) == 0; }},
    {"be of another group",
     [] {
       gid_t one = 1;
       return ::syscall(SYS_setgroups, 1, &one) == 0;
     }},
    {"have privileges",
     [] {
       __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
       __user_cap_data_struct all[2] = {{~0U, ~0U, 0}, {~0U, ~0U, 0}};
       return ::syscall(SYS_capset, &head, all) == 0;
     }},
#ifndef QUARTERDAY_HOSTILE_AT_LOAD
    // Loading a library takes these.
    {"learn about a file",
     [] {
       struct stat status {};
       return ::stat(file.c_str(), &status) == 0 || ::access(file.c_str(), F_OK) == 0;
     }},
    {"follow a link",
     [] {
       char name[64];
       return ::readlink("/proc/self/exe", name, sizeof name) >= 0;
     }},
    {"read a library of the system", [] { return opens("/etc/ld.so.cache", O_RDONLY); }},
    {"write code and run it",
     [] {
       void* memory =
           ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
       const bool is_code = ::mprotect(memory, 4096, PROT_READ | PROT_EXEC) == 0;
       ::munmap(memory, 4096);
       return is_code || maps(::mmap(nullptr, 4096, PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
     }},
    {"have rules of its own",
     [] { return is_let_through(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0U, nullptr)); }},
#endif
    // The last: where it comes through, each signal stops the process from then on.
    {"be traced", [] { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0; }},
};

std::vector<std::string> tried;

void try_one(const Attempt& attempt) {
  errno = 0;
  const bool done = attempt.comes_through();
  const int reason = errno;
  tried.push_back(std::string(attempt.name) + ": " +
                  (done ? "DONE" : "stopped, " + std::string(::strerrorname_np(reason))));
}

#if defined(QUARTERDAY_HOSTILE_ALONE)
}  // namespace

// Without a sandbox, to show that the attempts are real. What one of them took away is put back.
int main(int, char** arguments) {
  file = arguments[1];
  folder = file.substr(0, file.rfind('/'));
  for (const Attempt& attempt : kAttempts) {
    ::close(::open(file.c_str(), O_CREAT | O_WRONLY, 0600));
    ::mkdir((folder + "/empty").c_str(), 0700);
    try_one(attempt);
    std::puts(tried.back().c_str());
    std::fflush(stdout);
  }
}
#else
void try_everything() {
  for (const Attempt& attempt : kAttempts) try_one(attempt);
}

#ifdef QUARTERDAY_HOSTILE_AT_LOAD
// Its own library is all it knows by then.
struct AtLoad {
  AtLoad() {
    Dl_info own{};
    ::dladdr(&tried, &own);
    file = own.dli_fname;
    folder = file.substr(0, file.rfind('/'));
    try_everything();
  }
} at_load;
#endif

qd_status begin(const qd_run* run, void** state) {
  *state = nullptr;
#ifndef QUARTERDAY_HOSTILE_AT_LOAD
  if (const char* path = run->option(run, "path")) file = path;
  folder = file.substr(0, file.rfind('/'));
  try_everything();
#endif
  for (const auto& line : tried) run->note(run, line.c_str());
  return QD_OK;
}
qd_status consume(void*, const qd_run*, const qd_batch*) { return QD_OK; }
qd_status finish(void*, const qd_run*) { return QD_OK; }
void end(void*) {}

constexpr qd_family kFamily = {
    sizeof(qd_family), QD_ABI_MAJOR, QD_ABI_MINOR, 0,      MISBEHAVIOUR, "1.0.0", begin,
    consume,           finish,       end,          nullptr};

}  // namespace

extern "C" const qd_family* qd_family_entry() { return &kFamily; }
#endif
