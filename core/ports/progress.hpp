// How far long work is: a progress bar on a terminal, nothing elsewhere.
#pragma once

#include <cstdint>
#include <string_view>

namespace qd {

class Progress {
 public:
  virtual ~Progress() = default;
  // total 0: not known. Called often; cheap. One thread.
  virtual void at(std::string_view what, std::int64_t done, std::int64_t total) = 0;
  virtual void finished() = 0;
};

class NoProgress final : public Progress {
 public:
  void at(std::string_view, std::int64_t, std::int64_t) override {}
  void finished() override {}
};

}  // namespace qd
