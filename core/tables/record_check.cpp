#include "core/tables/record_check.hpp"

#include <algorithm>
#include <utility>

#include "core/tables/shipped_tables.hpp"

namespace qd::tables {
namespace {

bool is_held(const Rule& rule, const Cell& cell, const Cell* other) {
  if (cell.refused || (other != nullptr && !other->present)) return false;
  return cell.present || rule.when_absent;
}

bool blames(const std::vector<BrokenRule>& broken, std::size_t column) {
  return std::any_of(broken.begin(), broken.end(),
                     [&](const BrokenRule& rule) { return rule.column == column; });
}

}  // namespace

RecordCheck::RecordCheck(const TableSpec& table, Date today) {
  for (std::size_t at = 0; at < table.columns.size(); ++at) columns_.emplace_back(table, at, today);
  const ShippedTable* shipped = table.family.empty() ? whole_table(table.name) : nullptr;
  if (shipped != nullptr) bind(table, *shipped);
}

void RecordCheck::bind(const TableSpec& table, const ShippedTable& shipped) {
  for (const auto& rule : shipped.rules) {
    rules_.push_back({table.index_of(rule.column), table.index_of(rule.other), &rule});
  }
  for (const auto& oddity : shipped.oddities) {
    BoundOddity bound{{}, &oddity};
    for (const auto column : oddity.columns) bound.columns.push_back(table.index_of(column));
    oddities_.push_back(std::move(bound));
  }
}

std::vector<BrokenRule> RecordCheck::broken(std::span<const Cell> cells) const {
  std::vector<BrokenRule> broken;
  for (std::size_t at = 0; at < columns_.size(); ++at) {
    if (auto rule = columns_[at].broken(cells[at])) broken.push_back(std::move(*rule));
  }
  const std::vector<BrokenRule> by_themselves = broken;
  for (const auto& bound : rules_) {
    if (blames(by_themselves, bound.column) || blames(by_themselves, bound.other)) continue;
    hold(bound, cells, broken);
  }
  if (broken.size() > 1) {
    std::stable_sort(broken.begin(), broken.end(),
                     [](const auto& a, const auto& b) { return a.column < b.column; });
  }
  return broken;
}

void RecordCheck::hold(const BoundRule& bound, std::span<const Cell> cells,
                       std::vector<BrokenRule>& broken) const {
  const Rule& rule = *bound.rule;
  const Cell* other = rule.other.empty() ? nullptr : &cells[bound.other];
  const Cell& cell = cells[bound.column];
  if (!is_held(rule, cell, other) || rule.holds(cell, other ? *other : Cell{})) return;
  broken.push_back({bound.column, std::string(rule.reason), std::string(rule.hint)});
}

std::vector<std::string> RecordCheck::notes(std::span<const Cell> cells) const {
  std::vector<std::string> notes;
  for (const auto& bound : oddities_) {
    std::vector<Cell> asked;
    for (const auto column : bound.columns) asked.push_back(cells[column]);
    if (bound.oddity->is_odd(asked)) notes.emplace_back(bound.oddity->sentence);
  }
  return notes;
}

}  // namespace qd::tables
