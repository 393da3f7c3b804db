// A figure as an audience is given it.
#pragma once

#include "core/model/fact.hpp"
#include "core/reading/disclosure/rules.hpp"
#include "core/reading/disclosure/tree_table.hpp"

namespace qd::reading::disclosure {

// Withheld: no value, no parts, and "suppressed" for every reason alike. Shown: as it is, or with
// its counts rounded; a percentage is made from the unrounded ones.
FactValue given(const FactValue& value, const Definition& definition, Why why, const Rules& rules);

}  // namespace qd::reading::disclosure
