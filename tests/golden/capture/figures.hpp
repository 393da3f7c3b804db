// The regulator's own figures, beside the repository, and what tests say of them.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/capture/csv/csv_reader.hpp"
#include "core/capture/source_file.hpp"
#include "core/capture/workbook/workbook_reader.hpp"

namespace qd::test {

inline const std::filesystem::path kFigures =
    std::filesystem::path(QUARTERDAY_SOURCE_DIR) / ".." / "shared" / "data";

using Line = std::map<std::string, std::string>;

inline std::vector<Line> read_lines(const std::filesystem::path& file) {
  std::vector<Line> lines;
  std::vector<std::string> headings;
  capture::csv::CsvReader reader(
      [&](const capture::csv::CsvRecord& record) {
        if (headings.empty()) {
          for (const auto& field : record.fields) headings.push_back(field.text);
          return;
        }
        Line& line = lines.emplace_back();
        for (std::size_t i = 0; i < headings.size(); ++i) line[headings[i]] = record.fields[i].text;
      },
      [](const capture::csv::BrokenCsv& broken) { ADD_FAILURE() << broken.reason; });
  const auto read = capture::read_pieces(file, [&](std::string_view piece) -> Result<void> {
    reader.feed(piece);
    return {};
  });
  EXPECT_TRUE(read);
  reader.finish();
  return lines;
}

// In the repository: what is known of an edition, e.g. 2023-24.published.csv.
inline const std::filesystem::path kEditions =
    std::filesystem::path(QUARTERDAY_SOURCE_DIR) / "tests" / "golden" / "editions";

struct KeptSheet {
  std::string name;
  std::vector<capture::workbook::SheetRow> rows;
};

// A workbook in memory, for the same reading as a file.
class KeptSheets final : public capture::workbook::SheetSource {
 public:
  explicit KeptSheets(std::vector<KeptSheet> sheets) : kept_(std::move(sheets)) {
    for (const auto& sheet : kept_) names_.push_back(sheet.name);
  }

  static KeptSheets read(const std::filesystem::path& file) {
    auto workbook = capture::workbook::WorkbookReader::open(file);
    EXPECT_TRUE(workbook) << file;
    std::vector<KeptSheet> sheets;
    for (std::size_t i = 0; i < workbook->sheets().size(); ++i) {
      auto& sheet = sheets.emplace_back(KeptSheet{workbook->sheets()[i], {}});
      const auto read =
          workbook->read(i, [&](const capture::workbook::SheetRow& row) -> Result<void> {
            sheet.rows.push_back(row);
            return {};
          });
      EXPECT_TRUE(read);
    }
    return KeptSheets(std::move(sheets));
  }

  const std::vector<std::string>& sheets() const override { return names_; }
  Result<void> read(std::size_t sheet, const RowSink& sink) override {
    for (const auto& row : kept_[sheet].rows) {
      if (row.cells.empty()) continue;
      if (auto taken = sink(row); !taken) return taken;
    }
    return {};
  }
  std::vector<KeptSheet>& kept() { return kept_; }

  std::string cell(const std::string& sheet, std::int64_t line, const std::string& column) const {
    const std::int64_t number = capture::workbook::column_number(column);
    for (const auto& one : kept_) {
      for (const auto& row : one.rows) {
        if (one.name != sheet || row.line != line) continue;
        for (const auto& found : row.cells) {
          if (found.column == number) return found.text;
        }
      }
    }
    return {};
  }

 private:
  std::vector<KeptSheet> kept_;
  std::vector<std::string> names_;
};

}  // namespace qd::test
