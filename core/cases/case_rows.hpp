// One section of rows, checked as an import checks a file of that table.
#pragma once

#include <string_view>
#include <vector>

#include "core/cases/case_file.hpp"
#include "core/cases/case_store.hpp"
#include "core/model/family.hpp"

namespace qd::cases {

// The tables a case of this family may hold rows of: those it reads, `areas` and `definitions`;
// nullptr: another.
const TableSpec* table_of(const Family& family, std::string_view name);

// Each row with the cells of all columns of the table, absent where the section names no such
// column. The texts stay those of `section`. Errors: kFileUnreadable at the cell or heading.
Result<std::vector<CaseRow>> read_rows(const TableSpec& table, const Table& section);

// Every reference of a section to a table that has a section of its own must be found there.
Result<void> check_references(const Family& family, const TableSpec& table, const Table& section,
                              const Case& given);

}  // namespace qd::cases
