// Copies of the regulator's workbooks with columns moved, dropped and doubled, headings reworded
// and digits broken: each figure is right, or absent with its reason; none is wrong.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include "core/capture/rsh/tsm_workbook.hpp"
#include "tests/golden/capture/figures.hpp"
#include "tests/unit/capture/small_workbook.hpp"

namespace qd::test {
namespace {

using capture::rsh::TsmWorkbook;
using capture::workbook::SheetCell;
using capture::workbook::SheetRow;

Result<TsmWorkbook> understood(capture::workbook::SheetSource& sheets) {
  NoProgress progress;
  return capture::rsh::understand(sheets, "copy.xlsx", std::nullopt, progress);
}

// What a figure is told apart by: sheet, landlord, measure, tenure.
using Key = std::array<std::string, 4>;
struct Figure {
  std::optional<std::string> shown;  // one decimal; nullopt: none
  std::vector<std::optional<std::int64_t>> parts;
};
using Figures = std::map<Key, Figure>;

std::optional<std::int64_t> part(const capture::rsh::TsmFigure& figure) {
  return figure.number ? std::optional(figure.number->millionths) : std::nullopt;
}

template <class One>
Figure figure_of(const One& one, std::vector<std::optional<std::int64_t>> parts) {
  const auto ratio = recompute(one);
  return {ratio ? std::optional(ratio->rounded(1)) : std::nullopt, std::move(parts)};
}

Figures figures_of(const TsmWorkbook& book) {
  Figures figures;
  for (const auto& sheet : book.sheets) {
    for (const auto& landlord : sheet.lines.landlords) {
      for (const auto& one : landlord.measures) {
        figures[{sheet.name, landlord.code, one.measure, one.tenure}] =
            figure_of(one, {part(one.numerator), part(one.denominator)});
      }
      for (const auto& one : landlord.tallies) {
        std::vector<std::optional<std::int64_t>> parts;
        for (const auto& count : one.counts) parts.push_back(part(count));
        figures[{sheet.name, landlord.code, one.measure, sheet.kind.tenure}] =
            figure_of(one, std::move(parts));
      }
    }
  }
  return figures;
}

bool is_of_figures(const KeptSheet& sheet) {
  const auto block = capture::rsh::tsm_sheet_kind(sheet.name).block;
  return block == capture::rsh::TsmSheetKind::Block::kPerception ||
         block == capture::rsh::TsmSheetKind::Block::kManagement;
}

// One copy, changed by a seed. Values are changed only where the published figure can tell.
class Copy {
 public:
  Copy(std::vector<KeptSheet> sheets, unsigned seed) : sheets_(std::move(sheets)), dice_(seed) {
    for (auto& sheet : sheets_) {
      if (is_of_figures(sheet)) change(sheet);
    }
  }
  std::vector<KeptSheet> take() { return std::move(sheets_); }

 private:
  std::size_t roll(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(dice_);
  }

  SheetRow& headings_of(KeptSheet& sheet) const { return sheet.rows[headings_]; }

  // The headings stay where they are, whatever becomes of their words.
  void find_headings(const KeptSheet& sheet) {
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
      for (const auto& cell : sheet.rows[i].cells) {
        if (cell.text == "Landlord code") headings_ = i;
      }
    }
  }

  void change(KeptSheet& sheet) {
    find_headings(sheet);
    for (std::size_t n = roll(4); n > 0; --n) drop(sheet, column(sheet));
    for (std::size_t n = roll(4); n > 0; --n) twice(sheet, column(sheet));
    for (std::size_t n = roll(5); n > 0; --n) reword(heading(sheet));
    for (std::size_t n = roll(5); n > 0; --n) break_digit(heading(sheet));
    for (std::size_t n = roll(3); n > 0; --n) spoil(sheet);
    if (roll(3) > 0) permute(sheet);
  }

  std::int64_t column(KeptSheet& sheet) {
    const auto& cells = headings_of(sheet).cells;
    return cells[roll(cells.size())].column;
  }
  std::string& heading(KeptSheet& sheet) {
    auto& cells = headings_of(sheet).cells;
    return cells[roll(cells.size())].text;
  }

  static void drop(KeptSheet& sheet, std::int64_t column) {
    for (auto& row : sheet.rows) {
      std::erase_if(row.cells, [&](const SheetCell& cell) { return cell.column == column; });
    }
  }

  // Whether a wrong value under this heading could be told by what is published.
  static bool is_heard(std::string_view heading) {
    constexpr std::string_view kUnheard[] = {"not applicable",   "repair to their home",
                                             "made a complaint", "live in a building",
                                             "population",       "sample"};
    return std::none_of(std::begin(kUnheard), std::end(kUnheard), [&](std::string_view words) {
      return heading.find(words) != std::string_view::npos;
    });
  }

