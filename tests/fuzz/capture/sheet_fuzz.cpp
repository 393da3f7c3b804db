// Any XML is a sheet's rows, in order and with cells in order, or an error.
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "core/capture/workbook/sheet_xml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qd;
  std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
  const std::vector<std::string> texts = {"a", "b"};
  std::int64_t last = 0;
  const capture::workbook::WorkbookReader::RowSink sink =
      [&](const capture::workbook::SheetRow& row) -> Result<void> {
    if (row.line <= last || row.cells.empty()) std::abort();
    last = row.line;
    std::int64_t column = 0;
    for (const auto& cell : row.cells) {
      if (cell.column <= column || cell.text.empty()) std::abort();
      column = cell.column;
    }
    return {};
  };
  capture::workbook::SheetHandler handler(texts, sink);
  (void)capture::workbook::parse_xml(in, handler);
  return 0;
}
