// The one way in which tokens are refused.
#pragma once

#include <string>

#include "core/model/error.hpp"

namespace qd::tokens {

inline Error refused(const std::string& why) {
  return {ErrorCode::kTokenRefused, "the token is not accepted: " + why,
          "get a new one from the issuer, or use a key"};
}

}  // namespace qd::tokens
