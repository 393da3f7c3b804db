// Whose tokens are accepted besides keys, and where they say what they open.
#pragma once

#include <string>

namespace qd::tokens {

struct TokenTerms {
  std::string issuer = {};      // its URL, as its tokens spell it; empty: no tokens are accepted
  std::string audience = {};    // how the issuer calls this service: a token must be meant for it
  std::string keys = {};        // URL of the issuer's keys; empty: where its own description says
  std::string claim = "roles";  // the claim with what a token opens

  bool accepts_tokens() const { return !issuer.empty(); }
};

}  // namespace qd::tokens
