#include "core/capture/rsh/tsm_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/capture/rsh/figure_text.hpp"
#include "core/capture/rsh/tsm_records.hpp"
#include "core/capture/workbook/workbook_reader.hpp"
#include "core/tables/cells.hpp"
#include "core/tables/record_check.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture::rsh {
namespace {

// The rules of these records are the same in every year, and know no day.
constexpr int kAnyYear = 2024;
const Date kAnyDay = make_date(kAnyYear, 4, 1);

class LineReader {
 public:
  LineReader(const std::string& file, const TsmTable& table, const TsmColumns& columns)
      : file_(file),
        table_(table),
        columns_(columns),
        measure_rules_(measures_table(), kAnyDay),
        tally_rules_(tallies_table(), kAnyDay) {
    for (const auto& row : table_.rows) {
      standing_[std::string(trimmed(cell_text(row, columns_.code)))].push_back(row.line);
    }
  }

  void read(const SheetRow& row);
  TsmSheetLines take();

 private:
  TsmLandlord read_landlord(const SheetRow& row);
  void read_survey(const SheetRow& row, TsmLandlord& landlord);
  void read_tallies(const SheetRow& row, TsmLandlord& landlord);
  TsmFigure read_figure(const SheetRow& row, std::int64_t column);
  TsmFigure read_published(const SheetRow& row, std::int64_t column);
  std::optional<bool> read_weighted(const SheetRow& row);
  void check_code(const SheetRow& row, const std::string& code);
  void check_name(const SheetRow& row, const std::string& name);
  void hold_to_rules(const SheetRow& row, const TsmLandlord& landlord);
  // Of the sheet, for a column of the table.
  std::int64_t column_of(const TsmMeasure& measure, std::string_view name) const;
  std::int64_t column_of(const TsmTally& tally, std::string_view name) const;
  void fault(const SheetRow& row, std::int64_t column, Error error);
  void blame(const SheetRow& row, std::int64_t column, tables::BrokenRule broken);

