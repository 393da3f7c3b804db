// Every resource there is.
#pragma once

#include <vector>

#include "server/rest/resource.hpp"

namespace qd::rest::resources {

// The build lists them: a file NAME.cpp of this folder defines std::vector<Route> NAME_routes().
std::vector<Route> all_routes();

}  // namespace qd::rest::resources
