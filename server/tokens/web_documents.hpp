// Documents by HTTPS.
#pragma once

#include <chrono>

#include "server/tokens/documents.hpp"

namespace qd::tokens {

// Certificates are checked by the authorities that the machine trusts. Without TLS only this
// machine is asked: who could change keys on the way could sign tokens. Redirects are not followed.
class WebDocuments final : public Documents {
 public:
  static constexpr std::chrono::seconds kPatience{5};
  static constexpr std::size_t kLargest = std::size_t{1} << 20;  // bytes

  Result<std::string> get(const std::string& url) override;
};

}  // namespace qd::tokens
