#include "core/tables/growth.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace qd::tables {
namespace {

bool takes_all_words(const ColumnSpec& before, const ColumnSpec& now) {
  if (now.allowed.empty()) return true;
  if (before.allowed.empty()) return false;
  return std::all_of(before.allowed.begin(), before.allowed.end(), [&](const std::string& word) {
    return std::find(now.allowed.begin(), now.allowed.end(), word) != now.allowed.end();
  });
}

bool begins_no_later(const ColumnSpec& before, const ColumnSpec& now) {
  return !now.min || (before.min && *now.min <= *before.min);
}

bool ends_no_earlier(const ColumnSpec& before, const ColumnSpec& now) {
  return !now.max || (before.max && *now.max >= *before.max);
}

std::string or_none(const std::string& text) { return text.empty() ? "none" : text; }

// What differs for the worse, behind the name of the column; empty: nothing.
std::string narrowed(const ColumnSpec& before, const ColumnSpec& now) {
  if (now.kind != before.kind)
    return fmt::format("was {} and is now {}", word_of(before.kind), word_of(now.kind));
  if (now.unit != before.unit)
    return fmt::format("had the unit {} and now has {}", or_none(before.unit), or_none(now.unit));
  if (now.required && !before.required) return "was optional and is now required";
  if (!takes_all_words(before, now))
    return fmt::format(
        "took {} and now takes only {}",
        before.allowed.empty() ? "any text" : fmt::format("{}", fmt::join(before.allowed, ", ")),
        fmt::join(now.allowed, ", "));
  if (!begins_no_later(before, now) || !ends_no_earlier(before, now))
    return "has a narrower range than it had";
  if (!now.references.empty() && now.references != before.references)
    return fmt::format("referred to {} and now refers to {}",
                       before.references.empty() ? "no table" : before.references, now.references);
  if (now.not_after_today && !before.not_after_today)
    return "took days still to come and no longer does";
  return {};
}

std::optional<std::string> shrunk_column(const TableSpec& before, const TableSpec& now,
                                         std::size_t at) {
  const ColumnSpec& column = before.columns[at];
  if (at >= now.columns.size() || now.columns[at].name != column.name) {
    const bool moved = now.index_of(column.name) < now.columns.size();
    return fmt::format("column {} {}", column.name,
                       moved ? "stands in another place than it did" : "is gone");
  }
  const std::string difference = narrowed(column, now.columns[at]);
  if (difference.empty()) return std::nullopt;
  return fmt::format("column {} {}", column.name, difference);
}

}  // namespace

std::optional<std::string> shrinkage(const TableSpec& before, const TableSpec& now) {
  for (std::size_t at = 0; at < before.columns.size(); ++at) {
    if (auto shrunk = shrunk_column(before, now, at)) return shrunk;
  }
  if (now.n_key != before.n_key)
    return fmt::format("its key had {} columns and now has {}", before.n_key, now.n_key);
  for (std::size_t at = before.columns.size(); at < now.columns.size(); ++at) {
    if (!now.columns[at].required) continue;
    return fmt::format("column {} is new and required, and the records that are there have none",
                       now.columns[at].name);
  }
  return std::nullopt;
}

Result<Declared> compare_forms(const std::vector<TableSpec>& forms, const TableSpec& declared) {
  for (const TableSpec& form : forms) {
    if (!shrinkage(form, declared) && !shrinkage(declared, form)) return Declared::kKnown;
  }
  const TableSpec& last = forms.back();
  const auto shrunk = shrinkage(last, declared);
  if (!shrunk) return Declared::kGrown;
  const bool is_shorter = declared.columns.size() < last.columns.size();
  if (is_shorter && !shrinkage(declared, last)) return Declared::kKnown;
  return fail(ErrorCode::kStoreConflict, fmt::format("table {}: {}", declared.name, *shrunk),
              "a table grows by optional columns at its end and by wider rules; give what is "
              "different a column or a table of its own");
}

}  // namespace qd::tables
