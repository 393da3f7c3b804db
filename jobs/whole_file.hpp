// A file that readers see whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "core/model/error.hpp"
#include "jobs/file_system.hpp"

namespace qd::jobs {

// Writes the bytes to a hidden part beside the name (a rename must not cross file systems), syncs
// them, and gives the part the name if that is free. `attempt` tells the parts of those apart who
// write the same name at the same time; it holds no '/'. Errors: kDeliveryFailed; the part is then
// gone, and what already has the name is left as it is.
Result<void> place_whole(FileSystem& files, const std::string& folder, const std::string& name,
                         const std::string& attempt, std::string_view bytes);

// Removes what attempts at this name that were stopped left behind. Readers never saw it: failing
// here loses nothing and is no error. An attempt that is still at work then fails to take the name.
void sweep_parts(FileSystem& files, const std::string& folder, const std::string& name);

}  // namespace qd::jobs
