#include "core/text/text_check.hpp"

#include <utf8.h>

#include <algorithm>

namespace qd::text {
namespace {

constexpr std::size_t kLongestCharacter = 4;  // bytes

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Of the first byte that is no part of a well-formed character; the text's size: there is none.
std::size_t first_malformed(std::string_view text) {
  return static_cast<std::size_t>(utf8::find_invalid(text.begin(), text.end()) - text.begin());
}

}  // namespace

bool is_utf8(std::string_view text) { return first_malformed(text) == text.size(); }

std::size_t character_length(std::string_view text) {
  const auto front = text.substr(0, kLongestCharacter);
  if (first_malformed(front) == 0) return 0;
  auto after = front.begin();
  utf8::unchecked::next(after);
  return static_cast<std::size_t>(after - front.begin());
}

std::size_t n_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !continues(byte); }));
}

std::optional<BadByte> find_bad_byte(std::string_view text) {
  const auto at = std::min({text.find('\0'), first_malformed(text), text.size()});
  if (at == text.size()) return std::nullopt;
  return BadByte{at + 1, static_cast<unsigned char>(text[at])};
}

std::string shortened(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  std::size_t end = limit;
  while (end > 0 && continues(text[end])) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace qd::text
