// Definitions in the database: a column for each field, named as the field is. What people captured
// stands in `definitions`, what facts were made with and what families declare in
// `fact_definitions`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/definition.hpp"
#include "orm/sql/bulk_writer.hpp"
#include "orm/sql/connection.hpp"

namespace qd::orm {

// SHA-256 in hexadecimal over everything a definition says.
std::string digest(const Definition& definition);

// Columns of `fact_definitions` but its id, and the cells of one in that order.
const std::vector<std::string>& definition_columns();
void write_definition(BulkWriter& writer, const Definition& definition, Instant recorded_at);

struct StoredDefinition {
  std::int64_t id;
  Definition definition;
  bool is_whole;  // false: older than some of the fields
};
// Of `fact_definitions`, by code, version, id. Throws.
std::vector<StoredDefinition> stored_definitions(SqlConnection& connection);

// What people captured, in the versions known then; nullopt: that hold now. By code, version; the
// revision counts how often that version was written down. Throws.
std::vector<Definition> captured_definitions(SqlConnection& connection,
                                             std::optional<Instant> as_of);

}  // namespace qd::orm