  const std::string& file_;
  const TsmTable& table_;
  const TsmColumns& columns_;
  const tables::RecordCheck measure_rules_, tally_rules_;
  TsmSheetLines lines_;
  std::map<std::string, std::vector<std::int64_t>, std::less<>> standing_;  // lines of each code
  std::vector<capture::Refusal> faults_;  // of the line being read
  std::map<std::int64_t, std::pair<std::string, std::size_t>>
      in_words_;  // by column: first, how many
};

TsmSheetLines LineReader::take() {
  for (const auto& [column, words] : in_words_) {
    lines_.notes.push_back(
        fmt::format("{} column {}: '{}' and the like on {} lines: there is no figure", table_.name,
                    workbook::column_letters(column), text::shortened(words.first), words.second));
  }
  return std::move(lines_);
}

// A line of totals or medians is no landlord, whatever stands in it.
bool is_no_landlord(std::string_view code) {
  return !code.empty() && std::none_of(code.begin(), code.end(), [](unsigned char letter) {
    return std::isdigit(letter) != 0;
  });
}

void LineReader::read(const SheetRow& row) {
  faults_.clear();
  // Notes under the table stand in the first column alone.
  const auto code = trimmed(cell_text(row, columns_.code));
  if (code.empty() && row.cells.size() == 1) return;
  if (is_no_landlord(code)) {
    lines_.notes.push_back(
        fmt::format("{} line {}: '{}' is no code of a landlord; the line is left out", table_.name,
                    row.line, text::shortened(code)));
    return;
  }
  TsmLandlord landlord = read_landlord(row);
  if (faults_.empty()) return lines_.landlords.push_back(std::move(landlord));
  lines_.refused.push_back(std::move(faults_));
}

TsmLandlord LineReader::read_landlord(const SheetRow& row) {
  TsmLandlord landlord;
  landlord.line = row.line;
  landlord.code = trimmed(cell_text(row, columns_.code));
  landlord.name = trimmed(cell_text(row, columns_.name));
  check_code(row, landlord.code);
  if (columns_.name != kNoColumn) check_name(row, landlord.name);
  for (const auto& at : columns_.measures) {
    landlord.measures.push_back({at.measure, at.tenure, read_figure(row, at.numerator),
                                 read_figure(row, at.denominator),
                                 read_published(row, at.published)});
  }
  if (table_.kind.block == TsmSheetKind::Block::kPerception) read_survey(row, landlord);
  if (faults_.empty()) hold_to_rules(row, landlord);
  return landlord;
}

// The rules that every record of these tables is held to, whatever file it comes from.
void LineReader::hold_to_rules(const SheetRow& row, const TsmLandlord& landlord) {
  for (const auto& measure : landlord.measures) {
    const auto cells = cells_of({landlord.code, measure.tenure, kAnyYear}, measure);
    for (auto& broken : measure_rules_.broken(cells)) {
      const auto& name = measures_table().columns[broken.column].name;
      blame(row, column_of(measure, name), std::move(broken));
    }
  }
  for (const auto& tally : landlord.tallies) {
    const auto cells = cells_of({landlord.code, table_.kind.tenure, kAnyYear}, tally);
    for (auto& broken : tally_rules_.broken(cells)) {
      const auto& name = tallies_table().columns[broken.column].name;
      blame(row, column_of(tally, name), std::move(broken));
    }
  }
}

std::int64_t LineReader::column_of(const TsmMeasure& measure, std::string_view name) const {
  const bool numerator = name == "numerator";
  if (measure.measure == "SURVEY") return numerator ? columns_.sample : columns_.population;
  for (const auto& at : columns_.measures) {
    if (at.measure != measure.measure || at.tenure != measure.tenure) continue;
    return numerator ? at.numerator : at.denominator;
  }
  return kNoColumn;
}

std::int64_t LineReader::column_of(const TsmTally& tally, std::string_view name) const {
  const std::size_t count =
      tallies_table().index_of(name) - tallies_table().index_of("very_positive");
  for (const auto& at : columns_.tallies) {
    if (at.measure == tally.measure && count < kTallyCounts) return at.counts[count];
  }
  return kNoColumn;
}

void LineReader::check_name(const SheetRow& row, const std::string& name) {
  if (name.empty()) {
    fault(row, columns_.name,
          {ErrorCode::kCellMissing, "the landlord has no name", "fill in the name"});
  }
  if (auto error = tables::overlong(name, kLongTextBytes)) {
    fault(row, columns_.name, std::move(*error));
  }
}

void LineReader::check_code(const SheetRow& row, const std::string& code) {
  if (code.empty()) {
    return fault(row, columns_.code,
                 {ErrorCode::kCellMissing, "the line has no landlord code",
                  "fill in the code, or clear the line"});
  }
  if (auto error = tables::overlong(code, kKeyTextBytes)) {
    return fault(row, columns_.code, std::move(*error));
  }
  // Nothing says which of them holds: a landlord's homes may be split over several lines.
  const auto& lines = standing_.at(code);
  if (lines.size() == 1) return;
  fault(row, columns_.code,
        {ErrorCode::kRecordRepeated,
         fmt::format("landlord {} stands on line {} as well", code,
                     lines.front() == row.line ? lines[1] : lines.front()),
         "keep one line of a landlord"});
}

void LineReader::read_survey(const SheetRow& row, TsmLandlord& landlord) {
  if (columns_.sample != kNoColumn && columns_.population != kNoColumn) {
    landlord.measures.push_back({"SURVEY",
                                 table_.kind.tenure,
                                 read_figure(row, columns_.sample),
                                 read_figure(row, columns_.population),
                                 {}});
  }
  read_tallies(row, landlord);
}

void LineReader::read_tallies(const SheetRow& row, TsmLandlord& landlord) {
  const auto weighted = read_weighted(row);
  for (const auto& at : columns_.tallies) {
    TsmTally tally{at.measure, {}, read_published(row, at.published), weighted, {}};
    for (std::size_t i = 0; i < kTallyCounts; ++i) {
      if (at.counts[i] != kNoColumn) tally.counts[i] = read_figure(row, at.counts[i]);
    }
    const bool unweighted = at.measure.ends_with("_UNWEIGHTED");
    if (unweighted && !tally.all_there()) continue;  // given only by those who weighted
    if (unweighted) tally.weighted = false;
    landlord.tallies.push_back(std::move(tally));
  }
}

// Nothing, or a mark instead of an answer, says nothing, and costs nothing.
std::optional<bool> LineReader::read_weighted(const SheetRow& row) {
  if (columns_.weighted == kNoColumn) return std::nullopt;
  const auto answer = trimmed(cell_text(row, columns_.weighted));
  const auto weighted = parse_weighted(answer);
  if (weighted || answer.empty() || is_figure_mark(answer)) return weighted;
  fault(row, columns_.weighted,
        {ErrorCode::kCellMalformed,
         fmt::format("'{}' is neither Yes nor No", text::shortened(answer)), "write Yes or No"});
  return std::nullopt;
}

TsmFigure LineReader::read_figure(const SheetRow& row, std::int64_t column) {
  const auto text = trimmed(cell_text(row, column));
  const auto figure = parse_figure(text);
  if (!figure) {
    fault(row, column,
          {ErrorCode::kCellMalformed,
           fmt::format("'{}' is neither a number nor a mark", text::shortened(text)),
           "write a number, or [X], [Z], [U], [E] or [S]"});
    return {};
  }
  if (figure->in_words) ++in_words_.try_emplace(column, text, 0).first->second.second;
  if (figure->figure.number && figure->figure.number->millionths < 0) {
    fault(row, column,
          {ErrorCode::kRuleBroken, fmt::format("{} is below zero", text),
           "counts are never negative"});
  }
  return figure->figure;
}

// A published figure is only compared with, so an odd one is a note and costs nothing.
TsmFigure LineReader::read_published(const SheetRow& row, std::int64_t column) {
  if (column == kNoColumn) return {};
  const auto text = trimmed(cell_text(row, column));
  if (const auto published = parse_published(text)) return published->figure;
  lines_.notes.push_back(
      fmt::format("{} line {} column {}: the published figure '{}' is neither a number nor "
                  "a mark; not compared",
                  table_.name, row.line, workbook::column_letters(column), text::shortened(text)));
  return {};
}

void LineReader::fault(const SheetRow& row, std::int64_t column, Error error) {
  faults_.push_back(
      {file_, table_.name, row.line, column, columns_.heading(column), std::move(error)});
}

void LineReader::blame(const SheetRow& row, std::int64_t column, tables::BrokenRule broken) {
  fault(row, column, {broken.code, std::move(broken.reason), std::move(broken.hint)});
  faults_.back().cause = std::move(broken.cause);
}

}  // namespace

TsmSheetLines read_tsm_lines(const std::string& file, const TsmTable& table,
                             const TsmColumns& columns) {
  LineReader reader(file, table, columns);
  for (const auto& row : table.rows) reader.read(row);
  return reader.take();
}

}  // namespace qd::capture::rsh
