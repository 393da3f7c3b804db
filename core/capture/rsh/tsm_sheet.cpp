#include "core/capture/rsh/tsm_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/tables/cells.hpp"
#include "core/tables/shipped_table.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture::rsh {
namespace {

// Lower case, without blanks: "TSM25_Management _Info" has one in places.
std::string compact(std::string_view name) {
  std::string plain;
  for (const char letter : name) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isspace(byte) == 0) plain += static_cast<char>(std::tolower(byte));
  }
  return plain;
}

std::string_view cell_text(const SheetRow& row, std::int64_t column) {
  const auto found = std::lower_bound(
      row.cells.begin(), row.cells.end(), column,
      [](const SheetCell& cell, std::int64_t wanted) { return cell.column < wanted; });
  return found == row.cells.end() || found->column != column ? std::string_view{}
                                                             : std::string_view{found->text};
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// "[X]": what the regulator writes where there is no figure.
std::optional<char> read_mark(std::string_view text) {
  if (text.size() != 3 || text.front() != '[' || text.back() != ']') return std::nullopt;
  const char mark = static_cast<char>(std::toupper(static_cast<unsigned char>(text[1])));
  constexpr std::string_view kMarks = "XZUES";
  return kMarks.find(mark) == std::string_view::npos ? std::nullopt : std::optional(mark);
}

std::optional<TsmFigure> parse_figure(std::string_view text) {
  if (text.empty()) return TsmFigure{};
  if (const auto mark = read_mark(text)) return TsmFigure{std::nullopt, *mark};
  if (const auto number = Number::parse_spreadsheet(text)) return TsmFigure{number, '\0'};
  return std::nullopt;
}

bool all_there(const TsmTally& tally) {
  return std::all_of(tally.counts.begin(), tally.counts.begin() + kScaleAnswers,
                     [](const TsmFigure& count) { return count.number.has_value(); });
}

Number sum(const TsmTally& tally, std::size_t n) {
  Number total;
  for (std::size_t i = 0; i < n; ++i) total.millionths += tally.counts[i].number->millionths;
  return total;
}

std::optional<std::string> quotient(std::int64_t multiplier, Number numerator, Number denominator) {
  if (denominator.millionths == 0) return std::nullopt;
  return Ratio(Wide{multiplier} * numerator.millionths, denominator.millionths).rounded(1);
}

}  // namespace

char TsmTally::mark() const {
  for (std::size_t i = 0; i < kScaleAnswers; ++i) {
    if (counts[i].mark != '\0') return counts[i].mark;
  }
  return '\0';
}

TsmSheetKind tsm_sheet_kind(std::string_view sheet) {
  using Block = TsmSheetKind::Block;
  const std::string name = compact(sheet);
  if (!name.starts_with("tsm")) return {};
  if (name.ends_with("_not_inc") || name.ends_with("_not_included")) return {Block::kNotIncluded};
  if (name.ends_with("_lcra_perception")) return {Block::kPerception, "LCRA"};
  if (name.ends_with("_lcho_perception")) return {Block::kPerception, "LCHO"};
  if (name.ends_with("_combined_perception")) return {Block::kPerception, "COMBINED"};
  if (name.ends_with("_management_info")) return {Block::kManagement};
  return {};
}

std::optional<int> tsm_start_year(std::string_view sheet_or_title) {
  const std::string name = compact(sheet_or_title);
  const std::size_t at = name.find("tsm");
  if (at == std::string::npos) return std::nullopt;
  std::string digits;
  for (std::size_t i = at + 3; i < name.size() && name[i] >= '0' && name[i] <= '9'; ++i) {
    digits += name[i];
  }
  if (digits.size() != 2 && digits.size() != 4) return std::nullopt;
  const int year = std::stoi(digits);
  return (digits.size() == 2 ? 2000 + year : year) - 1;
}

TsmSheet::TsmSheet(std::string file, std::string sheet, TsmSheetKind kind, Sink sink)
    : file_(std::move(file)),
      sheet_(std::move(sheet)),
      kind_(std::move(kind)),
      sink_(std::move(sink)),
      start_year_(tsm_start_year(sheet_)) {}

Result<void> TsmSheet::take(const SheetRow& row) {
  if (columns_) return take_landlord(row);
  if (!start_year_ && row.line == 1) start_year_ = tsm_start_year(row.cells.front().text);
  const bool headings = std::any_of(row.cells.begin(), row.cells.end(), [](const SheetCell& cell) {
    return read_tsm_heading(cell.text).role == TsmRole::kLandlordCode;
  });
  return headings ? take_headings(row) : Result<void>{};
}

Result<void> TsmSheet::take_headings(const SheetRow& row) {
  std::vector<std::string> notes;
  const bool perception = kind_.block == TsmSheetKind::Block::kPerception;
  auto columns = place_tsm_columns(sheet_, row, perception, notes);
  if (!columns) return fail(columns.error());
  columns_ = std::move(*columns);
  for (auto& note : notes) sink_.note(std::move(note));
  return {};
}

Result<void> TsmSheet::finish() const {
  if (columns_) return {};
  return fail(ErrorCode::kHeadingMissing,
              fmt::format("{} has no line with the heading 'Landlord code'", sheet_),
              "check that the workbook is the regulator's full data file");
}

