#include "core/capture/definition_versions.hpp"

#include <fmt/format.h>

#include <vector>

#include "core/model/definition_rules.hpp"
#include "core/tables/definitions_table.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture {
namespace {

const TableSpec& definitions() {
  static const TableSpec table = tables::definitions_table();
  return table;
}

tables::Cell cell_of(const ColumnData& column, std::size_t row, const Dictionary& dictionary) {
  if (!column.present(row)) return {};
  switch (column.type) {
    case ColumnType::kText:
      return tables::Cell::of(dictionary.text(column.codes[row]));
    case ColumnType::kDate:
      return tables::Cell::of(std::int64_t{column.narrow[row]});
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      break;
  }
  return tables::Cell::of(column.wide[row]);
}

tables::BrokenRule belongs_to(const std::string& code, const std::string& family) {
  return {definitions().index_of("code"),
          fmt::format("what {} means is declared by the family {}", code, family),
          "give it a code of its own", ErrorCode::kRuleBroken,
          "what the code means is declared by a family"};
}

}  // namespace

Result<DefinitionVersions> DefinitionVersions::read(ObservationStore& store, Date today,
                                                    std::map<std::string, std::string> declared) {
  DefinitionVersions versions(today, std::move(declared));
  Dictionary dictionary;
  std::vector<std::string> columns;
  for (const auto& column : definitions().columns) columns.push_back(column.name);
  // Of all instants the last: what another node stored counts too, however its clock goes.
  const ScanRequest request{definitions(), std::move(columns), Instant::max()};
  const auto scanned = store.scan(request, dictionary, [&](const Batch& batch) -> Result<void> {
    versions.keep(batch, dictionary);
    return {};
  });
  if (!scanned) return fail(scanned.error());
  return versions;
}

void DefinitionVersions::keep(const Batch& batch, const Dictionary& dictionary) {
  std::vector<tables::Cell> cells(batch.columns.size());
  for (std::size_t row = 0; row < batch.n_rows; ++row) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      cells[i] = cell_of(batch.columns[i], row, dictionary);
    auto definition = tables::definition_of(cells);
    auto key = std::pair(definition.code, definition.version);
    known_.insert_or_assign(std::move(key), std::move(definition));
  }
}

std::optional<tables::BrokenRule> DefinitionVersions::broken(
    std::span<const tables::Cell> cells) const {
  const auto after = tables::definition_of(cells);
  if (const auto owner = declared_.find(after.code); owner != declared_.end())
    return belongs_to(owner->first, owner->second);
  if (const auto faults = faults_of(after); !faults.empty())
    return tables::BrokenRule{definitions().index_of(faults.front().field), faults.front().what,
                              "see docs/reference/declarations.md for the fields of a definition"};
  const auto before = known_.find({after.code, after.version});
  if (before == known_.end()) return std::nullopt;
  const auto difference = change_of_meaning(before->second, after, today_);
  if (!difference) return std::nullopt;
  return tables::BrokenRule{
      definitions().index_of(difference->field),
      fmt::format("version {} of {} is in force, and its {} would change from '{}' to '{}'",
                  after.version, text::shortened(after.code), difference->field,
                  text::shortened(difference->before), text::shortened(difference->after)),
      fmt::format("leave it as it is, and write version {} with the day it begins",
                  after.version + 1)};
}

}  // namespace qd::capture
