// What must hold between the fields of a definition, be it declared or captured.
#pragma once

#include <string>
#include <vector>

#include "core/model/definition.hpp"

namespace qd {

constexpr std::int64_t kLargestFactor = 1'000'000'000;  // keeps a value within 128 bits
constexpr int kMostDecimals = 10, kLastVersion = 9999;

struct FieldFault {
  const char* field;  // the one to blame
  std::string what;   // a sentence
};

// Everything that does not fit together; empty: the definition holds. That words are there is asked
// elsewhere, and so is the quarter a definition begins with: one that always held has none.
std::vector<FieldFault> faults_of(const Definition& definition);

}  // namespace qd
