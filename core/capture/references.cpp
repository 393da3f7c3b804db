#include "core/capture/references.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/tables/shipped_tables.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture {
namespace {

const TableSpec* find_table(std::string_view name, std::span<const TableSpec> declared) {
  if (const TableSpec* shipped = tables::shipped_table(name)) return shipped;
  const auto found = std::find_if(declared.begin(), declared.end(),
                                  [&](const TableSpec& table) { return table.name == name; });
  return found == declared.end() ? nullptr : &*found;
}

}  // namespace

References::References(const TableSpec& table)
    : table_(&table), known_of_column_(table.columns.size(), kNone) {}

Result<References> References::read(ObservationStore& store, const TableSpec& table,
                                    std::span<const TableSpec> declared) {
  References references(table);
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    const std::string& name = table.columns[at].references;
    if (name.empty()) continue;
    const auto& known = references.known_;
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const Known& of) { return of.table == name; });
    references.known_of_column_[at] = static_cast<std::size_t>(found - known.begin());
    if (found != known.end()) continue;
    const TableSpec* referred = name == table.name ? &table : find_table(name, declared);
    if (referred == nullptr) {
      return fail(ErrorCode::kTableUnknown,
                  fmt::format("column {} of {} refers to table {}, which is not known here",
                              table.columns[at].name, table.name, name),
                  "the family that declares it must be in the folder of families");
    }
    if (auto read = references.read_keys(store, *referred); !read) return fail(read.error());
  }
  return references;
}

Result<void> References::read_keys(ObservationStore& store, const TableSpec& referred) {
  auto keys = store.keys(referred);
  if (!keys) return fail(keys.error());
  known_.push_back({referred.name, std::move(*keys)});
  return {};
}

std::optional<tables::BrokenRule> References::broken(std::size_t column, const Cell& cell) const {
  const std::size_t place = known_of_column_[column];
  if (place == kNone || !cell.present) return std::nullopt;
  const Known& known = known_[place];
  if (known.keys.contains(std::string(cell.text))) return std::nullopt;
  const char* hint = known.table == table_->name
                         ? "put it on an earlier line: parents come before children"
                     : known.keys.empty() ? "nothing is in {0} yet: import {0} first"
                                          : "import {0} first, or correct it";
  return tables::BrokenRule{
      column, fmt::format("'{}' is not known in {}", text::shortened(cell.text), known.table),
      fmt::format(fmt::runtime(hint), known.table), ErrorCode::kReferenceUnknown,
      fmt::format("{} is not known in {}", table_->columns[column].name, known.table)};
}

void References::take(std::span<const Cell> cells) {
  for (auto& known : known_) {
    if (known.table == table_->name) known.keys.emplace(cells[0].text);
  }
}

}  // namespace qd::capture
