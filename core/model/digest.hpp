// What a file, a workbook or a library is known by: SHA-256 in 64 lower-case hexadecimal digits.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace qd {

std::string sha256(std::string_view bytes);

// That nobody can guess.
std::string random_bytes(std::size_t n);

// The same, piece by piece. Not thread-safe.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  std::string finish();  // once, and last

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace qd
