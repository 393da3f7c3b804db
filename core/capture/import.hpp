// Files in, observations out: every refused line is reported, nothing is lost.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/table.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/observation_store.hpp"
#include "core/ports/progress.hpp"

namespace qd::capture {

// A line that was not taken, or a heading that could not be placed.
struct Refusal {
  std::string file;
  std::string sheet;        // workbooks only
  std::int64_t line = 0;    // 1 = first line of the file or sheet
  std::int64_t column = 0;  // 1 = first column; 0: the line as a whole
  std::string heading;      // name of that column
  Error error;
  std::string cause = {};  // the error without the value in it; empty: its message
};

// All lines that were refused for the same reason: a file in the wrong order is one of them, not
// ten thousand.
struct RefusalCause {
  static constexpr std::size_t kMostPlaces = 5;
  struct Place {
    std::string file;
    std::string sheet;
    std::int64_t line = 0;
  };

  ErrorCode code{};
  std::string heading;        // of the column; empty: the line as a whole
  std::string cause;          // "person is not known in persons"
  std::string hint;           // of the first of them
  std::int64_t lines = 0;     // that have it, also beyond those whose refusals are kept
  std::vector<Place> places;  // the first of them, up to kMostPlaces
};

struct ImportOptions {
  bool dry_run = false;  // everything is read and checked, nothing is kept
  bool good_lines =
      false;  // false: all or nothing; true: refused lines are left out, the rest kept
  std::vector<TableSpec> declared = {};  // by families: tables that columns may refer to
  std::map<std::string, std::string> declared_codes = {};  // of indicators; by which family
  // Told each refusal as it is met, also those that are too many for the report; may be empty.
  std::function<void(const Refusal&)> each_refusal = {};
};

struct ImportReport {
  std::int64_t lines_read = 0;  // without headings and blank lines
  std::int64_t lines_refused = 0;
  std::vector<std::pair<std::string, LoadCounts>> tables;
  std::vector<Refusal> refusals;     // the first 10,000
  std::vector<RefusalCause> causes;  // of all of them, in the order in which they were first met
  std::vector<std::string> notes;    // worth a look, yet taken: unplaced headings, odd totals
  bool committed = false;            // false after a dry run, or all-or-nothing with refusals
};

}  // namespace qd::capture
