#include "core/worker/sandbox/sandbox.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/worker/sandbox/attempts.hpp"
#include "core/worker/sandbox/calls.hpp"
#include "core/worker/sandbox/namespaces.hpp"

namespace qd::worker::sandbox {
namespace {

namespace fs = std::filesystem;

// Where libraries that a family's library needs may lie.
constexpr const char* kSystemLibraries[] = {"/lib",       "/lib64",         "/usr/lib",
                                            "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"};

std::vector<fs::path> readable_with(const fs::path& library) {
  std::vector<fs::path> paths(std::begin(kSystemLibraries), std::end(kSystemLibraries));
  paths.push_back(library);
  return paths;
}

Result<void> unless(const std::optional<std::string_view>& allowed) {
  if (!allowed) return {};
  return fail(ErrorCode::kWorkerUnavailable, fmt::format("it was tried, and {}", *allowed));
}

// Other processes of the same user cannot look into this one.
Result<void> hide_memory() {
  if (::prctl(PR_SET_DUMPABLE, 0) == 0 && ::prctl(PR_GET_DUMPABLE) == 0) return {};
  return fail(ErrorCode::kWorkerUnavailable, "the worker's memory stays open to its user");
}

}  // namespace

// Files before calls: what is tried of the one would be forbidden by the other.
Result<Sandbox> Sandbox::enter(const fs::path& library, wire::Layers may_lack) {
  Sandbox sandbox(may_lack);
  if (auto done = sandbox.settle(wire::Layer::kNamespaces, leave_namespaces()); !done)
    return fail(done.error());
  if (auto hidden = hide_memory(); !hidden) return fail(hidden.error());
  auto files = Files::allow_reading(readable_with(library));
  auto tried = files ? unless(allowed_by_files(false)) : fail(files.error());
  if (auto done = sandbox.settle(wire::Layer::kFiles, tried); !done) return fail(done.error());
  if (files) sandbox.files_.emplace(std::move(*files));
  auto calls = allow_calls_of_loading();
  if (calls) calls = unless(allowed_by_calls(false));
  if (auto done = sandbox.settle(wire::Layer::kCalls, calls); !done) return fail(done.error());
  return sandbox;
}

Result<void> Sandbox::close() {
  if (files_) {
    auto closed = files_->allow_nothing();
    if (closed) closed = unless(allowed_by_files(true));
    if (auto done = settle(wire::Layer::kFiles, closed); !done) return done;
    files_.reset();
  }
  if (!wire::has(in_force_, wire::Layer::kCalls)) return {};
  auto calls = allow_calls_of_computing();
  if (calls) calls = unless(allowed_by_calls(true));
  return settle(wire::Layer::kCalls, calls);
}

Result<void> Sandbox::settle(wire::Layer layer, const Result<void>& entered) {
  if (entered) {
    in_force_ = wire::with(in_force_, layer);
    return {};
  }
  in_force_ &= ~static_cast<wire::Layers>(layer);
  if (wire::has(may_lack_, layer)) return {};
  const auto* words = std::find_if(wire::kLayerWords.begin(), wire::kLayerWords.end(),
                                   [&](const auto& one) { return one.layer == layer; });
  return fail(ErrorCode::kWorkerUnavailable,
              fmt::format("no family is run here: the layer '{}' of its sandbox is lacking: {}",
                          words->name, entered.error().message),
              fmt::format("run on a kernel that gives it, or allow worker.may_lack = \"{}\": {}",
                          words->name, words->lost));
}

}  // namespace qd::worker::sandbox
