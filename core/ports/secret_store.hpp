// What the servers of one database know and nobody else: what they sign with.
#pragma once

#include <string>

#include "core/model/error.hpp"

namespace qd {

class SecretStore {
 public:
  virtual ~SecretStore() = default;
  // The secret of this name, the same for every server and for ever; `candidate` becomes it when
  // there is none yet. Bytes of any value, at most 128. Errors: kStoreUnavailable.
  virtual Result<std::string> secret(const std::string& name, const std::string& candidate) = 0;
};

}  // namespace qd