  // In half of the cases with one value that differs.
  void twice(KeptSheet& sheet, std::int64_t column) {
    const auto& cells = headings_of(sheet).cells;
    const std::int64_t last = cells.back().column + 1;
    const std::size_t odd = roll(2 * sheet.rows.size());
    const bool heard = is_heard(capture::rsh::cell_text(headings_of(sheet), column));
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
      const auto text = std::string(capture::rsh::cell_text(sheet.rows[i], column));
      if (text.empty()) continue;
      std::erase_if(sheet.rows[i].cells,
                    [&](const SheetCell& cell) { return cell.column >= last; });
      const bool number = text.find_first_not_of("0123456789.") == std::string::npos && heard;
      sheet.rows[i].cells.push_back({last, i == odd && number ? text + "1" : text});
    }
  }

  void reword(std::string& heading) {
    static const std::vector<std::pair<std::string, std::string>> kWords = {
        {"very ", ""},
        {"satisfied", "content"},
        {"fairly", "quite"},
        {"respondents", "tenants"},
        {"landlord", "provider"},
        {"Number of", "How many"},
        {"very", "fairly"},
        {"Numerator", "Denominator"},
        {"LCRA", "LCHO"},
        {"Proportion", "Share"},
        {"(TP", "TP"},
        {"home", "building"},
        {"satisfied", "dissatisfied"},
        {" ", "  "},
        {"complaints", "grievances"},
    };
    if (roll(4) == 0) {  // a word less
      const auto from = heading.find(' ', roll(heading.size()));
      if (from != std::string::npos) heading.erase(from, heading.find(' ', from + 1) - from);
      return;
    }
    const auto& [from, to] = kWords[roll(kWords.size())];
    if (const auto at = heading.find(from); at != std::string::npos)
      heading.replace(at, from.size(), to);
    if (heading.empty()) heading = "-";
  }

  // Of a code or a footnote: another, one more, one less.
  void break_digit(std::string& heading) {
    std::vector<std::size_t> digits;
    for (std::size_t i = 0; i < heading.size(); ++i) {
      if (std::isdigit(static_cast<unsigned char>(heading[i])) != 0) digits.push_back(i);
    }
    const char digit = static_cast<char>('0' + roll(10));
    if (digits.empty()) {
      heading += digit;
      return;
    }
    const std::size_t at = digits[roll(digits.size())];
    switch (roll(4)) {
      case 0:
        heading.erase(at, 1);
        return;
      case 1:
        heading.insert(at, 1, digit);
        return;
      default:
        heading[at] = digit;
    }
  }

  // A digit of a value: a letter, or of a published or counted value another digit.
  void spoil(KeptSheet& sheet) {
    auto& row = sheet.rows[roll(sheet.rows.size())];
    if (row.line <= headings_of(sheet).line || row.cells.size() < 20) return;
    auto& text = row.cells[20 + roll(row.cells.size() - 20)].text;
    const auto at = text.find_first_of("0123456789");
    if (at != std::string::npos) text[at] = 'O';
  }

  void permute(KeptSheet& sheet) {
    const auto last = headings_of(sheet).cells.back().column;
    std::vector<std::int64_t> to(static_cast<std::size_t>(last) + 1);
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = static_cast<std::int64_t>(i);
    std::shuffle(to.begin() + 1, to.end(), dice_);
    for (auto& row : sheet.rows) {
      if (row.line < headings_of(sheet).line) continue;
      for (auto& cell : row.cells) {
        if (cell.column <= last) cell.column = to[static_cast<std::size_t>(cell.column)];
      }
    }
    for (auto& row : sheet.rows) {
      std::sort(row.cells.begin(), row.cells.end(),
                [](const SheetCell& a, const SheetCell& b) { return a.column < b.column; });
    }
  }

  std::vector<KeptSheet> sheets_;
  std::mt19937 dice_;
  std::size_t headings_ = 0;  // of the sheet being changed
};

// The sheets with at most so many lines of landlords, other ones for another seed.
std::vector<KeptSheet> thinned(const std::vector<KeptSheet>& sheets, std::size_t lines,
                               unsigned seed) {
  std::vector<KeptSheet> thin;
  for (const auto& sheet : sheets) {
    auto& copy = thin.emplace_back(KeptSheet{sheet.name, {}});
    const std::size_t step = std::max<std::size_t>(1, sheet.rows.size() / lines);
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
      if (i < 12 || i % step == seed % step) copy.rows.push_back(sheet.rows[i]);
    }
  }
  return thin;
}

// Whether something is said that explains why a figure is not there.
bool is_explained(const TsmWorkbook& book, const Key& key) {
  const auto& [name, landlord, measure, tenure] = key;
  for (const auto& note : book.notes) {
    const bool of_sheet = note.starts_with(name);
    if (note.starts_with("nothing of the sheet " + name)) return true;
    if (of_sheet && note.find(measure) != std::string::npos &&
        note.find("left out") != std::string::npos) {
      return true;
    }
  }
  return std::any_of(book.sheets.begin(), book.sheets.end(), [&](const auto& sheet) {
    return sheet.name == name && !sheet.lines.refused.empty();
  });
}

