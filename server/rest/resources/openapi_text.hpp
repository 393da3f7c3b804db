// api-spec/openapi.yaml, as it was when the program was built.
#pragma once

#include <string_view>

namespace qd::rest::resources {

std::string_view openapi_text();

}  // namespace qd::rest::resources
