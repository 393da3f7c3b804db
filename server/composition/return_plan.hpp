// The plan of the Executive's return: the one that ships, or a landlord's own file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/model/family.hpp"
#include "core/ports/catalogue.hpp"
#include "jobs/return_job.hpp"

namespace qd::composition {

// Its text; of an empty path that of the plan that ships. Errors: kFileUnreadable.
Result<std::string> return_plan_text(const std::filesystem::path& file);

// Errors: those above, and kReturnPlanMalformed.
Result<std::shared_ptr<const returns::plan::Plan>> read_return_plan(
    const std::filesystem::path& file);

// With what the families say of themselves. A landlord's own plan may only name families and
// indicators that are declared or captured: kReturnPlanMalformed. The plan that ships may name
// families that a landlord does without.
Result<jobs::PlannedReturn> planned_return(const std::filesystem::path& file,
                                           const std::vector<FamilyListing>& families,
                                           Catalogue& catalogue);

}  // namespace qd::composition
