// An audience, as it is typed.
#pragma once

#include <string>

#include "core/model/audience.hpp"
#include "core/model/error.hpp"

namespace qd::cli {

// The question, and a line for each audience there is.
std::string audience_help(std::string question);
// Errors: kParameterMalformed, with the nearest known name.
Result<Audience> read_audience(const std::string& typed);

}  // namespace qd::cli
