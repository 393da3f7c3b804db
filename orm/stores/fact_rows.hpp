// Between the domain's types and the rows of runs and facts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/fact.hpp"
#include "core/model/run.hpp"
#include "orm/rows/observation_rows.hxx"
#include "orm/rows/run_rows.hxx"
#include "orm/sql/bulk_writer.hpp"

namespace qd::orm {

rows::RunRow row_of(const Run& run, Instant lease_until);
Run run_of(const rows::RunRow& row);
Area area_of(const rows::AreaRow& row);
DefinitionLink link_of(const rows::DefinitionLinkRow& row);

// Columns of the table of facts, and the cells of one in that order.
const std::vector<std::string>& fact_columns();
void write_fact(BulkWriter& writer, const Fact& fact, std::int64_t definition_id);
// A row of those columns, from the first on. definition_id is the row's number of its definition.
// A view of a row has no definition yet, and its texts are those of the row.
FigureView view_fact(Rows& rows, std::int64_t& definition_id);
Fact read_fact(Rows& rows, std::int64_t& definition_id);

}  // namespace qd::orm
