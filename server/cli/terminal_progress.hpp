// A progress bar on a terminal, nothing elsewhere.
#pragma once

#include <chrono>
#include <string>

#include "core/ports/progress.hpp"

namespace qd::cli {

class TerminalProgress final : public Progress {
 public:
  TerminalProgress();
  ~TerminalProgress() override { finished(); }
  void at(std::string_view what, std::int64_t done, std::int64_t total) override;
  void finished() override;

 private:
  bool on_terminal_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point next_;
};

// "participations [##########----------]  50 %  1,200 of 2,400"; total 0: "participations 1,200".
std::string progress_line(std::string_view what, std::int64_t done, std::int64_t total);

}  // namespace qd::cli
