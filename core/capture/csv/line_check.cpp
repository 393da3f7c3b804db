#include "core/capture/csv/line_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace qd::capture::csv {
namespace {

constexpr std::uint64_t kLineBits = 48;

Error shape_error(std::size_t found, std::size_t expected) {
  return {ErrorCode::kRowShape,
          fmt::format("the line has {} cells and the headings are {}", found, expected),
          "put texts with commas in quotation marks"};
}

bool blames(const std::vector<tables::BrokenRule>& broken, std::size_t column) {
  return std::any_of(broken.begin(), broken.end(),
                     [&](const auto& rule) { return rule.column == column; });
}

}  // namespace

LineCheck::LineCheck(const TableSpec& table, Date today, capture::References references)
    : table_(&table), record_(table, today), references_(std::move(references)), seen_(table) {}

Result<LineCheck> LineCheck::begin(ObservationStore& store, const TableSpec& table, Date today,
                                   const capture::ImportOptions& options) {
  auto references = capture::References::read(store, table, options.declared);
  if (!references) return fail(references.error());
  LineCheck check(table, today, std::move(*references));
  if (!table.family.empty()) return check;
  if (table.name == "areas") {
    auto places = capture::AreaPlaces::read(store);
    if (!places) return fail(places.error());
    check.places_ = std::move(*places);
  }
  if (table.name == "memberships") {
    auto caps = capture::LevelCaps::read(store);
    if (!caps) return fail(caps.error());
    check.caps_ = std::move(*caps);
  }
  if (table.name == "definitions") {
    auto versions = capture::DefinitionVersions::read(store, today, options.declared_codes);
    if (!versions) return fail(versions.error());
    check.versions_ = std::move(*versions);
  }
  return check;
}

const CheckedLine& LineCheck::check(const CsvFile& file, const CsvRecord& record) {
  line_.faults.clear();
  line_.notes.clear();
  line_.cells.assign(table_->columns.size(), Cell{});
  if (record.fields.size() != file.columns.n_fields) {
    capture::Refusal refusal{file.name, {}, record.line, 0, {}, {}, {}};
    refusal.error = shape_error(record.fields.size(), file.columns.n_fields);
    refusal.cause = "the line has not as many cells as the headings";
    line_.faults.push_back(std::move(refusal));
    return line_;
  }
  auto broken = read_cells(file, record);
  check_record(broken);
  if (broken.empty()) check_before(broken);
  for (auto& rule : broken) line_.faults.push_back(fault(file, record, std::move(rule)));
  if (line_.faults.empty()) check_repeated(file, record);
  if (line_.faults.empty()) take(file, record);
  return line_;
}

std::vector<tables::BrokenRule> LineCheck::read_cells(const CsvFile& file,
                                                      const CsvRecord& record) {
  std::vector<tables::BrokenRule> broken;
  for (std::size_t at = 0; at < table_->columns.size(); ++at) {
    const std::size_t field = file.columns.of_table[at];
    if (field == CsvColumns::kAbsent) continue;
    auto cell = tables::parse_cell(*table_, at, record.fields[field].text);
    line_.cells[at] = cell ? *cell : Cell::unreadable();
    if (!cell) broken.push_back(std::move(cell.error()));
  }
  return broken;
}

void LineCheck::check_record(std::vector<tables::BrokenRule>& broken) const {
  for (auto& rule : record_.broken(line_.cells)) broken.push_back(std::move(rule));
  for (std::size_t at = 0; at < table_->columns.size(); ++at) {
    auto rule = references_.broken(at, line_.cells[at]);
    if (rule && !blames(broken, at)) broken.push_back(std::move(*rule));
  }
  if (broken.size() < 2) return;
  std::stable_sort(broken.begin(), broken.end(),
                   [](const auto& a, const auto& b) { return a.column < b.column; });
}

void LineCheck::check_before(std::vector<tables::BrokenRule>& broken) const {
  auto rule = places_     ? places_->broken(line_.cells)
              : versions_ ? versions_->broken(line_.cells)
                          : std::nullopt;
  if (rule) broken.push_back(std::move(*rule));
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
  line_.faults.push_back(
      fault(file, record,
            {0, fmt::format("the same {} record stands {}", table_->name, where),
             "keep one of the two lines", ErrorCode::kRecordRepeated,
             fmt::format("the same {} record stands on an earlier line", table_->name)}));
}

// Only a line that is taken is known to later ones, and worth a note.
void LineCheck::take(const CsvFile& file, const CsvRecord& record) {
  references_.take(line_.cells);
  if (places_) places_->take(line_.cells);
  if (caps_) caps_->take(line_.cells);
  for (const auto& note : record_.notes(line_.cells)) {
    line_.notes.push_back(fmt::format("{} line {}: {}", file.name, record.line, note));
  }
}

std::vector<std::string> LineCheck::closing_notes() const {
  return caps_ ? caps_->notes() : std::vector<std::string>{};
}

capture::Refusal LineCheck::fault(const CsvFile& file, const CsvRecord& record,
                                  tables::BrokenRule rule) const {
  capture::Refusal refusal{file.name,
                           {},
                           record.line,
                           0,
                           table_->columns[rule.column].name,
                           {rule.code, std::move(rule.reason), std::move(rule.hint)},
                           std::move(rule.cause)};
  const std::size_t field = file.columns.of_table[rule.column];
  if (field == CsvColumns::kAbsent) return refusal;
  refusal.line = record.fields[field].line;
  refusal.column = static_cast<std::int64_t>(field) + 1;
  return refusal;
}

}  // namespace qd::capture::csv
