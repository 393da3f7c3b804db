// Texts and their codes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace qd {

// Codes count from 0, keep their meaning, and the dictionary only grows. Not thread-safe, but a
// text once given out may be read by any thread.
//
// Open addressing, with a short text in its slot: a look-up touches a line of memory or two, and
// that is what its time goes into once there are more texts than the processor's cache holds. Of
// several texts asked for together the lines are fetched while others are looked at.
class Dictionary {
 public:
  Dictionary();

  std::uint32_t code(std::string_view text);
  // The same for each text in turn; `codes` has room for as many.
  void codes(std::span<const std::string_view> texts, std::uint32_t* codes);
  // The text of a code that this dictionary gave; valid as long as the dictionary lives, also when
  // it is moved.
  std::string_view text(std::uint32_t code) const { return texts_[code]; }
  std::size_t size() const { return texts_.size(); }

 private:
  // Tells a text of up to 16 bytes apart from every other; of a longer one `second` is a hash.
  struct Slot {
    std::uint64_t first = 0, second = 0;
    std::uint32_t size = 0;
    std::uint32_t code_plus_one = 0;  // 0: free

    bool is_like(const Slot& other) const {
      return first == other.first && second == other.second && size == other.size;
    }
    std::size_t hash() const;
  };
  static constexpr std::size_t kShort = 16;

  static Slot slot_of(std::string_view text);
  // Where the text is, or where it belongs.
  Slot& place_of(const Slot& wanted, std::size_t hash, std::string_view text);
  std::uint32_t code(Slot wanted, std::size_t hash, std::string_view text);
  void grow();
  std::string_view keep(std::string_view text);

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::vector<std::string_view> texts_;
  std::vector<std::unique_ptr<char[]>> pieces_;  // where the texts are; never moved
  char* piece_end_ = nullptr;                    // of the last piece
  std::size_t left_ = 0;                         // bytes free before that
};

}  // namespace qd
