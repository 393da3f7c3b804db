// C++14, ODB's own headers included: only for files of this folder.
#pragma once

#include <memory>
#include <odb/database.hxx>
#include <odb/transaction.hxx>

#include "orm/mapping/gateway.hpp"

namespace qd::orm {

// A connection pool for the engine of the target. Connects only when first used.
std::unique_ptr<odb::database> open_mapped(const Target& target, Gateway::Missing missing);

// A transaction that will write. SQLite takes the lock now, and so waits instead of failing later.
odb::transaction_impl* begin_writing(odb::database& database);

// Like that, but nobody else can be at it at the same time; for changes of the schema.
odb::transaction_impl* begin_alone(odb::database& database);

}  // namespace qd::orm
