// Short documents of other servers.
#pragma once

#include <string>

#include "core/model/error.hpp"

namespace qd::tokens {

// Thread-safe.
class Documents {
 public:
  virtual ~Documents() = default;
  // The body of what stands at a URL. Errors: kIssuerUnavailable.
  virtual Result<std::string> get(const std::string& url) = 0;
};

}  // namespace qd::tokens
