// The layer of files: Landlock, by the kernel's own interface.
#pragma once

#include <filesystem>
#include <vector>

#include "core/model/error.hpp"

namespace qd::worker::sandbox {

// Nothing but these can be read from now on, and nothing be written; where the kernel knows how, no
// TCP connection be made or taken, and no signal be sent to a process outside.
class Files {
 public:
  // Paths that are not there are passed over. Errors: kWorkerUnavailable.
  static Result<Files> allow_reading(const std::vector<std::filesystem::path>& paths);
  // Nothing at all. Needs no file to be opened any more.
  Result<void> allow_nothing();

  Files(Files&& other) noexcept : nothing_(other.nothing_) { other.nothing_ = -1; }
  Files& operator=(Files&&) = delete;
  ~Files();

 private:
  explicit Files(int nothing) : nothing_(nothing) {}
  int nothing_;  // descriptor of the rules that allow nothing
};

// 0: the kernel has no Landlock, or it is switched off.
int landlock_version();

}  // namespace qd::worker::sandbox
