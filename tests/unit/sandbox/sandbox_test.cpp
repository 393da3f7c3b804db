// Each layer of the sandbox by itself, and what is done where a kernel has none of it. A layer is
// for ever: each test enters it in a process of its own.
#include "core/worker/sandbox/sandbox.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <string>

#include "core/worker/sandbox/attempts.hpp"
#include "core/worker/sandbox/calls.hpp"
#include "core/worker/sandbox/namespaces.hpp"

namespace qd::test {
namespace {

using namespace worker::sandbox;  // NOLINT: a test of this room
using worker::wire::Layer;
using worker::wire::Layers;

// What `say` says in a process of its own that may gain no privileges any more.
std::string apart(const std::function<std::string()>& say) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const std::string said = say();
    ::_exit(::write(ends[1], said.data(), said.size()) < 0 ? 1 : 0);
  }
  ::close(ends[1]);
  std::string said;
  char piece[4096];
  for (ssize_t n; (n = ::read(ends[0], piece, sizeof piece)) > 0;)
    said.append(piece, static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? said : said + " and died";
}

std::string why_not(const Result<void>& done) { return done ? "done" : done.error().message; }
std::string first(const std::optional<std::string_view>& allowed) {
  return std::string(allowed.value_or("nothing"));
}
bool is_readable(const char* path) {
  const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  if (fd >= 0) ::close(fd);
  return fd >= 0;
}

// As on a kernel that does not have these calls.
void take_away(std::initializer_list<int> calls) {
  auto* filter = seccomp_init(SCMP_ACT_ALLOW);
  for (const int call : calls) seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0);
  seccomp_load(filter);
  seccomp_release(filter);
}

std::string entered(Layers may_lack) {
  auto sandbox = Sandbox::enter("/bin/true", may_lack);
  if (!sandbox) return sandbox.error().message + " | " + sandbox.error().hint;
  if (auto closed = sandbox->close(); !closed) return closed.error().message;
  std::string layers;
  for (const auto& words : worker::wire::kLayerWords)
    if (worker::wire::has(sandbox->in_force(), words.layer))
      layers += std::string(words.name) + " ";
  return layers;
}

constexpr auto kFiles = static_cast<Layers>(Layer::kFiles);
constexpr auto kCalls = static_cast<Layers>(Layer::kCalls);
constexpr auto kNamespaces = static_cast<Layers>(Layer::kNamespaces);

TEST(Attempts, ComeThroughWhereNothingIsForbidden) {
  EXPECT_EQ(first(allowed_by_files(false)), "a file of the system was read");
  EXPECT_EQ(first(allowed_by_calls(false)), "a socket was opened");
}

// Where one thing alone is still possible, it is that which is told.
TEST(Attempts, FindTheOneThingThatIsStillAllowed) {
  const auto after = [](std::initializer_list<int> calls, auto attempts) {
    return apart([&] {
      auto* filter = seccomp_init(SCMP_ACT_ALLOW);
      for (const int call : calls) seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0);
      seccomp_load(filter);
      return first(attempts());
    });
  };
  const auto loading = [] { return allowed_by_calls(false); };
  const auto computing = [] { return allowed_by_calls(true); };
  EXPECT_EQ(after({SCMP_SYS(socket)}, loading), "a process was started");
  EXPECT_EQ(after({SCMP_SYS(socket), SCMP_SYS(clone)}, loading), "a program could be started");
  EXPECT_EQ(after({SCMP_SYS(socket), SCMP_SYS(clone), SCMP_SYS(execve)}, loading),
            "a signal could be sent");
  EXPECT_EQ(after({SCMP_SYS(socket), SCMP_SYS(clone), SCMP_SYS(execve), SCMP_SYS(kill)}, loading),
            "a file in memory could be made");
  const std::initializer_list<int> all = {SCMP_SYS(socket), SCMP_SYS(clone), SCMP_SYS(execve),
                                          SCMP_SYS(kill), SCMP_SYS(memfd_create)};
  EXPECT_EQ(after(all, loading), "nothing");
  EXPECT_EQ(after(all, computing), "a file could be opened");
  EXPECT_EQ(after({SCMP_SYS(socket), SCMP_SYS(clone), SCMP_SYS(execve), SCMP_SYS(kill),
                   SCMP_SYS(memfd_create), SCMP_SYS(openat)},
                  computing),
            "memory could be shared");
}

