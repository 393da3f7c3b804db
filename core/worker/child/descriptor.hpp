// Reads what a family declares, believing nothing. Runs in the worker, since even reading it may
// crash: its pointers are the family's word.
#pragma once

#include <quarterday/plugin.h>

#include <string_view>

#include "core/model/error.hpp"
#include "core/model/family.hpp"

namespace qd::worker::child {

// The declaration as the host keeps it; library and digest are left empty. `name` is the file name
// without ".so", which the id must equal.
// Errors: kFamilyRefused, "family <name> refused: …", naming the first thing that is wrong.
Result<Family> read_descriptor(const qd_family& declared, std::string_view name);

}  // namespace qd::worker::child
