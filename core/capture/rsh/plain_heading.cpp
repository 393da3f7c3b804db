#include "core/capture/rsh/plain_heading.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace qd::capture::rsh {
namespace {

// Characters that look like others, or like nothing at all.
struct Lookalike {
  std::string_view bytes, plain;
};
constexpr Lookalike kLookalikes[] = {
    {"\xC2\xA0", " "},      // no-break space
    {"\xC2\xAD", ""},       // soft hyphen
    {"\xE2\x80\x8B", ""},   // zero-width space
    {"\xE2\x80\x8C", ""},   // zero-width non-joiner
    {"\xE2\x80\x8D", ""},   // zero-width joiner
    {"\xEF\xBB\xBF", ""},   // zero-width no-break space
    {"\xE2\x80\xAF", " "},  // narrow no-break space
    {"\xE2\x80\x98", "'"},  // quotation marks
    {"\xE2\x80\x99", "'"},  {"\xE2\x80\x9C", "\""},
    {"\xE2\x80\x9D", "\""}, {"\xE2\x80\x91", "-"},  // no-break hyphen
    {"\xE2\x80\x93", "-"},                          // dashes
    {"\xE2\x80\x94", "-"},
};

bool is_ascii(char letter) { return static_cast<unsigned char>(letter) < 0x80; }

// Every cell of a workbook passes here: nearly all are digits, and no lookalike begins with ASCII.
std::string without_lookalikes(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_ascii)) return std::string(text);
  std::string plain;
  while (!text.empty()) {
    const auto* found = std::find_if(std::begin(kLookalikes), std::end(kLookalikes),
                                     [&](const Lookalike& l) { return text.starts_with(l.bytes); });
    if (found == std::end(kLookalikes)) {
      plain += text.front();
      text.remove_prefix(1);
    } else {
      plain += found->plain;
      text.remove_prefix(found->bytes.size());
    }
  }
  return plain;
}

std::string single_blanks(std::string_view text) {
  std::string plain;
  for (const char letter : text) {
    const bool blank = std::isspace(static_cast<unsigned char>(letter)) != 0;
    if (blank && (plain.empty() || plain.back() == ' ')) continue;
    plain += blank ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  if (!plain.empty() && plain.back() == ' ') plain.pop_back();
  return plain;
}

// Longer numbers are years.
bool has_long_number(std::string_view text) {
  std::size_t digits = 0;
  for (const char letter : text) {
    digits = std::isdigit(static_cast<unsigned char>(letter)) != 0 ? digits + 1 : 0;
    if (digits > 2) return true;
  }
  return false;
}

// "(rp01)5", "size2,3" and "(bs05 numerator) 5" carry footnotes; "characteristic 1" does not, and
// "(tp01) 2024" names a year.
std::string without_footnotes(std::string text) {
  const std::size_t last = text.find_last_not_of("0123456789, ");
  if (last == std::string::npos || last + 1 == text.size()) return text;
  if (has_long_number(std::string_view(text).substr(last + 1))) return text;
  const bool apart = text[last + 1] == ' ' && text[last] != ')';
  return apart ? text : text.substr(0, last + 1);
}

}  // namespace

std::string plain_words(std::string_view text) { return single_blanks(without_lookalikes(text)); }

std::string plain_heading(std::string_view heading) {
  return without_footnotes(plain_words(heading));
}

}  // namespace qd::capture::rsh
