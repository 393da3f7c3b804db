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

bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

// Unicode's Bidi_Control.
bool turns_direction(char32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

// Whether a character that begins so may be hidden: most texts are passed by at once.
bool may_be_hidden(char byte) {
  const auto first = static_cast<unsigned char>(byte);
  return first < 0x20 || first == 0x7F || first == 0xC2 || first == 0xD8 || first == 0xE2;
}

bool is_hidden(char32_t code) { return is_control(code) || turns_direction(code); }

bool is_layout(char32_t code) { return code == '\t' || code == '\n' || code == '\r'; }

}  // namespace

bool is_hidden(std::string_view character) {
  auto at = character.begin();
  return is_hidden(static_cast<char32_t>(utf8::unchecked::next(at)));
}

std::optional<HiddenCharacter> find_hidden(std::string_view text) {
  for (auto at = std::find_if(text.begin(), text.end(), may_be_hidden); at != text.end();
       at = std::find_if(at, text.end(), may_be_hidden)) {
    const auto position = static_cast<std::size_t>(at - text.begin()) + 1;
    const auto code = static_cast<char32_t>(utf8::unchecked::next(at));
    if (is_hidden(code) && !is_layout(code)) return HiddenCharacter{position, code};
  }
  return std::nullopt;
}

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
