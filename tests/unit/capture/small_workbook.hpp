// Small workbooks for tests: well-formed ones by libxlsxwriter, hostile ones part by part.
#pragma once

#include <Poco/DateTime.h>
#include <Poco/Path.h>
#include <Poco/Zip/Compress.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace qd::test {

using Value = std::variant<std::monostate, double, std::string>;

struct SmallSheet {
  std::string name;
  std::vector<std::vector<Value>> rows;  // the first is line 1; empty values leave no cell
  bool hidden = false;
};

inline void write_workbook(const std::filesystem::path& file,
                           const std::vector<SmallSheet>& sheets) {
  lxw_workbook* workbook = workbook_new(file.c_str());
  for (const auto& sheet : sheets) {
    lxw_worksheet* page = workbook_add_worksheet(workbook, sheet.name.c_str());
    if (sheet.hidden) worksheet_hide(page);
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
      for (std::size_t column = 0; column < sheet.rows[row].size(); ++column) {
        const auto at_row = static_cast<lxw_row_t>(row);
        const auto at_column = static_cast<lxw_col_t>(column);
        const Value& value = sheet.rows[row][column];
        if (const auto* number = std::get_if<double>(&value)) {
          worksheet_write_number(page, at_row, at_column, *number, nullptr);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
          worksheet_write_string(page, at_row, at_column, text->c_str(), nullptr);
        }
      }
    }
  }
  workbook_close(workbook);
}

using Parts = std::vector<std::pair<std::string, std::string>>;

inline void write_zip(const std::filesystem::path& file, const Parts& parts) {
  std::ofstream out(file, std::ios::binary);
  Poco::Zip::Compress zip(out, true);
  for (const auto& [name, text] : parts) {
    std::istringstream in(text);
    zip.addFile(in, Poco::DateTime(2026, 1, 1), Poco::Path(name, Poco::Path::PATH_UNIX));
  }
  zip.close();
}

// The parts of a workbook with one sheet, whose XML is given.
inline Parts workbook_parts(const std::string& sheet_xml, const std::string& texts_xml = "<sst/>") {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const auto relations = [](const std::string& inside) {
    return "<Relationships>" + inside + "</Relationships>";
  };
  return {
      {"_rels/.rels", relations("<Relationship Id=\"r1\" Type=\"" + office +
                                "/officeDocument\" Target=\"xl/workbook.xml\"/>")},
      {"xl/workbook.xml", "<workbook xmlns:r=\"" + office +
                              "\"><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
                              "</workbook>"},
      {"xl/_rels/workbook.xml.rels",
       relations("<Relationship Id=\"r1\" Type=\"" + office +
                 "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" +
                 office + "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>")},
      {"xl/sharedStrings.xml", texts_xml},
      {"xl/worksheets/sheet1.xml", sheet_xml},
  };
}

// A folder that goes away with the test.
class TestFolder {
 public:
  explicit TestFolder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              ("quarterday-" + name + "-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace qd::test
