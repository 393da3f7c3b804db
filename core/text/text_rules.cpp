#include "core/text/text_rules.hpp"

#include <algorithm>

#include "core/text/text_check.hpp"

namespace qd::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// Bytes of the plain character at the front; 0 when there is none.
std::size_t plain_length(std::string_view text) {
  const auto length = character_length(text);
  return length > 0 && is_hidden(text.substr(0, length)) ? 0 : length;
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
    const auto length = plain_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string plain_text(std::string_view text, std::size_t longest) {
  std::string plain;
  while (!text.empty()) {
    const auto length = plain_length(text);
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
