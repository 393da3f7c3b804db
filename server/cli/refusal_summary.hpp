// What an import refused, as a person reads it: each cause once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/capture/import.hpp"

namespace qd::cli {

// "members.csv:12:3 level: '7' is not one of 2, 3, 4 (…)"
std::string refusal_text(const capture::Refusal& refusal);

// Refusals of one file, column and kind of fault are one cause, whatever the values are.
class RefusalSummary {
 public:
  static constexpr std::size_t kLinesNamed = 5;
  static constexpr std::size_t kMostCauses = 100;

  void add(const capture::Refusal& refusal);
  // One text a cause, in the order met: its first refusal, and how many others are like it.
  std::vector<std::string> texts() const;

 private:
  struct Cause {
    std::string first;
    std::vector<std::int64_t> lines;  // of the first few others
    std::size_t n = 0;
  };
  std::map<std::string, std::size_t> by_key_;
  std::vector<Cause> causes_;
  std::size_t beyond_ = 0;  // refusals of causes that are too many to keep
};

}  // namespace qd::cli
