// Takes from this process, step by step and for ever, what a family's code has no business with.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/model/error.hpp"
#include "core/worker/sandbox/files.hpp"
#include "core/worker/wire/layers.hpp"

namespace qd::worker::sandbox {

// Of one process with one thread. Each layer is tried when it is in place: what it forbids must
// fail.
class Sandbox {
 public:
  // Before the library is loaded, whose code runs at once. From now on nothing can be written,
  // started, sent to or listened on, no other process be touched, and only `library` and what lies
  // in the system's folders of libraries be read. A layer that the kernel does not give and that
  // may be lacking is left out.
  // Errors: kWorkerUnavailable, naming the layer and what to do.
  static Result<Sandbox> enter(const std::filesystem::path& library, wire::Layers may_lack);

  // Once it is loaded: from now on no file can be read or mapped either. Errors: the same.
  Result<void> close();

  wire::Layers in_force() const { return in_force_; }

 private:
  explicit Sandbox(wire::Layers may_lack) : may_lack_(may_lack) {}
  // Takes in how a layer came out: what failed is passed over if it may be lacking.
  Result<void> settle(wire::Layer layer, const Result<void>& entered);

  wire::Layers may_lack_, in_force_ = 0;
  std::optional<Files> files_;
};

}  // namespace qd::worker::sandbox
