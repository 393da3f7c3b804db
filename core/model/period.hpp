// Periods of the financial year that begins on 1 April.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/error.hpp"

namespace qd {

enum class Reading { kQuarter = 1, kYearToDate = 2, kYear = 3 };  // values of the seam

std::string_view to_text(Reading reading);  // "quarter", "ytd", "year"
std::optional<Reading> parse_reading(std::string_view text);

struct ReadingWindow {
  Reading reading;
  Date from, until;  // half-open
};

class Period {
 public:
  enum class Kind { kYear, kQuarter, kMonth };

  // "FY2026-27", "FY2026-27-Q3", "2026-11". Errors: kPeriodMalformed.
  static Result<Period> parse(std::string_view text);
  static Period year(int start_year);
  static Period quarter(int start_year, int quarter);  // quarter 1 to 4; 1 = April to June
  static Period quarter_of(Date date);

  Kind kind() const { return kind_; }
  int start_year() const { return start_year_; }  // 2026 for FY2026-27
  int quarter_number() const { return part_; }    // 1 to 4, quarters only
  Date from() const;
  Date until() const;  // the first day after it
  std::string id() const;

  // Quarter: quarter and ytd. Year: year. Month: none. A year is read at the year alone, so that no
  // sum over years counts one twice.
  std::vector<ReadingWindow> readings() const;
  // The year whose last quarter this is; nullopt: any other period.
  std::optional<Period> year_it_ends() const;

  Period previous() const;  // of the same kind
  Period next() const;
  Period year_before() const { return Period(kind_, start_year_ - 1, part_); }

  friend bool operator==(const Period&, const Period&) = default;

 private:
  Period(Kind kind, int start_year, int part) : kind_(kind), start_year_(start_year), part_(part) {}
  Kind kind_;
  int start_year_;  // months: the calendar year
  int part_;        // quarter 1 to 4, month 1 to 12, 0 for a year
};

}  // namespace qd
