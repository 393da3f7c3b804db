#include "core/text/text_rules.hpp"

#include <algorithm>

namespace qd::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

struct Shape {
  std::size_t length;
  unsigned char second_low, second_high;  // bounds of the second byte; the others are 80..BF
};

// By first byte, from table 3-7 of the Unicode standard. Length 0: no character begins so.
Shape shape_of(unsigned char first) {
  if (first >= 0x20 && first < 0x7F) return {1, 0, 0};
  if (first >= 0xC2 && first <= 0xDF) return {2, 0x80, 0xBF};
  if (first == 0xE0) return {3, 0xA0, 0xBF};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return {3, 0x80, 0xBF};
  if (first == 0xF0) return {4, 0x90, 0xBF};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  if (first >= 0xF1 && first <= 0xF3) return {4, 0x80, 0xBF};
  return {0, 0, 0};
}

// Bytes of the plain character at the front; 0 when there is none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const Shape shape = shape_of(byte(0));
  if (shape.length == 0 || shape.length > text.size()) return 0;
  if (shape.length == 1) return 1;
  if (byte(1) < shape.second_low || byte(1) > shape.second_high) return 0;
  if (byte(0) == 0xC2 && byte(1) < 0xA0) return 0;  // C1 control characters
  for (std::size_t i = 2; i < shape.length; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  return shape.length;
}

bool is_version_number(std::string_view text) {
  if (text.empty() || text.size() > 6 || (text.size() > 1 && text[0] == '0')) return false;
  return std::all_of(text.begin(), text.end(), is_digit);
}

bool is_version_suffix(std::string_view text) {
  const auto is_legal = [](char c) {
    return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '+';
  };
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), is_legal);
}

// Splits off what stands before the first separator; the whole text when there is none.
std::string_view split_front(std::string_view& text, char separator) {
  const auto at = std::min(text.find(separator), text.size());
  const auto front = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return front;
}

}  // namespace

bool is_plain_text(std::string_view text) {
  while (!text.empty()) {
    const auto length = character_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string plain_text(std::string_view text, std::size_t longest) {
  std::string plain;
  while (!text.empty()) {
    const auto length = character_length(text);
    if (plain.size() + std::max<std::size_t>(length, 1) > longest) break;
    plain += length == 0 ? std::string_view("?") : text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return plain;
}

bool is_name(std::string_view text) {
  const auto is_legal = [](char c) { return is_lower(c) || is_digit(c) || c == '_'; };
  return !text.empty() && text.size() <= 60 && is_lower(text[0]) &&
         std::all_of(text.begin(), text.end(), is_legal);
}

bool is_semantic_version(std::string_view text) {
  const auto edge = std::min(text.find_first_of("-+"), text.size());
  if (edge < text.size() && !is_version_suffix(text.substr(edge + 1))) return false;
  std::string_view numbers = text.substr(0, edge);
  if (std::count(numbers.begin(), numbers.end(), '.') != 2) return false;
  const auto major = split_front(numbers, '.');
  const auto minor = split_front(numbers, '.');
  return is_version_number(major) && is_version_number(minor) && is_version_number(numbers);
}

bool is_breakdown(std::string_view text) {
  if (text.size() > kLongestBreakdown || !is_plain_text(text)) return false;
  if (!text.empty() && text.back() == ';') return false;
  std::string_view previous;
  while (!text.empty()) {
    std::string_view value = split_front(text, ';');
    const auto key = split_front(value, '=');
    if (!is_name(key) || key <= previous) return false;
    if (value.empty() || value.find('=') != value.npos) return false;
    previous = key;
  }
  return true;
}

}  // namespace qd::text
