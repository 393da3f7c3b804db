// Between the domain's types and the rows of runs, facts and definitions.
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
Definition definition_of(const rows::FactDefinitionRow& row);  // as a library said it
Definition definition_of(const rows::DefinitionRow& row);      // as people captured it
Area area_of(const rows::AreaRow& row);
DefinitionLink link_of(const rows::DefinitionLinkRow& row);

// SHA-256 in hexadecimal over everything a definition says.
std::string digest(const Definition& definition);

// Columns of the table of definitions, and the cells of one in that order.
const std::vector<std::string>& definition_columns();
void write_definition(BulkWriter& writer, const Definition& definition, const std::string& digest);

// The same for facts.
const std::vector<std::string>& fact_columns();
void write_fact(BulkWriter& writer, const Fact& fact, std::int64_t definition_id);
// A row of those columns, from the first on. definition_id is the row's number of its definition.
Fact read_fact(Rows& rows, std::int64_t& definition_id);

}  // namespace qd::orm
