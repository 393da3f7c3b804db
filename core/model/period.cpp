#include "core/model/period.hpp"

#include <fmt/format.h>

#include <charconv>

namespace qd {
namespace {

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-')
    return std::nullopt;
  return value;
}

std::string year_id(int start_year) {
  return fmt::format("FY{:04}-{:02}", start_year, (start_year + 1) % 100);
}

// "FY2026-27" -> 2026; the second half must be the year after.
std::optional<int> parse_year(std::string_view text) {
  if (text.size() != 9 || !text.starts_with("FY") || text[6] != '-') return std::nullopt;
  const auto start = whole_number(text.substr(2, 4));
  if (!start || year_id(*start) != text) return std::nullopt;
  return start;
}

Date quarter_start(int start_year, int quarter) {
  return quarter == 4 ? make_date(start_year + 1, 1, 1)
                      : make_date(start_year, static_cast<unsigned>(1 + 3 * quarter), 1);
}

}  // namespace

std::string_view to_text(Reading reading) {
  switch (reading) {
    case Reading::kQuarter:
      return "quarter";
    case Reading::kYearToDate:
      return "ytd";
    case Reading::kYear:
      return "year";
  }
  return "";
}

std::optional<Reading> parse_reading(std::string_view text) {
  for (const auto reading : {Reading::kQuarter, Reading::kYearToDate, Reading::kYear})
    if (to_text(reading) == text) return reading;
  return std::nullopt;
}

Result<Period> Period::parse(std::string_view text) {
  if (const auto start = parse_year(text)) return year(*start);
  if (text.size() == 12 && text.substr(9, 2) == "-Q" && text[11] >= '1' && text[11] <= '4')
    if (const auto start = parse_year(text.substr(0, 9))) return quarter(*start, text[11] - '0');
  if (const auto first = parse_date(std::string(text) + "-01"); first && text.size() == 7) {
    const std::chrono::year_month_day civil{*first};
    return Period{Kind::kMonth, static_cast<int>(civil.year()),
                  static_cast<int>(static_cast<unsigned>(civil.month()))};
  }
  return fail(ErrorCode::kPeriodMalformed, fmt::format("'{}' is not a period", text),
              "write a year as FY2026-27, a quarter as FY2026-27-Q3, a month as 2026-11");
}

Period Period::year(int start_year) { return {Kind::kYear, start_year, 0}; }

Period Period::quarter(int start_year, int quarter) {
  return {Kind::kQuarter, start_year, quarter};
}

Period Period::quarter_of(Date date) {
  const std::chrono::year_month_day civil{date};
  const int month = static_cast<int>(static_cast<unsigned>(civil.month()));
  const int calendar_year = static_cast<int>(civil.year());
  return month < 4 ? quarter(calendar_year - 1, 4) : quarter(calendar_year, (month - 1) / 3);
}

Date Period::from() const {
  switch (kind_) {
    case Kind::kYear:
      return quarter_start(start_year_, 1);
    case Kind::kQuarter:
      return quarter_start(start_year_, part_);
    case Kind::kMonth:
      return make_date(start_year_, static_cast<unsigned>(part_), 1);
  }
  return {};
}

Date Period::until() const { return next().from(); }

std::string Period::id() const {
  switch (kind_) {
    case Kind::kYear:
      return year_id(start_year_);
    case Kind::kQuarter:
      return fmt::format("{}-Q{}", year_id(start_year_), part_);
    case Kind::kMonth:
      return fmt::format("{:04}-{:02}", start_year_, part_);
  }
  return {};
}

std::vector<ReadingWindow> Period::readings() const {
  if (kind_ == Kind::kYear) return {{Reading::kYear, from(), until()}};
  if (kind_ == Kind::kMonth) return {};
  return {{Reading::kQuarter, from(), until()},
          {Reading::kYearToDate, quarter_start(start_year_, 1), until()}};
}

std::optional<Period> Period::year_it_ends() const {
  if (kind_ != Kind::kQuarter || part_ != 4) return std::nullopt;
  return year(start_year_);
}

Period Period::previous() const {
  if (kind_ == Kind::kYear) return year(start_year_ - 1);
  const int parts = kind_ == Kind::kQuarter ? 4 : 12;
  return part_ > 1 ? Period{kind_, start_year_, part_ - 1} : Period{kind_, start_year_ - 1, parts};
}

Period Period::next() const {
  if (kind_ == Kind::kYear) return year(start_year_ + 1);
  const int parts = kind_ == Kind::kQuarter ? 4 : 12;
  return part_ < parts ? Period{kind_, start_year_, part_ + 1} : Period{kind_, start_year_ + 1, 1};
}

}  // namespace qd
