#include "orm/stores/text_codes.hpp"

#include <functional>
#include <utility>

namespace qd {

namespace {

std::uint16_t upper_bits(std::size_t hash) { return static_cast<std::uint16_t>(hash >> 48); }

}  // namespace

TextCodes::Slot& TextCodes::slot_for(std::string_view wanted, std::size_t hash) {
  const std::size_t mask = slots_.size() - 1;
  const auto is_other = [&](const Slot& slot) {
    return slot.code_plus_one != 0 && (slot.hash != upper_bits(hash) || text(slot) != wanted);
  };
  std::size_t at = hash & mask;
  while (is_other(slots_[at])) at = (at + 1) & mask;
  return slots_[at];
}

std::uint32_t TextCodes::code(std::string_view wanted) {
  const std::size_t hash = std::hash<std::string_view>{}(wanted);
  Slot& slot = slot_for(wanted, hash);
  if (slot.code_plus_one != 0) return slot.code_plus_one - 1;
  const std::uint32_t code = n_codes_++;
  slot = {texts_.size(), code + 1, static_cast<std::uint16_t>(wanted.size()), upper_bits(hash)};
  texts_ += wanted;
  new_.emplace_back(wanted);
  if (std::size_t{n_codes_} * 2 > slots_.size()) grow();
  return code;
}

void TextCodes::grow() {
  const std::vector<Slot> smaller = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : smaller) {
    if (slot.code_plus_one == 0) continue;
    slot_for(text(slot), std::hash<std::string_view>{}(text(slot))) = slot;
  }
}

std::vector<std::string> TextCodes::take_new() { return std::exchange(new_, {}); }

}  // namespace qd
