// One record of a CSV file against everything a table asks of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/capture/area_places.hpp"
#include "core/capture/csv/csv_columns.hpp"
#include "core/capture/csv/seen_keys.hpp"
#include "core/capture/definition_versions.hpp"
#include "core/capture/import.hpp"
#include "core/capture/level_caps.hpp"
#include "core/capture/references.hpp"
#include "core/tables/record_check.hpp"

namespace qd::capture::csv {

// A file of the load, as refusals name it.
struct CsvFile {
  std::string name;
  std::uint64_t number = 0;  // in the order they are read
  CsvColumns columns;
};

struct CheckedLine {
  std::vector<Cell> cells;  // of the table's columns, in order; texts lie in the record
  std::vector<capture::Refusal> faults;  // empty: the line is taken
  std::vector<std::string> notes;
};

// Remembers the keys of the lines it took, so that a second one is refused and later lines may
// refer to earlier ones. One thread.
class LineCheck {
 public:
  // Asks the store for the keys that columns refer to (shipped tables, or one of those declared),
  // where areas lie and what definitions mean. The table must outlive it. Errors:
  // kStoreUnavailable, kTableUnknown.
  static Result<LineCheck> begin(ObservationStore& store, const TableSpec& table, Date today,
                                 const capture::ImportOptions& options);

  // What all lines together are worth a look for; once, after the last.
  std::vector<std::string> closing_notes() const;

  // Valid until the next call.
  const CheckedLine& check(const CsvFile& file, const CsvRecord& record);

 private:
  LineCheck(const TableSpec& table, Date today, capture::References references);

  std::vector<tables::BrokenRule> read_cells(const CsvFile& file, const CsvRecord& record);
  void check_record(std::vector<tables::BrokenRule>& broken) const;
  void check_before(std::vector<tables::BrokenRule>& broken) const;
  void check_repeated(const CsvFile& file, const CsvRecord& record);
  void take(const CsvFile& file, const CsvRecord& record);
  capture::Refusal fault(const CsvFile& file, const CsvRecord& record,
                         tables::BrokenRule rule) const;

  const TableSpec* table_;
  tables::RecordCheck record_;
  capture::References references_;
  std::optional<capture::AreaPlaces> places_;            // of the table of areas only
  std::optional<capture::LevelCaps> caps_;               // of the table of memberships only
  std::optional<capture::DefinitionVersions> versions_;  // of the table of definitions only
  SeenKeys seen_;
  std::vector<std::string> file_names_;  // by number
  CheckedLine line_;
};

}  // namespace qd::capture::csv
