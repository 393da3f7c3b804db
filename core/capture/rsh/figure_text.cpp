#include "core/capture/rsh/figure_text.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>

#include "core/capture/rsh/plain_heading.hpp"

namespace qd::capture::rsh {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view text, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

bool is_digit(unsigned char letter) { return std::isdigit(letter) != 0; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// "[x]" is what the regulator writes where there is no figure, "[x]2" with a footnote.
std::optional<char> read_mark(std::string_view text) {
  const bool shaped = text.size() >= 3 && text[0] == '[' && text[2] == ']';
  const std::string_view footnote = shaped ? text.substr(3) : std::string_view{};
  if (!shaped || footnote.size() > 2 || !(footnote.empty() || all_digits(footnote))) {
    return std::nullopt;
  }
  const char mark = static_cast<char>(std::toupper(static_cast<unsigned char>(text[1])));
  constexpr std::string_view kMarks = "XZUES";
  return kMarks.find(mark) == std::string_view::npos ? std::nullopt : std::optional(mark);
}

// "1,234,567.5" without its commas; nullopt unless every group but the first has three digits.
std::optional<std::string> without_separators(std::string_view text) {
  const std::string_view whole = text.substr(0, text.find('.'));
  if (whole.find(',') == std::string_view::npos) return std::nullopt;
  std::string plain;
  for (std::size_t at = 0; at <= whole.size();) {
    const std::size_t end = std::min(whole.find(',', at), whole.size());
    const std::string_view group = whole.substr(at, end - at);
    const bool fits = at == 0 ? group.size() <= 3 : group.size() == 3;
    if (!fits || !all_digits(group)) return std::nullopt;
    plain += group;
    at = end + 1;
  }
  return plain + std::string(text.substr(whole.size()));
}

std::optional<Number> read_number(std::string_view text) {
  if (const auto number = Number::parse_spreadsheet(text)) return number;
  const auto plain = without_separators(text);
  return plain ? Number::parse_spreadsheet(*plain) : std::nullopt;
}

std::optional<FigureText> parse_plain(std::string_view text) {
  static constexpr std::string_view kNoFigure[] = {
      "n/a", "na", "n.a.", "#n/a", "not applicable", "not available", "no data", "-", "--", ".."};
  if (text.empty()) return FigureText{};
  if (const auto mark = read_mark(text)) return FigureText{{std::nullopt, *mark}, false};
  if (const auto number = read_number(text)) return FigureText{{number, '\0'}, false};
  return is_one_of(text, kNoFigure) ? std::optional(FigureText{{}, true}) : std::nullopt;
}

}  // namespace

std::optional<FigureText> parse_figure(std::string_view text) {
  return parse_plain(plain_words(text));
}

std::optional<FigureText> parse_published(std::string_view text) {
  std::string plain = plain_words(text);
  if (plain.size() > 1 && plain.back() == '%' && is_digit(static_cast<unsigned char>(plain[0]))) {
    plain = plain_words(std::string_view(plain).substr(0, plain.size() - 1));
  }
  return parse_plain(plain);
}

std::optional<bool> parse_weighted(std::string_view text) {
  static constexpr std::string_view kYes[] = {"yes", "y", "true", "weighted"};
  static constexpr std::string_view kNo[] = {"no", "n", "false", "unweighted"};
  const std::string plain = plain_words(text);
  if (is_one_of(plain, kYes)) return true;
  return is_one_of(plain, kNo) ? std::optional(false) : std::nullopt;
}

bool is_figure_mark(std::string_view text) { return read_mark(plain_words(text)).has_value(); }

}  // namespace qd::capture::rsh
