#include "core/worker/sandbox/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace qd::worker::sandbox {
namespace {

// As the newest kernels know it. Headers may be older than the kernel: the numbers are the kernel's
// interface and stay what they are.
struct RulesetAttributes {
  std::uint64_t files, network, scoped;
};
constexpr std::uint64_t kAllOfVersion1 = (1U << 13) - 1;
constexpr std::uint64_t kRefer = 1U << 13, kTruncate = 1U << 14, kControlDevices = 1U << 15;
constexpr std::uint64_t kTcp = 3;     // bind, connect
constexpr std::uint64_t kScopes = 3;  // abstract sockets, signals
constexpr std::uint64_t kReadFile = 1U << 2;

// What a kernel of this version can be told to forbid; what it does not know must be 0.
RulesetAttributes everything(int version) {
  RulesetAttributes all{kAllOfVersion1, 0, 0};
  if (version >= 2) all.files |= kRefer;
  if (version >= 3) all.files |= kTruncate;
  if (version >= 4) all.network = kTcp;
  if (version >= 5) all.files |= kControlDevices;
  if (version >= 6) all.scoped = kScopes;
  return all;
}

std::size_t known_size(int version) {
  if (version >= 6) return sizeof(RulesetAttributes);
  return version >= 4 ? offsetof(RulesetAttributes, scoped) : offsetof(RulesetAttributes, network);
}

tl::unexpected<Error> refused(const char* what) {
  return fail(ErrorCode::kWorkerUnavailable,
              fmt::format("Landlock: {}: {}", what, std::strerror(errno)));
}

int make_rules(int version) {
  const auto all = everything(version);
  return static_cast<int>(::syscall(SYS_landlock_create_ruleset, &all, known_size(version), 0U));
}

Result<void> add_readable(int rules, const std::filesystem::path& path) {
  landlock_path_beneath_attr rule{};
  rule.allowed_access = kReadFile;
  rule.parent_fd = ::open(path.c_str(), O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0) return {};
  const auto added = ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0U);
  ::close(rule.parent_fd);
  return added == 0 ? Result<void>{} : refused("a rule could not be added");
}

Result<void> restrict_to(int rules) {
  if (::syscall(SYS_landlock_restrict_self, rules, 0U) == 0) return {};
  return refused("the rules could not be put in force");
}

}  // namespace

int landlock_version() {
  const auto version = ::syscall(SYS_landlock_create_ruleset, nullptr, std::size_t{0},
                                 LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? static_cast<int>(version) : 0;
}

Result<Files> Files::allow_reading(const std::vector<std::filesystem::path>& paths) {
  const int version = landlock_version();
  if (version == 0) return refused("the kernel does not offer it");
  const int rules = make_rules(version);
  if (rules < 0) return refused("no rules could be made");
  Result<void> done;
  for (const auto& path : paths)
    if (done) done = add_readable(rules, path);
  if (done) done = restrict_to(rules);
  ::close(rules);
  if (!done) return fail(done.error());
  Files files(make_rules(version));
  if (files.nothing_ < 0) return refused("no rules could be made");
  return files;
}

Result<void> Files::allow_nothing() { return restrict_to(nothing_); }

Files::~Files() {
  if (nothing_ >= 0) ::close(nothing_);
}

}  // namespace qd::worker::sandbox
