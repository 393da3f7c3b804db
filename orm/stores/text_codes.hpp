// Texts and their codes, for one reader.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qd {

// Like Dictionary, for the inner loop of a scan, one for each column of a reader: open addressing,
// and all texts in one piece. A look-up touches one slot and one text; that is what its time goes
// into once there are more texts than the processor's cache holds. New texts are handed out once,
// for the thread that owns the real dictionary.
class TextCodes {
 public:
  TextCodes() : slots_(256) {}

  std::uint32_t code(std::string_view text);

  // Texts that got a code since the last call, in the order of their codes.
  std::vector<std::string> take_new();

 private:
  struct Slot {
    std::uint64_t begin = 0;          // of the text
    std::uint32_t code_plus_one = 0;  // 0: free
    std::uint16_t size = 0;           // the stores take no longer texts than this can say
    std::uint16_t hash = 0;           // its upper bits: other texts are seldom looked at
  };

  std::string_view text(const Slot& slot) const {
    return std::string_view(texts_).substr(slot.begin, slot.size);
  }
  // Where the text is, or where it belongs.
  Slot& slot_for(std::string_view text, std::size_t hash);
  void grow();

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::string texts_;
  std::uint32_t n_codes_ = 0;
  std::vector<std::string> new_;
};

}  // namespace qd
