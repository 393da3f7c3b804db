#include "core/returns/content/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace qd::returns::content::words {
namespace {

constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};

struct YearMonth {
  int year;
  unsigned month;  // 1 to 12
};

YearMonth month_of(Date date) {
  const std::chrono::year_month_day day{date};
  return {static_cast<int>(day.year()), static_cast<unsigned>(day.month())};
}

YearMonth last_month(const Period& period) {
  return month_of(period.until() - std::chrono::days{1});
}

std::string_view short_month(unsigned month) {
  return std::string_view(kMonths[month - 1]).substr(0, 3);
}

using Pair = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
std::string looked_up(const std::array<Pair, N>& pairs, std::string_view key) {
  const auto found =
      std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) { return pair.first == key; });
  return std::string(found == pairs.end() ? key : found->second);
}

}  // namespace

std::string period(const Period& period) {
  const YearMonth first = month_of(period.from()), last = last_month(period);
  if (first.year == last.year) {
    return fmt::format("{} to {} {}", kMonths[first.month - 1], kMonths[last.month - 1], last.year);
  }
  return fmt::format("{} {} to {} {}", kMonths[first.month - 1], first.year,
                     kMonths[last.month - 1], last.year);
}

std::string year_label(const Period& period) {
  const int year = period.start_year();
  return fmt::format("{}/{:02}", year, (year + 1) % 100);
}

std::string short_period(const Period& period) {
  if (period.kind() == Period::Kind::kYear) return "Year " + year_label(period);
  const YearMonth last = last_month(period);
  return fmt::format("{} to {} {}", short_month(month_of(period.from()).month),
                     short_month(last.month), last.year);
}

std::string year_to_date(const Period& quarter) {
  const YearMonth last = last_month(quarter);
  const std::string first_year =
      last.year == quarter.start_year() ? "" : fmt::format(" {}", quarter.start_year());
  return fmt::format("Year to date, Apr{} to {} {}", first_year, short_month(last.month),
                     last.year);
}

std::string day(Date date) {
  const std::chrono::year_month_day day{date};
  return fmt::format("{} {} {}", static_cast<unsigned>(day.day()),
                     kMonths[static_cast<unsigned>(day.month()) - 1], static_cast<int>(day.year()));
}

std::string instant(Instant instant) {
  const Date date = std::chrono::floor<std::chrono::days>(instant);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(instant - date).count();
  return fmt::format("{}, {:02}:{:02} UTC", day(date), minutes / 60, minutes % 60);
}

std::string breakdown(std::string_view breakdown) {
  constexpr std::string_view kTenure = "tenure=";
  if (breakdown.starts_with(kTenure)) breakdown.remove_prefix(kTenure.size());
  std::string words;
  for (const char letter : breakdown) {
    if (letter == ';') {
      words += ", ";
    } else {
      words += letter == '=' ? ' ' : letter;
    }
  }
  return words;
}

std::string with_part(const std::string& subject, std::string_view breakdown) {
  return breakdown.empty() ? subject : subject + ", " + words::breakdown(breakdown);
}

std::string good_is(Polarity polarity) {
  switch (polarity) {
    case Polarity::kHigh:
      return "High";
    case Polarity::kLow:
      return "Low";
    case Polarity::kRange:
      return "In range";
    case Polarity::kNearest:
      return "Near target";
    case Polarity::kContext:
      break;
  }
  return "Context only";
}

std::string relation(std::string_view relation) {
  static constexpr std::array<Pair, 5> kRelations = {{{"EXPLAINS", "Explains"},
                                                      {"LOCALISES", "Shows locally"},
                                                      {"LEADS", "Moves before"},
                                                      {"CONTRASTS", "Contrasts with"},
                                                      {"GAP_FILLS", "Fills a gap in"}}};
  return looked_up(kRelations, relation);
}

std::string strength(int strength) {
  static constexpr std::array<const char*, 3> kWords = {"1 weak", "2 moderate", "3 strong"};
  if (strength < 1 || strength > 3) return std::to_string(strength);
  return kWords[static_cast<std::size_t>(strength) - 1];
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string range(double lower, double upper) {
  const auto end = [](double percent) {
    const std::string text = fmt::format("{:.1f}", percent);
    return text == "0.0" || text == "100.0" ? text.substr(0, text.size() - 2) : text;
  };
  return fmt::format("{} to {}", end(lower), end(upper));
}

std::string grouped(const std::string& decimal) {
  const std::size_t point = std::min(decimal.find('.'), decimal.size());
  const std::size_t first = decimal.starts_with('-') ? 1 : 0;
  std::string text = decimal;
  for (std::size_t at = point; at > first + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string counted(const std::string& decimal, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(decimal), decimal == "1" ? one : many);
}

}  // namespace qd::returns::content::words
