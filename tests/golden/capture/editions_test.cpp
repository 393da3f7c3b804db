// Every value that the regulator published, of every edition, out of the counts that were loaded.
// Where the published columns stand is written down in tests/golden/editions, by hand.
#include <gtest/gtest.h>

#include <iostream>
#include <set>

#include "core/capture/rsh/import_tsm.hpp"
#include "core/capture/rsh/tsm_records.hpp"
#include "core/text/whole_file.hpp"
#include "tests/golden/capture/figures.hpp"
#include "tests/unit/capture/kept_observations.hpp"

namespace qd::test {
namespace {

struct Edition {
  const char* file;
  const char* year;  // of its golden files
  int start_year;
  std::size_t cells;            // published
  std::size_t with_figures;     // whose counts give a figure that agrees
  std::size_t without_figures;  // a mark, or 0 for nothing, and no figure
  std::size_t not_reproduced;
};

constexpr Edition kEditionsKnown[] = {
    {"tsm2024.xlsx", "2023-24", 2023, 12'664, 9'928, 2'702, 34},
    {"tsm2025.xlsx", "2024-25", 2024, 12'689, 10'005, 2'684, 0},
};

constexpr std::size_t kMislabelledCells = 6'632;  // of 2023/24

std::string with_commas(std::size_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

// The page for people says what is counted below.
TEST(EditionsPage, SaysOfEachEditionWhatIsCounted) {
  const auto page = text::read_whole(std::filesystem::path(QUARTERDAY_SOURCE_DIR) /
                                     "docs/reference/rsh-editions.md");
  ASSERT_TRUE(page);
  for (const Edition& edition : kEditionsKnown) {
    const std::string row = "`" + std::string(edition.year) + ".toml` | " +
                            with_commas(edition.cells) + " | " + with_commas(edition.with_figures) +
                            " figures and " + with_commas(edition.without_figures) +
                            " without figures";
    EXPECT_NE(page->find(row), std::string::npos) << row;
    if (edition.not_reproduced == 0) continue;
    const std::string rest = "; " + std::to_string(edition.not_reproduced) + " cannot be";
    EXPECT_NE(page->find(row + rest), std::string::npos) << row + rest;
  }
  EXPECT_NE(page->find(with_commas(kMislabelledCells) + " cells stand in columns"),
            std::string::npos);
}

class Editions : public ::testing::TestWithParam<Edition> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFigures / GetParam().file)) {
      GTEST_SKIP() << "the regulator's workbook " << GetParam().file
                   << " is not beside the repository";
    }
  }

  std::filesystem::path golden(const std::string& what) const {
    return kEditions / (std::string(GetParam().year) + "." + what + ".csv");
  }
};

Ratio per(std::int64_t multiplier, std::int64_t numerator, std::int64_t denominator) {
  return {Wide{multiplier} * numerator, denominator};
}

// Of a stored row, as the family computes it; nullopt when there is no figure.
std::optional<std::string> figure(const std::string& measure, const Row& row, int decimals) {
  const auto number = [&](std::size_t at) {
    return row[at] ? std::optional(Number::parse(*row[at])->millionths) : std::nullopt;
  };
  std::int64_t numerator = 0, denominator = 0;
  if (measure.starts_with("TP")) {
    for (std::size_t i = 6; i < 11; ++i) {
      if (!number(i)) return std::nullopt;
      denominator += *number(i);
      if (i < 8) numerator += *number(i);
    }
  } else {
    if (!number(6) || !number(7)) return std::nullopt;
    numerator = *number(6);
    denominator = *number(7);
  }
  if (denominator == 0) return std::nullopt;
  const bool rate = measure.starts_with("NM01") || measure.starts_with("CH01");
  return per(rate ? 1000 : 100, numerator, denominator).rounded(decimals);
}

bool is_mark(const std::string& text) { return text.size() == 3 && text.front() == '['; }

// Lines below the first one that have a code in column B.
std::vector<std::int64_t> lines_of(KeptSheets& book, const std::string& sheet, std::int64_t first) {
  std::vector<std::int64_t> lines;
  for (const auto& one : book.kept()) {
    if (one.name != sheet) continue;
    for (const auto& row : one.rows) {
      const bool coded = row.cells.size() > 1 && row.cells[1].column == 2;
      if (row.line >= first && coded) lines.push_back(row.line);
    }
  }
  return lines;
}

struct Count {
  std::size_t cells = 0, with_figures = 0, without_figures = 0;
  std::set<std::string> not_reproduced;  // "sheet cell"
};

class Comparison {
 public:
  Comparison(KeptSheets& book, KeptObservations& store, int start_year)
      : book_(book), store_(store), start_year_(start_year) {}

