// One sheet of the regulator's workbook, landlord by landlord, as observations.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/capture/import.hpp"
#include "core/capture/rsh/tsm_columns.hpp"
#include "core/model/number.hpp"

namespace qd::capture::rsh {

// A cell of figures: a number, or the regulator's mark for why there is none.
struct TsmFigure {
  std::optional<Number> number;
  char mark = '\0';  // X, Z, U, E, S; '\0' with no number: the cell is empty
};

struct TsmMeasure {
  std::string measure, tenure;
  TsmFigure numerator, denominator;
  TsmFigure published;

  char mark() const { return numerator.mark != '\0' ? numerator.mark : denominator.mark; }
};

struct TsmTally {
  std::string measure;
  std::array<TsmFigure, kTallyCounts> counts;
  TsmFigure published;
  bool weighted = false;
  std::optional<std::int64_t> responses;  // unweighted answers on the scale

  // Why the answers are missing; a missing "not applicable" or filter alone does not hide a figure.
  char mark() const;
};

struct TsmLandlord {
  std::int64_t line = 0;
  std::string code, name;
  std::vector<TsmMeasure> measures;  // management measures, or the survey's sample as SURVEY
  std::vector<TsmTally> tallies;
};

// What a sheet is, by the end of its name.
struct TsmSheetKind {
  enum class Block { kPerception, kManagement, kNotIncluded, kOther } block = Block::kOther;
  std::string tenure = {};  // of perception sheets
};
TsmSheetKind tsm_sheet_kind(std::string_view sheet);

// 24 of "TSM25_LCRA_Perception": the reporting year began on 1 April 2024; nullopt when no year
// is named.
std::optional<int> tsm_start_year(std::string_view sheet_or_title);

// Reads the lines of one perception or management sheet; feed it the sheet's rows in order. Lines
// above the headings and blank lines are passed over. One thread.
class TsmSheet {
 public:
  struct Sink {
    std::function<Result<void>(const TsmLandlord&)> landlord;
    std::function<void(std::vector<capture::Refusal>)> refused;
    std::function<void(std::string)> note;
  };

  TsmSheet(std::string file, std::string sheet, TsmSheetKind kind, Sink sink);

  // Errors: kHeadingMissing, kHeadingUnknown, and those of the sink.
  Result<void> take(const SheetRow& row);
  // Errors: kHeadingMissing when there was no line of headings.
  Result<void> finish() const;

  std::optional<int> start_year() const { return start_year_; }

 private:
  Result<void> take_headings(const SheetRow& row);
  Result<void> take_landlord(const SheetRow& row);
  void read_survey(const SheetRow& row, TsmLandlord& landlord);
  void read_tallies(const SheetRow& row, TsmLandlord& landlord);
  TsmFigure read_figure(const SheetRow& row, std::int64_t column);
  TsmFigure read_published(const SheetRow& row, std::int64_t column);
  bool read_weighted(const SheetRow& row);
  void check_code(const SheetRow& row, const std::string& code);
  void fault(const SheetRow& row, std::int64_t column, Error error);

  std::string file_, sheet_;
  TsmSheetKind kind_;
  Sink sink_;
  std::optional<TsmColumns> columns_;
  std::optional<int> start_year_;
  std::map<std::string, std::int64_t> lines_;  // where a code was met
  std::vector<capture::Refusal> faults_;       // of the line being read
};

// 74.4 of 639.5 and 860.0 with multiplier 100: half-up on the exact quotient, one decimal, as the
// regulator publishes. nullopt when there is no quotient.
std::optional<std::string> recompute(const TsmMeasure& measure);
std::optional<std::string> recompute(const TsmTally& tally);

}  // namespace qd::capture::rsh
