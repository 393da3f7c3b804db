#include "runner/text.hpp"

#include <algorithm>
#include <quarterday/exact.hpp>

namespace quarterday::runner {
namespace {

// Days since 1970-01-01 of a proleptic Gregorian date: years are counted from 1 March, so that the
// leap day is the last of its year.
qd_date days_of(int year, int month, int day) {
  const int shifted = month <= 2 ? year - 1 : year;
  const int era = shifted / 400;
  const int year_of_era = shifted - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

int days_in_month(int year, int month) {
  const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

std::optional<int> digits(std::string_view text, std::size_t from, std::size_t length) {
  if (text.size() < from + length) return std::nullopt;
  const auto value = detail::parse_digits(text.substr(from, length), length);
  if (!value) return std::nullopt;
  return static_cast<int>(*value);
}

qd_date start_of_quarter(int start_year, int quarter) {  // quarter 1 to 5; 5 is the next year's 1
  return quarter <= 3 ? days_of(start_year, 1 + 3 * quarter, 1)
                      : days_of(start_year + 1, 3 * quarter - 11, 1);
}

std::vector<qd_reading> readings_of_year(int start_year, std::optional<int> quarter) {
  const qd_date from = start_of_quarter(start_year, 1), until = start_of_quarter(start_year, 5);
  if (!quarter) return {{QD_YEAR, from, until}};
  const qd_date end = start_of_quarter(start_year, *quarter + 1);
  return {{QD_QUARTER, start_of_quarter(start_year, *quarter), end}, {QD_YEAR_TO_DATE, from, end}};
}

// "FY2026-27" and "FY2026-27-Q3".
std::vector<qd_reading> readings_of_id(std::string_view id, int line_number) {
  const auto year = digits(id, 2, 4), next = digits(id, 7, 2);
  const bool is_year =
      id.substr(0, 2) == "FY" && year && next && id[6] == '-' && (*year + 1) % 100 == *next;
  if (is_year && id.size() == 9) return readings_of_year(*year, std::nullopt);
  const auto quarter = digits(id, 11, 1);
  if (is_year && id.size() == 12 && id.substr(9, 2) == "-Q" && quarter && *quarter >= 1 &&
      *quarter <= 4)
    return readings_of_year(*year, quarter);
  throw CaseError(line_number, "'" + std::string(id) +
                                   "' is not a period: write FY2026-27, FY2026-27-Q3 or "
                                   "2026-04-01 .. 2026-07-01");
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" ,\t"), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += between;
    text += parts[i];
  }
  return text;
}

std::vector<std::string> split_csv(std::string_view line, int line_number) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
      fields.back() += line[++i];
    else if (c == '"' && (quoted || fields.back().empty()))
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  if (quoted) throw CaseError(line_number, "a quotation mark is not closed");
  return fields;
}

std::string csv_line(const std::vector<std::string>& fields) {
  std::vector<std::string> written;
  for (const std::string& field : fields) {
    if (field.find_first_of(",\"") == field.npos) {
      written.push_back(field);
      continue;
    }
    std::string quoted = "\"";
    for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    written.push_back(quoted + '"');
  }
  return joined(written, ",");
}

std::optional<qd_date> parse_date(std::string_view text) {
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (!year || !month || !day || *month < 1 || *month > 12) return std::nullopt;
  if (*day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  return days_of(*year, *month, *day);
}

std::string reading_text(std::int32_t kind) {
  return kind == QD_QUARTER ? "quarter" : kind == QD_YEAR_TO_DATE ? "ytd" : "year";
}

std::optional<std::int32_t> parse_reading(std::string_view text) {
  for (const std::int32_t kind : {QD_QUARTER, QD_YEAR_TO_DATE, QD_YEAR})
    if (reading_text(kind) == text) return kind;
  return std::nullopt;
}

std::vector<qd_reading> readings_of(std::string_view period, const std::vector<std::int32_t>& kinds,
                                    int line_number) {
  const auto dots = period.find("..");
  if (dots != period.npos) {
    const auto from = parse_date(trimmed(period.substr(0, dots)));
    const auto until = parse_date(trimmed(period.substr(dots + 2)));
    if (!from || !until || *from >= *until)
      throw CaseError(line_number, "write a period as 2026-04-01 .. 2026-07-01");
    return {{kinds.empty() ? QD_QUARTER : kinds.front(), *from, *until}};
  }
  auto readings = readings_of_id(period, line_number);
  const auto unwanted = [&](const qd_reading& reading) {
    return std::find(kinds.begin(), kinds.end(), reading.kind) == kinds.end();
  };
  if (!kinds.empty())
    readings.erase(std::remove_if(readings.begin(), readings.end(), unwanted), readings.end());
  if (readings.empty())
    throw CaseError(line_number, std::string(period) + " has none of the readings asked for");
  return readings;
}

}  // namespace quarterday::runner
