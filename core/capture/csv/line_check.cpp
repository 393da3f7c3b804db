#include "core/capture/csv/line_check.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/tables/shipped_tables.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture::csv {
namespace {

constexpr std::uint64_t kLineBits = 48;

std::string shape_text(std::size_t found, std::size_t expected) {
  return fmt::format("the line has {} cells and the headings are {}", found, expected);
}

Error padded_code(std::string_view text) {
  return {ErrorCode::kCellMalformed,
          fmt::format("'{}' begins or ends with a blank", text::shortened(text)),
          "remove the blank: codes are taken as they are written"};
}

bool padded(std::string_view text) {
  return !text.empty() && (text.front() == ' ' || text.back() == ' ');
}

}  // namespace

LineCheck::LineCheck(const TableSpec& table) : table_(&table), rules_(table), seen_(table) {}

Result<LineCheck> LineCheck::begin(ObservationStore& store, const TableSpec& table, Date today) {
  LineCheck check(table);
  for (const auto& column : table.columns) {
    if (column.references.empty() || check.known_.contains(column.references)) continue;
    const TableSpec* referred = tables::shipped_table(column.references);
    if (referred == nullptr) continue;
    auto keys = store.keys(*referred);
    if (!keys) return fail(keys.error());
    check.known_.emplace(column.references, std::move(*keys));
  }
  if (table.name == "areas") {
    auto places = capture::AreaPlaces::read(store);
    if (!places) return fail(places.error());
    check.places_ = std::move(*places);
  }
  if (table.name == "definitions") {
    auto versions = capture::DefinitionVersions::read(store, today);
    if (!versions) return fail(versions.error());
    check.versions_ = std::move(*versions);
  }
  return check;
}

const CheckedLine& LineCheck::check(const CsvFile& file, const CsvRecord& record) {
  line_.faults.clear();
  line_.notes.clear();
  line_.cells.assign(table_->columns.size(), tables::Cell{});
  if (record.fields.size() != file.columns.n_fields) {
    capture::Refusal refusal{file.name, {}, record.line, 0, {}, {}};
    refusal.error = {ErrorCode::kRowShape, shape_text(record.fields.size(), file.columns.n_fields),
                     "put texts with commas in quotation marks"};
    line_.faults.push_back(std::move(refusal));
    return line_;
  }
  read_cells(file, record);
  check_rules(file, record);
  if (line_.faults.empty()) check_before(file, record);
  if (line_.faults.empty()) check_repeated(file, record);
  if (line_.faults.empty()) remember();
  return line_;
}

void LineCheck::read_cells(const CsvFile& file, const CsvRecord& record) {
  for (std::size_t i = 0; i < table_->columns.size(); ++i) {
    const ColumnSpec& column = table_->columns[i];
    const std::size_t field = file.columns.of_table[i];
    if (field == CsvColumns::kAbsent) continue;
    const auto cell = tables::parse_cell(*table_, i, record.fields[field].text);
    if (!cell) {
      line_.faults.push_back(fault(file, record, i, cell.error()));
      continue;
    }
    const bool code = i < table_->n_key || !column.references.empty();
    auto wrong =
        code && padded(cell->text) ? padded_code(cell->text) : reference_error(column, *cell);
    if (wrong)
      line_.faults.push_back(fault(file, record, i, std::move(*wrong)));
    else
      line_.cells[i] = *cell;
  }
}

std::optional<Error> LineCheck::reference_error(const ColumnSpec& column,
                                                const tables::Cell& cell) const {
  const auto known = known_.find(column.references);
  if (known == known_.end() || !cell.present) return std::nullopt;
  if (known->second.contains(std::string(cell.text))) return std::nullopt;
  const bool own = column.references == table_->name;
  return Error{
      ErrorCode::kReferenceUnknown,
      fmt::format("'{}' is not known in {}", text::shortened(cell.text), column.references),
      own ? "put it on an earlier line: parents come before children"
          : fmt::format("import {} first", column.references)};
}

void LineCheck::check_rules(const CsvFile& file, const CsvRecord& record) {
  // A line with refused cells is not held to rules that need all of them.
  for (auto& broken : rules_.broken(line_.cells)) {
    const bool refused_already = !line_.faults.empty() && !line_.cells[broken.column].present;
    if (!refused_already) refuse(file, record, std::move(broken));
  }
  if (!line_.faults.empty()) return;
  for (const auto& note : rules_.notes(line_.cells)) {
    line_.notes.push_back(fmt::format("{} line {}: {}", file.name, record.line, note));
  }
}

void LineCheck::check_before(const CsvFile& file, const CsvRecord& record) {
  auto broken = places_     ? places_->broken(line_.cells)
                : versions_ ? versions_->broken(line_.cells)
                            : std::nullopt;
  if (broken) refuse(file, record, std::move(*broken));
}

void LineCheck::refuse(const CsvFile& file, const CsvRecord& record, tables::BrokenRule broken) {
  line_.faults.push_back(
      fault(file, record, broken.column,
            {ErrorCode::kRuleBroken, std::move(broken.reason), std::move(broken.hint)}));
}

void LineCheck::check_repeated(const CsvFile& file, const CsvRecord& record) {
  while (file_names_.size() <= file.number) file_names_.push_back(file.name);
  const std::uint64_t place = file.number << kLineBits | static_cast<std::uint64_t>(record.line);
  const auto first = seen_.meet(line_.cells, place);
  if (!first) return;
  const std::uint64_t line = *first & ((std::uint64_t{1} << kLineBits) - 1);
  const std::uint64_t number = *first >> kLineBits;
  const std::string where = number == file.number
                                ? fmt::format("on line {}", line)
                                : fmt::format("in {} on line {}", file_names_[number], line);
  capture::Refusal refusal = fault(file, record, 0, {});
  refusal.error = {ErrorCode::kRecordRepeated,
                   fmt::format("the same {} record stands {}", table_->name, where),
                   "keep one of the two lines"};
  line_.faults.push_back(std::move(refusal));
}

void LineCheck::remember() {
  const auto own = known_.find(table_->name);
  if (own != known_.end()) own->second.emplace(line_.cells[0].text);
  if (places_) places_->take(line_.cells);
}

capture::Refusal LineCheck::fault(const CsvFile& file, const CsvRecord& record, std::size_t column,
                                  Error error) const {
  capture::Refusal refusal{file.name,       {}, record.line, 0, table_->columns[column].name,
                           std::move(error)};
  const std::size_t field = file.columns.of_table[column];
  if (field == CsvColumns::kAbsent) return refusal;
  refusal.line = record.fields[field].line;
  refusal.column = static_cast<std::int64_t>(field) + 1;
  return refusal;
}

}  // namespace qd::capture::csv
