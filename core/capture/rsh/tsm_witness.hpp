// The published figures as witnesses: what the counts of a sheet give is held against them before
// any of it is loaded.
#pragma once

#include <string>
#include <vector>

#include "core/capture/rsh/tsm_landlord.hpp"

namespace qd::capture::rsh {

// Takes away every figure of the landlords that is not what was published, and every measure whose
// figures mostly are not, or that needs the witness (see TsmTallyColumns::doubt) and has none.
// Gives a sentence for each, and for what is taken and worth a look.
std::vector<std::string> hold_against_published(const std::string& sheet, const TsmSheetKind& kind,
                                                const TsmColumns& columns, const Layout& layout,
                                                std::vector<TsmLandlord>& landlords);

}  // namespace qd::capture::rsh
