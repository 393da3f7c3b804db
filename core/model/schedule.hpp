// When a return is due: data, not code.
#pragma once

#include <string>

namespace qd {

struct Schedule {
  std::string id;  // "executive-quarterly"
  std::string title;
  std::string audience;                      // "Executive": who receives it
  std::string cadence;                       // "quarter" | "year"
  int working_day = 15;                      // the n-th working day after the end of the period
  int minute_of_day = 8 * 60;                // local time, Europe/London
  std::string first_period;                  // earlier periods are not owed
  std::string catch_up = "until_delivered";  // | "latest_only" | "never"
  bool paused = false;
  std::string pause_reason;

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

}  // namespace qd
