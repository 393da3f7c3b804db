// The public keys of an issuer, and whether one of them signed a token (RFC 7515, 7517).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"

namespace qd::tokens {

// What a signature says of a token.
enum class Signed {
  kBySomeKey,       // that is known
  kByAnUnknownKey,  // the token names a key that is not among these
  kNotAtAll         // malformed, forged, or signed in a way that is not accepted
};

struct CheckedToken {
  Signed is_signed = Signed::kNotAtAll;
  std::string claims;  // JSON; empty unless it is signed by some key
};

// Immutable and shared. Accepts RS256 by RSA keys of at least 2,048 bits and ES256 by P-256.
class SigningKeys {
 public:
  // Of a JSON Web Key Set. Keys of other kinds, and for other uses, are left out. Errors:
  // kIssuerUnavailable: it is no key set, or holds no key that is accepted.
  static Result<std::shared_ptr<const SigningKeys>> parse(std::string_view key_set);

  CheckedToken check(const std::string& token) const;
  std::size_t size() const { return keys_.size(); }

 private:
  struct Key;
  std::vector<std::shared_ptr<const Key>> keys_;
};

// Three parts with points between, as a signed token has.
bool looks_like_token(std::string_view text);

}  // namespace qd::tokens