struct Tally {
  std::size_t right = 0, absent = 0;
};

void compare(const Figures& truth, const TsmWorkbook& book, Tally& tally, const std::string& seed) {
  const Figures found = figures_of(book);
  for (const auto& [key, figure] : found) {
    const std::string where = seed + ": " + key[0] + ' ' + key[1] + ' ' + key[2] + ' ' + key[3];
    const auto right = truth.find(key);
    ASSERT_NE(right, truth.end()) << where;
    EXPECT_TRUE(!figure.shown || figure.shown == right->second.shown) << where;
    ASSERT_EQ(figure.parts.size(), right->second.parts.size());
    // What makes a figure is held by the figure: a column that differs only where its numerator is
    // 0 gives what was published. What makes none must be right by itself.
    const std::size_t held = key[2] == "SURVEY" ? 0 : key[2].starts_with("TP") ? 5 : 2;
    for (std::size_t i = held; i < figure.parts.size(); ++i) {
      EXPECT_TRUE(!figure.parts[i] || figure.parts[i] == right->second.parts[i])
          << where << " part " << i;
    }
    ++tally.right;
  }
  for (const auto& [key, figure] : truth) {
    if (found.contains(key)) continue;
    ++tally.absent;
    ASSERT_TRUE(is_explained(book, key))
        << seed << ": " << key[0] << ' ' << key[1] << ' ' << key[2];
  }
}

class MutatedWorkbooks : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFigures / GetParam())) {
      GTEST_SKIP() << "the regulator's workbook " << GetParam() << " is not beside the repository";
    }
  }
};

// A quick look at every run of the tests; the slow ones ask for 500.
unsigned copies_wanted() {
  const char* wanted = std::getenv("QUARTERDAY_COPIES");
  return wanted == nullptr ? 40 : static_cast<unsigned>(std::stoul(wanted));
}

TEST_P(MutatedWorkbooks, EachFigureIsRightOrAbsentWithItsReasonNoneIsWrong) {
  const unsigned copies = copies_wanted();
  auto original = KeptSheets::read(kFigures / GetParam());
  Tally tally;
  std::size_t refused = 0;
  for (unsigned seed = 1; seed <= copies; ++seed) {
    auto thin = thinned(original.kept(), 30, seed);
    KeptSheets right(thin);
    const auto truth = understood(right);
    ASSERT_TRUE(truth) << to_text(truth.error());
    KeptSheets changed(Copy(std::move(thin), seed).take());
    const auto book = understood(changed);
    if (!book) {
      ++refused;
      continue;
    }
    compare(figures_of(*truth), *book, tally, "seed " + std::to_string(seed));
    if (HasFailure()) return;
  }
  std::cout << GetParam() << ": " << copies << " copies, " << tally.right << " figures right, "
            << tally.absent << " absent with a reason, " << refused << " copies refused\n";
  EXPECT_LT(refused, 5u);
  EXPECT_GT(tally.right, 4 * tally.absent);  // one column more or less does not cost the workbook
}

// The whole way: a few copies written as real workbooks.
TEST_P(MutatedWorkbooks, TheSameHoldsOfRealFiles) {
  auto original = KeptSheets::read(kFigures / GetParam());
  const auto truth = understood(original);
  ASSERT_TRUE(truth);
  TestFolder folder("mutated");
  Tally tally;
  for (unsigned seed = 1001; seed <= 1003; ++seed) {
    std::vector<SmallSheet> small;
    for (const auto& sheet : Copy(original.kept(), seed).take()) {
      auto& page = small.emplace_back(SmallSheet{sheet.name, {}});
      for (const auto& row : sheet.rows) {
        page.rows.resize(static_cast<std::size_t>(row.line));
        for (const auto& cell : row.cells) {
          auto& values = page.rows.back();
          if (values.size() < static_cast<std::size_t>(cell.column)) {
            values.resize(static_cast<std::size_t>(cell.column));
          }
          values.back() = cell.text;
        }
      }
    }
    write_workbook(folder / "copy.xlsx", small);
    auto workbook = capture::workbook::WorkbookReader::open(folder / "copy.xlsx");
    ASSERT_TRUE(workbook);
    const auto book = understood(*workbook);
    ASSERT_TRUE(book) << to_text(book.error());
    compare(figures_of(*truth), *book, tally, "seed " + std::to_string(seed));
  }
  EXPECT_GT(tally.right, 4 * tally.absent);
}

INSTANTIATE_TEST_SUITE_P(Tsm, MutatedWorkbooks, ::testing::Values("tsm2024.xlsx", "tsm2025.xlsx"),
                         [](const auto& tested) { return std::string(tested.param).substr(0, 7); });

}  // namespace
}  // namespace qd::test
