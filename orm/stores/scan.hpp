// Reading a whole table fast: several connections over one state, each with its own dictionary.
#pragma once

#include "core/ports/observation_store.hpp"
#include "orm/sql/pool.hpp"

namespace qd::orm {

// See ObservationStore::scan. Throws what the database throws.
//
// All connections read the same state: each opens a snapshot and looks at the table of loads, which
// every load adds to; if two see different loads, all begin again. (SQLite can hand a snapshot from
// one connection to the next only when built with an option that Debian does not set.)
//
// Ranges of ids are handed out one by one, so that no reader is left with the larger half, and none
// has to read a long way to its end when the sink stops.
Result<void> scan_table(Pool& pool, const ScanRequest& request, Dictionary& dictionary,
                        const ObservationStore::Sink& sink);

}  // namespace qd::orm
