#include "core/capture/rsh/heading_guards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <vector>

namespace qd::capture::rsh {
namespace {

bool has(std::string_view text, std::string_view words) {
  return text.find(words) != std::string_view::npos;
}

template <std::size_t N>
bool has_one_of(std::string_view text, const std::string_view (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view one) { return has(text, one); });
}

std::string lower(std::string_view text) {
  std::string plain(text);
  for (char& letter : plain) {
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return plain;
}

// Numbers of four digits that begin with 20.
std::vector<int> years_in(std::string_view text) {
  std::vector<int> years;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", at), text.size());
    const std::string_view digits = text.substr(at, end - at);
    if (digits.size() == 4 && digits.starts_with("20"))
      years.push_back(std::stoi(std::string(digits)));
    at = end + 1;
  }
  return years;
}

}  // namespace

bool is_share(std::string_view heading) {
  static constexpr std::string_view kShares[] = {"proportion", "percentage", "per cent", "percent",
                                                 "%",          "average",    "median"};
  return has_one_of(heading, kShares);
}

bool is_published_share(std::string_view heading) {
  return has(heading, "proportion of") || has(heading, "percentage of");
}

bool is_several_answers(std::string_view heading) {
  static constexpr std::string_view kSeveral[] = {
      "very or fairly", "very and fairly", "very/fairly",       "very / fairly",
      "fairly or very", "fairly and very", "strongly agree or", "agree or strongly"};
  return has_one_of(heading, kSeveral);
}

bool is_negated(std::string_view heading) {
  static constexpr std::string_view kNegations[] = {" not ",   "without ", "failed",      "failing",
                                                    "overdue", "outside ", "unsuccessful"};
  return has_one_of(heading, kNegations);
}

bool is_of_other_tenure(std::string_view heading, std::string_view sheet) {
  for (const std::string_view tenure : {"LCRA", "LCHO", "Combined"}) {
    const std::string words = "(" + lower(tenure) + ")";
    if (has(heading, words) && !sheet.starts_with(tenure)) return true;
  }
  return false;
}

bool is_of_other_year(std::string_view heading, std::optional<int> start_year) {
  static constexpr std::string_view kEarlier[] = {"previous year", "prior year", "last year",
                                                  "year before"};
  if (has_one_of(heading, kEarlier)) return true;
  if (!start_year) return false;
  const int start = *start_year;
  if (has(heading, fmt::format("march {}", start))) return true;  // a day before the year began
  const auto years = years_in(heading);
  return std::any_of(years.begin(), years.end(),
                     [&](int year) { return year != start && year != start + 1; });
}

}  // namespace qd::capture::rsh
