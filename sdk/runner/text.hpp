// Text of a case file: CSV lines, dates, periods. Errors are CaseError with the line.
#pragma once

#include <quarterday/plugin.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace quarterday::runner {

// What is wrong with a case file or with what was asked; caught once, in check.cpp and main.cpp.
struct CaseError : std::runtime_error {
  explicit CaseError(const std::string& sentence) : std::runtime_error(sentence) {}
  CaseError(int line, const std::string& sentence)
      : std::runtime_error("line " + std::to_string(line) + ": " + sentence) {}
};

std::string_view trimmed(std::string_view text);
std::vector<std::string> split_words(std::string_view text);  // at blanks and commas
std::string joined(const std::vector<std::string>& parts, std::string_view between);

// RFC 4180, within one line: a quote inside a quoted field is doubled.
std::vector<std::string> split_csv(std::string_view line, int line_number);
std::string csv_line(const std::vector<std::string>& fields);

// "2026-04-01"; nullopt for anything else, also for days that do not exist.
std::optional<qd_date> parse_date(std::string_view text);

// "quarter", "ytd", "year".
std::string reading_text(std::int32_t kind);
std::optional<std::int32_t> parse_reading(std::string_view text);

// The readings of "FY2026-27-Q3" (quarter and ytd) or "FY2026-27" (year).
// "2026-04-01 .. 2026-07-01" is one reading, a quarter unless `kinds` names another; else `kinds`
// says which to keep (empty: all).
std::vector<qd_reading> readings_of(std::string_view period, const std::vector<std::int32_t>& kinds,
                                    int line_number);

}  // namespace quarterday::runner
