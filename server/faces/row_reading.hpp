// The rows behind a figure may be of one person: who reads them must be allowed to, says why, and
// it is written down before the rows are given.
#pragma once

#include <optional>
#include <string>

#include "core/compute/engine.hpp"
#include "core/ports/reading_log.hpp"

namespace qd::faces {

struct RowReader {
  std::string name;                   // as RecordReading has it
  bool may_read_records = false;      // has the scope `records`, or the database itself
  std::optional<std::string> reason;  // nullopt, or only blanks: no rows are asked for
  bool is_told_of_people = true;      // false: neither rows nor how many, whatever is asked for
};

// Takes the rows out of the explanation, unless its reader gets them; the counts stay. Gives why
// they are taken out, a sentence; empty: they are there. Errors: kScopeMissing (asks without being
// allowed), kParameterMalformed (a reason that is too long), and those of the log: then, too,
// nobody reads a row.
Result<std::string> hand_out_rows(compute::Explanation& explanation, const RowReader& reader,
                                  ReadingLog& log, Instant now);

}  // namespace qd::faces