  void compare(const Line& column) {
    const auto first = std::stoll(column.at("first_line"));
    for (const auto line : lines_of(book_, column.at("sheet"), first)) compare(column, line);
  }
  const Count& count() const { return count_; }

 private:
  void compare(const Line& column, std::int64_t line) {
    const auto& measure = column.at("measure");
    const auto published = book_.cell(column.at("sheet"), line, column.at("column"));
    const auto landlord = book_.cell(column.at("sheet"), line, "B");
    const auto where = column.at("sheet") + " " + column.at("column") + std::to_string(line);
    const auto& rows =
        store_.rows(measure.starts_with("TP") ? "survey_tallies" : "measure_observations");
    const auto found = rows.find({measure, "1", landlord, column.at("tenure"),
                                  std::to_string(start_year_) + "-04-01",
                                  std::to_string(start_year_ + 1) + "-04-01"});
    ++count_.cells;
    if (found == rows.end()) {
      count_.not_reproduced.insert(where);
      return;
    }
    const int decimals = std::stoi(column.at("decimals"));
    const auto given = figure(measure, found->second, decimals);
    if (given) {
      ++count_.with_figures;
      const auto number = Number::parse_spreadsheet(published);
      ASSERT_TRUE(number) << where << ' ' << published;
      EXPECT_EQ(*given, Ratio(number->millionths, Number::kScale).rounded(decimals)) << where;
      return;
    }
    ++count_.without_figures;
    EXPECT_EQ(published == "[E]", found->second.back() == "E") << where;
    EXPECT_TRUE(is_mark(published) || published == "0") << where << ' ' << published;
  }

  KeptSheets& book_;
  KeptObservations& store_;
  int start_year_;
  Count count_;
};

TEST_P(Editions, EveryPublishedValueIsReproducedOrItsCellIsListed) {
  const Edition& edition = GetParam();
  KeptObservations store;
  NoProgress progress;
  const auto report =
      capture::rsh::import_rsh_tsm(store, kFigures / edition.file, {}, FixedClock{}, progress);
  ASSERT_TRUE(report) << to_text(report.error());
  ASSERT_TRUE(report->committed);
  EXPECT_EQ(report->lines_refused, 0);
  auto book = KeptSheets::read(kFigures / edition.file);
  Comparison comparison(book, store, edition.start_year);
  for (const auto& column : read_lines(golden("published"))) comparison.compare(column);
  std::set<std::string> listed;
  if (edition.not_reproduced > 0) {
    for (const auto& line : read_lines(golden("not_reproduced"))) {
      listed.insert(line.at("sheet") + " " + line.at("cell"));
    }
  }
  const Count& count = comparison.count();
  std::cout << edition.year << ": " << count.cells << " published values, " << count.with_figures
            << " reproduced, " << count.without_figures << " without figures as published, "
            << count.not_reproduced.size() << " whose counts are rounded and do not give them\n";
  EXPECT_EQ(count.cells, edition.cells);
  EXPECT_EQ(count.with_figures, edition.with_figures);
  EXPECT_EQ(count.without_figures, edition.without_figures);
  EXPECT_EQ(count.not_reproduced, listed);
  EXPECT_EQ(listed.size(), edition.not_reproduced);
}

TEST_P(Editions, NoMeasureIsLeftOutWhole) {
  NoProgress progress;
  const auto shown = capture::rsh::show_tsm_layout(kFigures / GetParam().file, {}, progress);
  ASSERT_TRUE(shown) << to_text(shown.error());
  for (const auto& note : shown->notes)
    EXPECT_EQ(note.find("is left out"), std::string::npos) << note;
}

TEST_P(Editions, EveryHeadingIsPlacedAndNoneByItsPosition) {
  NoProgress progress;
  const auto shown = capture::rsh::show_tsm_layout(kFigures / GetParam().file, {}, progress);
  ASSERT_TRUE(shown) << to_text(shown.error());
  EXPECT_EQ(shown->year, GetParam().year);
  EXPECT_EQ(shown->edition, GetParam().year);
  std::map<std::string, std::size_t> columns;
  for (const auto& column : shown->columns) {
    ++columns[column.sheet.substr(6)];
    const auto what = column.sheet + ": " + column.heading;
    EXPECT_NE(column.how, capture::rsh::TsmHow::kNotPlaced) << what;
    EXPECT_NE(column.how, capture::rsh::TsmHow::kByPosition) << what;
    EXPECT_EQ(column.remark, "") << what;
  }
  EXPECT_EQ(columns.size(), 4u);
}

INSTANTIATE_TEST_SUITE_P(Tsm, Editions, ::testing::ValuesIn(kEditionsKnown),
                         [](const auto& tested) {
                           return "Of" + std::to_string(tested.param.start_year);
                         });

class Edition2024 : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFigures / "tsm2024.xlsx")) {
      GTEST_SKIP() << "the regulator's workbook tsm2024.xlsx is not beside the repository";
    }
  }
};

