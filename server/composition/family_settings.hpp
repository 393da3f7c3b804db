// Settings of families, held against what the families declare.
#pragma once

#include <vector>

#include "core/model/family.hpp"
#include "server/composition/configuration.hpp"

namespace qd::composition {

// Errors: kConfigurationUnknownKey (no such family, no such option; names the nearest),
// kConfigurationMalformed (a value the option does not take). The options of a family that is
// refused are not known, and stay unchecked.
Result<void> check_family_settings(const std::vector<FamilySetting>& settings,
                                   const std::vector<FamilyListing>& families);

}  // namespace qd::composition
