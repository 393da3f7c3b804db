// Any file is a workbook or an error. Begin with a corpus of real, small workbooks.
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/capture/workbook/workbook_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qd;
  static const auto file = std::filesystem::temp_directory_path() /
                           ("quarterday-fuzz-" + std::to_string(::getpid()) + ".xlsx");
  std::ofstream(file, std::ios::binary | std::ios::trunc)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  auto workbook = capture::workbook::WorkbookReader::open(file);
  if (!workbook) return 0;
  for (std::size_t i = 0; i < workbook->sheets().size(); ++i) {
    (void)workbook->read(i, [](const capture::workbook::SheetRow&) -> Result<void> { return {}; });
  }
  return 0;
}
