// Any bytes after a heading line are lines that are taken or refused; lines never go backwards.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/capture/csv/csv_reader.hpp"
#include "core/capture/csv/line_check.hpp"
#include "core/tables/shipped_tables.hpp"
#include "tests/unit/capture/kept_observations.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qd;
  test::KeptObservations store;
  const TableSpec& table = *tables::shipped_table("measure_observations");
  auto check = capture::csv::LineCheck::begin(store, table, make_date(2026, 11, 1));
  capture::csv::CsvFile file{"fuzz.csv", 0, {}};
  for (std::size_t i = 0; i < table.columns.size(); ++i) file.columns.of_table.push_back(i);
  file.columns.n_fields = table.columns.size();
  std::int64_t last = 0;
  capture::csv::CsvReader reader(
      [&](const capture::csv::CsvRecord& record) {
        if (record.line <= last || record.fields.empty()) std::abort();
        last = record.line;
        (void)check->check(file, record);
      },
      [&](const capture::csv::BrokenCsv& broken) {
        if (broken.first_line <= last || broken.last_line < broken.first_line) std::abort();
        last = broken.last_line;
      });
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t half = size < 8 ? size : size / 2;
  reader.feed(text.substr(0, half));
  reader.feed(text.substr(half));
  reader.finish();
  return 0;
}
