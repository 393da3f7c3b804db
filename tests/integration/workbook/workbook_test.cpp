// The workbook in the eyes of two independent readers: openpyxl, and LibreOffice.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "core/returns/sheets/sheets.hpp"
#include "tests/support/sample_return.hpp"

namespace qd {
namespace {

struct Ended {
  int status;
  std::string said;
};

Ended run(const std::string& command) {
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  std::string said;
  std::array<char, 4096> piece{};
  while (std::size_t n = std::fread(piece.data(), 1, piece.size(), pipe))
    said.append(piece.data(), n);
  return {::pclose(pipe), said};
}

// The system's python3 has the package; another one first in the path may not.
std::string python() {
  for (const char* candidate : {"/usr/bin/python3", "python3"}) {
    if (run(std::string(candidate) + " -c 'import openpyxl'").status == 0) return candidate;
  }
  return "python3";
}

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// One line a cell, as read_workbook.py wants it.
std::string expected_cells(const std::vector<render::Sheet>& sheets) {
  std::string lines;
  for (const render::Sheet& sheet : sheets) {
    for (std::size_t row = 0; row < sheet.table.rows.size(); ++row) {
      const auto& cells = sheet.table.rows[row].cells;
      for (std::size_t column = 0; column < cells.size(); ++column) {
        const auto* number = std::get_if<render::NumberCell>(&cells[column]);
        const auto* text = std::get_if<std::string>(&cells[column]);
        if (!number && !text) continue;
        lines += sheet.name + "\t" + std::to_string(row) + "\t" + std::to_string(column) +
                 (number ? "\tnumber\t" + number->text : "\ttext\t" + *text) + "\n";
      }
    }
  }
  return lines;
}

class Workbook : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "/quarterday-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    MemoryFactStore store;
    sample::fill(store);
    const auto built = returns::build_return({store, store, store}, sample::request());
    ASSERT_TRUE(built) << to_text(built.error());
    const auto contents = returns::content::gather({store, store, store}, sample::request());
    ASSERT_TRUE(contents);
    write(in("return.xlsx"), built->workbook);
    write(in("expected.tsv"), expected_cells(returns::sheets::sheets_of(*contents)));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string in(const std::string& name) const { return folder_ + "/" + name; }
  Ended read(const std::string& more = "") const {
    return run(python() + " " + QUARTERDAY_SOURCE_DIR +
               "/tests/integration/workbook/read_workbook.py " + in("return.xlsx") + " " +
               in("expected.tsv") + " " + more);
  }
  // A profile of its own: another LibreOffice may be running.
  Ended convert(const std::string& format) const {
    return run("soffice -env:UserInstallation=file://" + in("profile") +
               " --headless --convert-to '" + format + "' --outdir " + folder_ + " " +
               in("return.xlsx"));
  }

  std::string folder_;
};

TEST_F(Workbook, OpenpyxlReadsTheFiguresOfTheFactsInAccessibleSheets) {
  const Ended ended = read();
  EXPECT_EQ(ended.status, 0) << ended.said;
  std::cout << ended.said;
}

TEST_F(Workbook, LibreOfficeShowsTheFiguresOfTheFacts) {
  // Every sheet, cells as they are shown (tokens of the CSV filter: comma, quote, UTF-8, …, -1).
  const Ended converted =
      convert("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1");
  ASSERT_EQ(converted.status, 0) << converted.said;
  const Ended ended = read(folder_);
  EXPECT_EQ(ended.status, 0) << ended.said << converted.said;
  std::cout << ended.said;
}

TEST_F(Workbook, LibreOfficePrintsEverySheet) {
  const Ended converted = convert("pdf");
  ASSERT_EQ(converted.status, 0) << converted.said;
  const Ended text = run("pdftotext -layout " + in("return.pdf") + " -");
  ASSERT_EQ(text.status, 0) << text.said;
  for (const char* words :
       {"Quarterly return to the Executive", "Summary, page", "Involvement, page",
        "Existing PIs, page", "COPIs, page", "Definitions, page", "Notes, page",
        "Level 4: 12 persons", "Persons engaged at each level"}) {
    EXPECT_NE(text.said.find(words), std::string::npos) << words;
  }
}

}  // namespace
}  // namespace qd
