// How a table that a family declares may change, once there are records in it: it may grow.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/table.hpp"

namespace qd::tables {

// What `now` no longer takes of what `before` took, a sentence; nullopt: nothing, it is the same or
// has grown. Growing is: optional columns at the end, more words, a wider range, optional instead
// of required, no reference instead of one. Meanings are words for people and may change at will.
std::optional<std::string> shrinkage(const TableSpec& before, const TableSpec& now);

// A table as it was declared so far, the last form at the end, and a declaration of today.
enum class Declared {
  kKnown,  // as it is, as it was once, or with fewer columns of the same: a library of before
  kGrown,  // its form is a new last one
};
// Errors: kStoreConflict, with what differs.
Result<Declared> compare_forms(const std::vector<TableSpec>& forms, const TableSpec& declared);

// One form as a text to be kept, and back; the meanings stay behind. nullopt: it is none.
std::string form_text(const TableSpec& table);
std::optional<TableSpec> parse_form(const std::string& text);

}  // namespace qd::tables
