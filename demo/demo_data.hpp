// A landlord to try everything on: invented, but of a believable size and shape.
#pragma once

#include <filesystem>

#include "core/model/error.hpp"
#include "core/tables/shipped_tables.hpp"

namespace qd::demo {

// Writes one CSV file for every shipped table, named after it; imported in the order of
// shipped_tables() each is complete. The same seed gives the same bytes on every machine.
//
// DEMO-H4W is synthetic: a landlord of 960 homes in four neighbourhoods, with residents'
// involvement at the caps and levels of a published strategy (level 2 up to 100, level 3 up to 20,
// level 4 up to 12 members) from April 2024 to September 2026, quarterly measures, and COPIs of its
// neighbourhoods. Persons are codes. Four real landlords stand beside it with the figures the
// regulator published for 2024-25. Errors: kFileUnreadable when the folder cannot be written.
Result<void> write_demo_files(const std::filesystem::path& folder, unsigned seed);

}  // namespace qd::demo
