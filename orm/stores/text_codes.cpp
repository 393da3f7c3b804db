#include "orm/stores/text_codes.hpp"

#include <functional>

namespace qd {

std::uint32_t TextCodes::code(std::string_view wanted) {
  const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>{}(wanted));
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].code_plus_one != 0; at = (at + 1) & mask) {
    const std::uint32_t code = slots_[at].code_plus_one - 1;
    if (slots_[at].hash == hash && text(code) == wanted) return code;
  }
  const auto code = static_cast<std::uint32_t>(places_.size());
  places_.push_back({texts_.size(), wanted.size()});
  texts_ += wanted;
  slots_[at] = {hash, code + 1};
  if (places_.size() * 2 > slots_.size()) grow();
  return code;
}

void TextCodes::grow() {
  std::vector<Slot> larger(slots_.size() * 4);
  const std::size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.code_plus_one == 0) continue;
    std::size_t at = slot.hash & mask;
    while (larger[at].code_plus_one != 0) at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

std::vector<std::string> TextCodes::take_new() {
  std::vector<std::string> fresh;
  fresh.reserve(places_.size() - n_taken_);
  for (; n_taken_ < places_.size(); ++n_taken_) {
    fresh.emplace_back(text(static_cast<std::uint32_t>(n_taken_)));
  }
  return fresh;
}

}  // namespace qd