TEST_F(Edition2024, MislabelledColumnsHoldWhatTheListSays) {
  NoProgress progress;
  const auto shown = capture::rsh::show_tsm_layout(kFigures / "tsm2024.xlsx", {}, progress);
  ASSERT_TRUE(shown);
  std::map<std::pair<std::string, std::string>, const capture::rsh::PlacedColumn*> placed;
  for (const auto& column : shown->columns) {
    placed[{column.sheet, capture::workbook::column_letters(column.column)}] = &column;
  }
  std::size_t cells = 0;
  for (const auto& line : read_lines(kEditions / "2023-24.mislabelled.csv")) {
    const auto* column = placed[{line.at("sheet"), line.at("column")}];
    ASSERT_NE(column, nullptr) << line.at("column");
    EXPECT_EQ(capture::rsh::meaning_text(column->means), line.at("holds")) << line.at("heading");
    const auto& lines = line.at("lines");
    const auto dash = lines.find('-');
    cells += std::stoul(lines.substr(dash + 1)) - std::stoul(lines.substr(0, dash)) + 1;
  }
  EXPECT_EQ(cells, kMislabelledCells);
}

// What the program would make of an edition that nobody wrote a layout for.
TEST_F(Edition2024, WithoutItsLayoutItIsReadByWhatAllEditionsShareAndSaysSo) {
  auto book = KeptSheets::read(kFigures / "tsm2024.xlsx");
  std::vector<KeptSheet> sheets;
  for (auto& sheet : book.kept()) {
    if (!sheet.name.starts_with("TSM24")) continue;
    sheet.name = "TSM31" + sheet.name.substr(5);
    sheet.rows.front().cells.front().text = sheet.name;
    sheets.push_back(sheet);
  }
  KeptSheets unknown(std::move(sheets));
  KeptObservations store;
  NoProgress progress;
  const auto report =
      capture::rsh::import_tsm_sheets(store, {"unknown", ""}, unknown, {}, FixedClock{}, progress);
  ASSERT_TRUE(report) << to_text(report.error());
  const auto said = [&](const std::string& words) {
    return std::any_of(report->notes.begin(), report->notes.end(), [&](const std::string& note) {
      return note.find(words) != std::string::npos;
    });
  };
  EXPECT_TRUE(said("there is no layout for 2030-31"));
  EXPECT_TRUE(said("TSM31_LCRA_Perception column BV: 'Number of respondents who report that that"));
  EXPECT_TRUE(said("taken as TP07 very positive"));
  KeptObservations known;
  ASSERT_TRUE(
      capture::rsh::import_rsh_tsm(known, kFigures / "tsm2024.xlsx", {}, FixedClock{}, progress));
  std::size_t same = 0;
  for (const auto& [key, row] : store.rows("survey_tallies")) {
    auto there = key;
    there[4] = "2023-04-01";
    there[5] = "2024-04-01";
    ASSERT_TRUE(known.rows("survey_tallies").contains(there)) << key[0] << key[2];
    const Row& right = known.rows("survey_tallies").at(there);
    for (std::size_t i = 6; i < row.size(); ++i) {
      EXPECT_TRUE(!row[i] || row[i] == right[i]) << key[0] << ' ' << key[2] << ' ' << i;
    }
    ++same;
  }
  EXPECT_EQ(same, known.rows("survey_tallies").size());
}

}  // namespace
}  // namespace qd::test
