// Loads one family's library into the worker process, for good: it is never unloaded.
#pragma once

#include <quarterday/plugin.h>

#include "core/model/error.hpp"
#include "core/model/family.hpp"

namespace qd::worker::child {

// A library whose constructors have run, and nothing else of it.
struct LoadedLibrary {
  void* handle = nullptr;
};

// Refuses before dlopen what is not a regular file, what others may write, and what is not a shared
// library for this machine. Errors: kFamilyRefused.
Result<LoadedLibrary> load_library(const Family& declared);

// The functions of the family whose library and declaration these are. Errors: kFamilyRefused.
Result<qd_family> find_family(const LoadedLibrary& library, const Family& declared);

}  // namespace qd::worker::child
