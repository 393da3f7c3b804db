// Small letters.
#pragma once

#include <string>
#include <string_view>

namespace qd::text {

// A to Z become a to z, whatever the locale; every other byte stays.
constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

inline std::string lower(std::string_view text) {
  std::string small(text);
  for (char& letter : small) letter = lower(letter);
  return small;
}

}  // namespace qd::text
