#include "core/cases/case_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/tables/record_check.hpp"
#include "core/tables/shipped_tables.hpp"
#include "core/text/nearest.hpp"

namespace qd::cases {
namespace {

const Date kEndOfTime = make_date(9999, 12, 31);  // a case may be about days still to come

std::vector<std::string> names_of(const TableSpec& table) {
  std::vector<std::string> names;
  for (const ColumnSpec& column : table.columns) names.push_back(column.name);
  return names;
}

// By column of the section, its place in the table.
Result<std::vector<std::size_t>> places_of(const TableSpec& table, const Table& section) {
  std::vector<std::size_t> places;
  for (const Field& column : section.columns) {
    const auto place = table.index_of(column.text);
    if (place == table.columns.size())
      return fail_at(column.place, fmt::format("{} has no column '{}'", table.name, column.text),
                     text::nearest_hint(column.text, names_of(table)));
    if (std::find(places.begin(), places.end(), place) != places.end())
      return fail_at(column.place, fmt::format("column {} is named twice", column.text));
    places.push_back(place);
  }
  return places;
}

// The rules of one table, held against row after row.
class RowReader {
 public:
  RowReader(const TableSpec& table, std::vector<std::size_t> places)
      : table_(table), places_(std::move(places)), check_(table, kEndOfTime) {}

  Result<CaseRow> read(const std::vector<Field>& fields) {
    // A column the case leaves out is nobody's mistake: no rule is held against it.
    CaseRow row{fields.front().place.line,
                std::vector<Cell>(table_.columns.size(), Cell::unreadable())};
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const auto cell = tables::parse_cell(table_, places_[i], fields[i].text);
      if (!cell) return refused(cell.error(), fields);
      row.cells[places_[i]] = *cell;
    }
    const auto broken = check_.broken(row.cells);
    if (!broken.empty()) return refused(broken.front(), fields);
    if (const auto first = repeats(fields); first != 0)
      return fail_at(fields.front().place,
                     fmt::format("the record of line {} once more: its key is the same", first));
    return row;
  }

 private:
  tl::unexpected<Error> refused(const tables::BrokenRule& rule,
                                const std::vector<Field>& fields) const {
    const auto found = std::find(places_.begin(), places_.end(), rule.column);
    const auto at = found == places_.end() ? 0 : found - places_.begin();
    const bool names_it = rule.code != ErrorCode::kCellMalformed;
    return fail_at(fields[static_cast<std::size_t>(at)].place,
                   names_it ? rule.reason
                            : fmt::format("{}: {}", table_.columns[rule.column].name, rule.reason),
                   rule.hint);
  }

  // Line of an earlier row with this key; 0: there is none, or the case does not name the whole
  // key.
  int repeats(const std::vector<Field>& fields) {
    std::vector<std::string> key;
    for (std::size_t column = 0; column < table_.n_key; ++column) {
      const auto found = std::find(places_.begin(), places_.end(), column);
      if (found == places_.end()) return 0;
      key.push_back(fields[static_cast<std::size_t>(found - places_.begin())].text);
    }
    const auto [place, is_new] = keys_.try_emplace(std::move(key), fields.front().place.line);
    return is_new ? 0 : place->second;
  }

  const TableSpec& table_;
  std::vector<std::size_t> places_;
  tables::RecordCheck check_;
  std::map<std::vector<std::string>, int> keys_;  // and the line that had it first
};

// Texts of the first column of the referred table's key, as its section has them.
std::set<std::string> keys_of(const Table& section, const std::string& key) {
  std::set<std::string> keys;
  const auto place = section.find(key);
  if (!place) return keys;
  for (const auto& row : section.rows) keys.insert(row[*place].text);
  return keys;
}

Result<void> check_reference(const Table& section, std::size_t place, const Table& referred,
                             const std::set<std::string>& keys) {
  for (const auto& row : section.rows) {
    const Field& field = row[place];
    if (field.text.empty() || keys.contains(field.text)) continue;
    return fail_at(field.place, fmt::format("there is no '{}' in {}", field.text, referred.name),
                   fmt::format("add it to the section {}", referred.name));
  }
  return {};
}

}  // namespace

const TableSpec* table_of(const Family& family, std::string_view name) {
  if (name == "areas" || name == "definitions") return tables::shipped_table(name);
  for (const FamilyInput& input : family.inputs)
    if (input.table.name == name) return &input.table;
  return nullptr;
}

Result<std::vector<CaseRow>> read_rows(const TableSpec& table, const Table& section) {
  auto places = places_of(table, section);
  if (!places) return fail(places.error());
  RowReader reader(table, *std::move(places));
  std::vector<CaseRow> rows;
  for (const auto& fields : section.rows) {
    auto row = reader.read(fields);
    if (!row) return fail(row.error());
    rows.push_back(*std::move(row));
  }
  return rows;
}

Result<void> check_references(const Family& family, const TableSpec& table, const Table& section,
                              const Case& given) {
  for (const ColumnSpec& column : table.columns) {
    const auto place = section.find(column.name);
    const Table* referred = column.references.empty() ? nullptr : given.table(column.references);
    const TableSpec* spec = referred == nullptr ? nullptr : table_of(family, referred->name);
    if (!place || spec == nullptr || !referred->find(spec->columns.front().name)) continue;
    const auto keys = keys_of(*referred, spec->columns.front().name);
    if (auto checked = check_reference(section, *place, *referred, keys); !checked) return checked;
  }
  return {};
}

}  // namespace qd::cases
