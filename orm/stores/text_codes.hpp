// Texts and their codes, for one reader.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qd {

// Like Dictionary, for the inner loop of a scan: open addressing, the texts in few large pieces,
// the hash kept beside the code so that most misses never touch a text. New texts are handed out
// once, for the thread that owns the real dictionary.
class TextCodes {
 public:
  TextCodes() : slots_(1024) {}

  std::uint32_t code(std::string_view text);

  // Texts that got a code since the last call, in the order of their codes.
  std::vector<std::string> take_new();

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t code_plus_one = 0;  // 0: free
  };
  struct Place {
    std::size_t begin, size;
  };

  std::string_view text(std::uint32_t code) const {
    return std::string_view(texts_).substr(places_[code].begin, places_[code].size);
  }
  void grow();

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::vector<Place> places_;
  std::string texts_;
  std::size_t n_taken_ = 0;
};

}  // namespace qd