Result<void> TsmSheet::take_landlord(const SheetRow& row) {
  faults_.clear();
  TsmLandlord landlord;
  landlord.line = row.line;
  landlord.code = trimmed(cell_text(row, columns_->code));
  landlord.name = trimmed(cell_text(row, columns_->name));
  const bool remark = landlord.code.empty() && row.cells.size() == 1;  // a note under the table
  if (remark) return {};
  check_code(row, landlord.code);
  if (landlord.name.empty()) {
    fault(row, columns_->name,
          {ErrorCode::kCellMissing, "the landlord has no name", "fill in the name"});
  }
  if (auto error = tables::overlong(landlord.name, kLongTextBytes)) {
    fault(row, columns_->name, std::move(*error));
  }
  for (const auto& at : columns_->measures) {
    landlord.measures.push_back({at.measure, at.tenure, read_figure(row, at.numerator),
                                 read_figure(row, at.denominator),
                                 read_published(row, at.published)});
  }
  if (kind_.block == TsmSheetKind::Block::kPerception) read_survey(row, landlord);
  if (faults_.empty()) return sink_.landlord(landlord);
  sink_.refused(std::move(faults_));
  return {};
}

void TsmSheet::check_code(const SheetRow& row, const std::string& code) {
  if (code.empty()) {
    return fault(row, columns_->code,
                 {ErrorCode::kCellMissing, "the line has no landlord code",
                  "fill in the code, or clear the line"});
  }
  if (auto error = tables::overlong(code, kKeyTextBytes)) {
    return fault(row, columns_->code, std::move(*error));
  }
  const auto [first, fresh] = lines_.emplace(code, row.line);
  if (fresh) return;
  fault(row, columns_->code,
        {ErrorCode::kRecordRepeated,
         fmt::format("landlord {} stands on line {} already", code, first->second),
         "keep one of the two lines"});
}

void TsmSheet::read_survey(const SheetRow& row, TsmLandlord& landlord) {
  landlord.measures.push_back({"SURVEY",
                               kind_.tenure,
                               read_figure(row, columns_->sample),
                               read_figure(row, columns_->population),
                               {}});
  read_tallies(row, landlord);
}

void TsmSheet::read_tallies(const SheetRow& row, TsmLandlord& landlord) {
  const bool weighted = read_weighted(row);
  std::optional<std::int64_t> overall;  // unweighted answers to TP01
  for (const auto& at : columns_->tallies) {
    TsmTally tally{at.measure, {}, read_published(row, at.published), weighted, {}};
    for (std::size_t i = 0; i < kTallyCounts; ++i) {
      if (at.counts[i] != kNoColumn) tally.counts[i] = read_figure(row, at.counts[i]);
    }
    const bool unweighted = at.measure.ends_with("_UNWEIGHTED");
    if (unweighted && !all_there(tally)) continue;  // given only by those who weighted
    if (unweighted) {
      tally.weighted = false;
      overall = sum(tally, kScaleAnswers).millionths / Number::kScale;
    }
    landlord.tallies.push_back(std::move(tally));
  }
  for (auto& tally : landlord.tallies) {
    if (tally.measure == "TP01" && tally.weighted) tally.responses = overall;
  }
}

bool TsmSheet::read_weighted(const SheetRow& row) {
  const std::string answer = compact(cell_text(row, columns_->weighted));
  if (answer != "yes" && answer != "no") {
    fault(row, columns_->weighted,
          {ErrorCode::kCellMalformed,
           fmt::format("'{}' is neither Yes nor No", text::shortened(answer)), "write Yes or No"});
  }
  return answer == "yes";
}

TsmFigure TsmSheet::read_figure(const SheetRow& row, std::int64_t column) {
  const auto text = trimmed(cell_text(row, column));
  const auto figure = parse_figure(text);
  if (!figure) {
    fault(row, column,
          {ErrorCode::kCellMalformed,
           fmt::format("'{}' is neither a number nor a mark", text::shortened(text)),
           "write a number, or [X], [Z], [U], [E] or [S]"});
    return {};
  }
  if (figure->number && figure->number->millionths < 0) {
    fault(row, column,
          {ErrorCode::kRuleBroken, fmt::format("{} is below zero", text),
           "counts are never negative"});
  }
  if (figure->number && *figure->number > Number::of(tables::kMostCounted)) {
    fault(row, column,
          {ErrorCode::kRuleBroken,
           fmt::format("{} is more than 1,000,000,000", text::shortened(text)),
           "check the number of digits"});
  }
  return *figure;
}

// A published figure is only compared with, so an odd one is a note and costs nothing.
TsmFigure TsmSheet::read_published(const SheetRow& row, std::int64_t column) {
  if (column == kNoColumn) return {};
  const auto text = trimmed(cell_text(row, column));
  if (const auto figure = parse_figure(text)) return *figure;
  sink_.note(
      fmt::format("{} line {} column {}: the published figure '{}' is neither a number nor "
                  "a mark; not compared",
                  sheet_, row.line, column_letters(column), text::shortened(text)));
  return {};
}

void TsmSheet::fault(const SheetRow& row, std::int64_t column, Error error) {
  faults_.push_back(
      {file_, sheet_, row.line, column, columns_->headings[column], std::move(error)});
}

std::optional<std::string> recompute(const TsmMeasure& measure) {
  if (!measure.numerator.number || !measure.denominator.number) return std::nullopt;
  const bool rate = measure.measure.starts_with("NM01") || measure.measure.starts_with("CH01");
  return quotient(rate ? 1000 : 100, *measure.numerator.number, *measure.denominator.number);
}

std::optional<std::string> recompute(const TsmTally& tally) {
  if (!all_there(tally)) return std::nullopt;
  return quotient(100, sum(tally, 2), sum(tally, kScaleAnswers));
}

}  // namespace qd::capture::rsh