TEST(LayerOfFiles, LetsOnlyWhatIsNamedBeRead) {
  if (landlock_version() == 0) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_EQ(apart([] {
              auto files = Files::allow_reading({"/etc/ld.so.cache", "/nowhere/at/all"});
              if (!files) return files.error().message;
              return std::string(is_readable("/etc/ld.so.cache") ? "named " : "") +
                     (is_readable("/etc/passwd") ? "other " : "") + first(allowed_by_files(false)) +
                     ", then " + first(allowed_by_files(true));
            }),
            "named nothing, then a file was read");
}

TEST(LayerOfFiles, LetsNothingBeReadOnceItIsClosed) {
  if (landlock_version() == 0) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_EQ(apart([] {
              auto files = Files::allow_reading({"/"});
              if (!files) return files.error().message;
              if (!is_readable("/etc/passwd")) return std::string("closed too early");
              if (auto closed = files->allow_nothing(); !closed) return closed.error().message;
              return std::string(is_readable("/etc/passwd") ? "readable" : "closed");
            }),
            "closed");
}

TEST(LayerOfCalls, LetsALibraryBeLoadedAndNoMore) {
  EXPECT_EQ(apart([] {
              const auto done = why_not(allow_calls_of_loading());
              return done + ", " + first(allowed_by_calls(false)) + ", " +
                     (is_readable("/etc/passwd") ? "reads" : "reads nothing");
            }),
            "done, nothing, reads");
}

TEST(LayerOfCalls, LetsComputingGoOn) {
  EXPECT_EQ(apart([] {
              const auto done = why_not(allow_calls_of_computing());
              std::vector<std::string> memory(1000, std::string(100'000, 'x'));
              return done + ", " + first(allowed_by_calls(true)) + ", " +
                     (is_readable("/etc/passwd") ? "reads" : "reads nothing");
            }),
            "done, nothing, reads nothing");
}

// A signal to itself ends a process as it would anywhere; abort() sends one.
TEST(LayerOfCalls, LetsAProcessAbort) {
  EXPECT_EXIT(
      {
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        (void)allow_calls_of_computing();
        ::abort();
      },
      testing::KilledBySignal(SIGABRT), "");
}

TEST(Sandbox, HasEveryLayerThatThisKernelGives) {
  const auto layers = apart([] { return entered(kNamespaces); });
  EXPECT_TRUE(layers == "files calls namespaces " || layers == "files calls ") << layers;
}

TEST(Sandbox, OfAKernelWithoutLandlockIsRefusedOrSaidToBeLacking) {
  const auto without = [](Layers may_lack) {
    return apart([&] {
      take_away({SCMP_SYS(landlock_create_ruleset)});
      return entered(may_lack);
    });
  };
  EXPECT_EQ(without(kNamespaces | kCalls),
            std::string("no family is run here: the layer 'files' of its sandbox is lacking: "
                        "Landlock: the kernel does not offer it: ") +
                std::strerror(ENOSYS) +
                " | run on a kernel that gives it, or allow worker.may_lack = \"files\": a family "
                "can read what the program's user may read as long as it is being loaded");
  EXPECT_EQ(without(kNamespaces | kFiles).substr(0, 6), "calls ");
}

void take_away_seccomp() {
  auto* filter = seccomp_init(SCMP_ACT_ALLOW);
  seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0);
  seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                   SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
  seccomp_load(filter);
  seccomp_release(filter);
}

TEST(Sandbox, HidesItsMemoryFromOthersOfItsUser) {
  EXPECT_EQ(apart([] {
              take_away_seccomp();  // or it could not even be asked
              const int before = ::prctl(PR_GET_DUMPABLE);
              (void)entered(kCalls | kNamespaces);
              return std::to_string(before) + " then " + std::to_string(::prctl(PR_GET_DUMPABLE));
            }),
            "1 then 0");
}

TEST(Sandbox, OfAKernelWithoutSeccompIsRefusedOrSaidToBeLacking) {
  const auto without = [](Layers may_lack) {
    return apart([&] {
      take_away_seccomp();
      return entered(may_lack);
    });
  };
  EXPECT_NE(without(kNamespaces | kFiles).find("the layer 'calls' of its sandbox is lacking"),
            std::string::npos);
  EXPECT_EQ(without(kNamespaces | kCalls).substr(0, 6), "files ");
}

TEST(Sandbox, WithoutNamespacesIsRefusedOnlyWhenTheyAreAskedFor) {
  const auto without = [](Layers may_lack) {
    return apart([&] {
      take_away({SCMP_SYS(unshare)});
      return entered(may_lack);
    });
  };
  EXPECT_EQ(without(kNamespaces), "files calls ");
  EXPECT_NE(without(0).find("the layer 'namespaces' of its sandbox is lacking"), std::string::npos);
}

}  // namespace
}  // namespace qd::test
