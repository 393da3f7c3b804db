// One record of a CSV file against everything a table asks of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/capture/area_places.hpp"
#include "core/capture/csv/csv_columns.hpp"
#include "core/capture/csv/seen_keys.hpp"
#include "core/capture/definition_versions.hpp"
#include "core/capture/import.hpp"
#include "core/tables/table_rules.hpp"

namespace qd::capture::csv {

// A file of the load, as refusals name it.
struct CsvFile {
  std::string name;
  std::uint64_t number = 0;  // in the order they are read
  CsvColumns columns;
};

struct CheckedLine {
  std::vector<tables::Cell> cells;  // of the table's columns, in order; texts lie in the record
  std::vector<capture::Refusal> faults;  // empty: the line is taken
  std::vector<std::string> notes;
};

// Remembers the keys of the lines it took, so that a second one is refused and later lines may
// refer to earlier ones. One thread.
class LineCheck {
 public:
  // Asks the store for the keys that columns refer to, where areas lie, and what definitions mean.
  // Errors: kStoreUnavailable.
  static Result<LineCheck> begin(ObservationStore& store, const TableSpec& table, Date today);

  // Valid until the next call.
  const CheckedLine& check(const CsvFile& file, const CsvRecord& record);

 private:
  explicit LineCheck(const TableSpec& table);

  void read_cells(const CsvFile& file, const CsvRecord& record);
  std::optional<Error> reference_error(const ColumnSpec& column, const tables::Cell& cell) const;
  void check_rules(const CsvFile& file, const CsvRecord& record);
  void check_repeated(const CsvFile& file, const CsvRecord& record);
  void check_before(const CsvFile& file, const CsvRecord& record);
  void refuse(const CsvFile& file, const CsvRecord& record, tables::BrokenRule broken);
  void remember();
  capture::Refusal fault(const CsvFile& file, const CsvRecord& record, std::size_t column,
                         Error error) const;

  const TableSpec* table_;
  tables::TableRules rules_;
  std::optional<capture::AreaPlaces> places_;            // of the table of areas only
  std::optional<capture::DefinitionVersions> versions_;  // of the table of definitions only
  SeenKeys seen_;
  std::map<std::string, std::unordered_set<std::string>> known_;  // by table referred to
  std::vector<std::string> file_names_;                           // by number
  CheckedLine line_;
};

}  // namespace qd::capture::csv
