#include "core/render/text.hpp"

#include <algorithm>

#include "core/text/text_check.hpp"

namespace qd::render {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_control(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character[0]);
  return character.size() == 1 && (byte == 0x7F || (byte < 0x20 && byte != '\n'));
}

}  // namespace

std::string cell_text(std::string_view text, std::size_t longest) {
  std::string clean;
  std::size_t n = 0;
  while (!text.empty()) {
    const std::size_t size = text::character_length(text);
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
    if (!lines.back().empty() &&
        text::n_characters(lines.back()) + 1 + text::n_characters(word) > width) {
      lines.emplace_back();
    }
    lines.back() += (lines.back().empty() ? "" : " ") + word;
  }
  return lines;
}

}  // namespace qd::render
