#include "core/render/text.hpp"

#include <algorithm>

namespace qd::render {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Bytes of the well-formed character at the beginning of `text`; 0 when there is none.
// Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
std::size_t character_size(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if (!continues(text[i])) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || beyond ? 0 : size;
}

bool is_control(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character[0]);
  return character.size() == 1 && (byte == 0x7F || (byte < 0x20 && byte != '\n'));
}

}  // namespace

std::size_t n_characters(std::string_view text) {
  std::size_t n = 0;
  for (const char byte : text) n += continues(byte) ? 0 : 1;
  return n;
}

std::string cell_text(std::string_view text, std::size_t longest) {
  std::string clean;
  std::size_t n = 0;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    const std::string_view character = size ? text.substr(0, size) : kReplacement;
    if (++n == longest && text.size() > (size ? size : 1)) return clean + "…";
    clean += is_control(character) ? std::string_view(" ") : character;
    text.remove_prefix(size ? size : 1);
  }
  return clean;
}

std::vector<std::string> fold(const std::string& text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (!lines.back().empty() && n_characters(lines.back()) + 1 + n_characters(word) > width) {
      lines.emplace_back();
    }
    lines.back() += (lines.back().empty() ? "" : " ") + word;
  }
  return lines;
}

}  // namespace qd::render
