// Loads one family's library into the worker process, for good: it is never unloaded.
#pragma once

#include <quarterday/plugin.h>

#include <filesystem>
#include <string>

#include "core/model/error.hpp"
#include "core/model/family.hpp"

namespace qd::worker::child {

struct LoadedFamily {
  const qd_family* entry;  // valid until the process ends
  Family family;           // what it declares, checked
};

// Refuses before dlopen what is not a regular file, what others may write, and what is not a
// shared library for this machine. Errors: kFamilyRefused.
Result<LoadedFamily> load_family(const std::filesystem::path& library);

}  // namespace qd::worker::child
