// Decides what a bearer token of the issuer opens (OpenID Connect).
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/ports/clock.hpp"
#include "server/tokens/claims.hpp"
#include "server/tokens/documents.hpp"
#include "server/tokens/signing_keys.hpp"

namespace qd::tokens {

// Thread-safe. The issuer's keys are read when the first token comes, read again every kFresh, and
// when a token names a key that is not known, but never more often than every kBetween: whoever
// sends rubbish does not make us ask. While the issuer is away its last keys hold for kAway.
class TokenGuard {
 public:
  static constexpr std::chrono::milliseconds kFresh = std::chrono::hours{1};
  static constexpr std::chrono::milliseconds kBetween = std::chrono::seconds{30};
  static constexpr std::chrono::milliseconds kAway = std::chrono::hours{24};

  TokenGuard(TokenTerms terms, Documents& documents, const Clock& clock)
      : terms_(std::move(terms)), documents_(documents), clock_(clock) {}

  bool accepts_tokens() const { return terms_.accepts_tokens(); }
  // Errors: kTokenRefused, kIssuerUnavailable.
  Result<Holder> admit(const std::string& token);
  // Asks the issuer for its keys, whatever is known; how many. Errors: kIssuerUnavailable.
  Result<std::size_t> ask();

 private:
  using Keys = std::shared_ptr<const SigningKeys>;

  Result<Keys> keys(Instant now);
  Keys known_within(Instant now, std::chrono::milliseconds time);  // of reading; null: none
  std::optional<Error> asked_just_now(Instant now);
  Result<Keys> newer_keys(const Keys& than, Instant now);
  Result<Keys> read_again(Instant now);
  Result<std::string> keys_url();

  TokenTerms terms_;
  Documents& documents_;
  const Clock& clock_;
  std::mutex asking_;  // one asks; who can do with what is known does not wait
  std::mutex mutex_;
  Keys keys_;
  std::optional<Instant> read_at_, asked_at_;  // of keys_, and of the last attempt
  std::optional<Error> failed_;                // what came of the last attempt
};

}  // namespace qd::tokens
