#include "core/model/dictionary.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <utility>

#include "core/model/number.hpp"

namespace qd {
namespace {

constexpr std::size_t kPieceBytes = 65'536;
constexpr std::size_t kFirstSlots = 256;

}  // namespace

Dictionary::Dictionary() : slots_(kFirstSlots) {}

Dictionary::Slot Dictionary::slot_of(std::string_view text) {
  Slot slot;
  slot.size = static_cast<std::uint32_t>(text.size());
  if (text.empty()) return slot;
  const std::size_t n_first = std::min(text.size(), sizeof slot.first);
  std::memcpy(&slot.first, text.data(), n_first);
  if (text.size() > kShort)
    slot.second = std::hash<std::string_view>{}(text);
  else
    std::memcpy(&slot.second, text.data() + n_first, text.size() - n_first);
  return slot;
}

// Both halves of a 128-bit product depend on every bit of both words.
std::size_t Dictionary::Slot::hash() const {
  constexpr std::uint64_t kFirst = 0x243F6A8885A308D3, kSecond = 0x13198A2E03707344;
  const auto product = UnsignedWide{first ^ kFirst} * (second ^ kSecond ^ (size * kFirst));
  return static_cast<std::size_t>(product ^ (product >> 64));
}

Dictionary::Slot& Dictionary::place_of(const Slot& wanted, std::size_t hash,
                                       std::string_view text) {
  const std::size_t mask = slots_.size() - 1;
  const auto is_other = [&](const Slot& slot) {
    if (slot.code_plus_one == 0) return false;
    return !slot.is_like(wanted) ||
           (wanted.size > kShort && texts_[slot.code_plus_one - 1] != text);
  };
  std::size_t at = hash & mask;
  while (is_other(slots_[at])) at = (at + 1) & mask;
  return slots_[at];
}

std::uint32_t Dictionary::code(Slot wanted, std::size_t hash, std::string_view text) {
  Slot& place = place_of(wanted, hash, text);
  if (place.code_plus_one != 0) return place.code_plus_one - 1;
  texts_.push_back(keep(text));
  wanted.code_plus_one = static_cast<std::uint32_t>(texts_.size());
  place = wanted;
  if (texts_.size() * 2 > slots_.size()) grow();
  return wanted.code_plus_one - 1;
}

std::uint32_t Dictionary::code(std::string_view text) {
  const Slot wanted = slot_of(text);
  return code(wanted, wanted.hash(), text);
}

void Dictionary::codes(std::span<const std::string_view> texts, std::uint32_t* codes) {
  struct Wanted {
    Slot slot;
    std::size_t hash = 0;
  };
  constexpr std::size_t kAhead = 16;
  std::array<Wanted, kAhead> ahead;
  for (std::size_t next = 0; next < texts.size() + kAhead; ++next) {
    Wanted& wanted = ahead[next % kAhead];
    if (next >= kAhead) codes[next - kAhead] = code(wanted.slot, wanted.hash, texts[next - kAhead]);
    if (next >= texts.size()) continue;
    wanted.slot = slot_of(texts[next]);
    wanted.hash = wanted.slot.hash();
    __builtin_prefetch(&slots_[wanted.hash & (slots_.size() - 1)]);
  }
}

void Dictionary::grow() {
  const std::vector<Slot> smaller = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : smaller) {
    if (slot.code_plus_one == 0) continue;
    place_of(slot, slot.hash(), texts_[slot.code_plus_one - 1]) = slot;
  }
}

std::string_view Dictionary::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > left_) {
    const std::size_t n_bytes = std::max(kPieceBytes, text.size());
    pieces_.push_back(std::make_unique<char[]>(n_bytes));
    left_ = n_bytes;
    piece_end_ = pieces_.back().get() + left_;
  }
  char* const place = piece_end_ - left_;
  std::memcpy(place, text.data(), text.size());
  left_ -= text.size();
  return {place, text.size()};
}

}  // namespace qd
