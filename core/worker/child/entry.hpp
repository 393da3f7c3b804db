// What a library says of itself when it is loaded: that it is the family it was declared as.
#pragma once

#include <quarterday/plugin.h>

#include "core/model/error.hpp"
#include "core/model/family.hpp"

namespace qd::worker::child {

// The library's own struct, at most as much of it as this host knows.
// Errors: kFamilyRefused, with what is wrong.
Result<qd_family> read_entry(const qd_family& entry, const Family& declared);

}  // namespace qd::worker::child
