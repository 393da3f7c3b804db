// What ends a run: its facts and its state, in one transaction.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/fact.hpp"
#include "core/model/run.hpp"
#include "core/model/run_seal.hpp"
#include "orm/sql/connection.hpp"

namespace qd::orm {

// (code, version) -> number of the row that says exactly what the definition says.
using DefinitionIds = std::map<std::pair<std::string, int>, std::int64_t>;

// Every key text fits, every definition is there, and the run says when it ended. kStoreConflict.
Result<void> check_complete(const Run& run, const std::vector<Definition>& definitions,
                            const std::vector<Fact>& facts);

// These throw, and belong to the connection's transaction.
DefinitionIds store_definitions(SqlConnection& connection,
                                const std::vector<Definition>& definitions, Instant recorded_at);
void store_facts(SqlConnection& connection, const std::vector<Fact>& facts,
                 const DefinitionIds& definitions);
// Who is counted, of those facts that say it.
void store_members(SqlConnection& connection, const std::vector<Fact>& facts);
void store_notes(SqlConnection& connection, const Run& run);
// The run as its row has it, with these notes.
Run stored_run(SqlConnection& connection, const Run& run);
// What it is known by: with facts that have their numbers, and definitions as their rows have them.
RunSeal seal_of(SqlConnection& connection, const Run& run, const DefinitionIds& definitions,
                const std::vector<Fact>& facts);
// False: the run is not running any more.
bool end_run(SqlConnection& connection, const Run& run, RunState state, std::int64_t n_facts);

}  // namespace qd::orm
