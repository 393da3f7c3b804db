#include "server/tokens/token_guard.hpp"

#include <utility>

#include "server/tokens/json_object.hpp"
#include "server/tokens/refusal.hpp"

namespace qd::tokens {
namespace {

constexpr const char* kDescription = "/.well-known/openid-configuration";

// Also when the clock was put back.
bool is_within(const std::optional<Instant>& since, Instant now, std::chrono::milliseconds time) {
  return since && is_remembered(*since, now, time);
}

}  // namespace

Result<Holder> TokenGuard::admit(const std::string& token) {
  const auto now = clock_.now();
  auto known = keys(now);
  if (!known) return fail(known.error());
  auto checked = (*known)->check(token);
  if (checked.is_signed == Signed::kByAnUnknownKey) {
    known = newer_keys(*known, now);
    if (!known) return fail(known.error());
    checked = (*known)->check(token);
  }
  if (checked.is_signed == Signed::kByAnUnknownKey)
    return fail(refused("the issuer has no key of the name it gives"));
  if (checked.is_signed == Signed::kNotAtAll)
    return fail(refused("its signature is not the issuer's (RS256 or ES256)"));
  return holder_of(checked.claims, terms_, now);
}

Result<std::size_t> TokenGuard::ask() {
  const std::lock_guard turn(asking_);
  const auto read = read_again(clock_.now());
  if (!read) return fail(read.error());
  return (*read)->size();
}

TokenGuard::Keys TokenGuard::known_within(Instant now, std::chrono::milliseconds time) {
  const std::lock_guard lock(mutex_);
  return is_within(read_at_, now, time) ? keys_ : nullptr;
}

// Whoever can do with older keys does not wait for who is asking.
Result<TokenGuard::Keys> TokenGuard::keys(Instant now) {
  if (auto fresh = known_within(now, kFresh)) return fresh;
  const auto older = known_within(now, kAway);
  std::unique_lock turn(asking_, std::try_to_lock);
  if (!turn && older) return older;
  if (!turn) turn.lock();
  // Whoever had the turn before has asked for us, too.
  if (auto fresh = known_within(now, kFresh)) return fresh;
  if (const auto asked = asked_just_now(now)) return older ? Result<Keys>(older) : fail(*asked);
  auto read = read_again(now);
  return read || !older ? read : Result<Keys>(older);
}

// What the last attempt came to, if it is so short ago that there is none again.
std::optional<Error> TokenGuard::asked_just_now(Instant now) {
  const std::lock_guard lock(mutex_);
  return is_within(asked_at_, now, kBetween) ? failed_ : std::nullopt;
}

Result<TokenGuard::Keys> TokenGuard::newer_keys(const Keys& than, Instant now) {
  const std::lock_guard turn(asking_);
  {
    const std::lock_guard lock(mutex_);
    if (keys_ != than || is_within(asked_at_, now, kBetween)) return keys_;
  }
  auto read = read_again(now);
  return read ? read : Result<Keys>(than);
}

// In its turn. What is known stays when the issuer does not answer.
Result<TokenGuard::Keys> TokenGuard::read_again(Instant now) {
  const auto read = [&]() -> Result<Keys> {
    const auto url = keys_url();
    if (!url) return fail(url.error());
    const auto text = documents_.get(*url);
    if (!text) return fail(text.error());
    return SigningKeys::parse(*text);
  };
  auto keys = read();
  const std::lock_guard lock(mutex_);
  asked_at_ = now;
  failed_ = keys ? std::nullopt : std::optional(keys.error());
  if (keys) {
    keys_ = *keys;
    read_at_ = now;
  }
  return keys;
}

// The issuer's description must be its own: see OpenID Connect Discovery, 4.3.
Result<std::string> TokenGuard::keys_url() {
  if (!terms_.keys.empty()) return terms_.keys;
  auto at = terms_.issuer;
  if (at.back() == '/') at.pop_back();
  const auto text = documents_.get(at + kDescription);
  if (!text) return fail(text.error());
  const auto document = json_object(*text);
  const auto url = document ? text_member(*document, "jwks_uri") : "";
  if (url.empty() || text_member(*document, "issuer") != terms_.issuer)
    return fail(ErrorCode::kIssuerUnavailable,
                at + kDescription + " does not describe the issuer " + terms_.issuer,
                "write tokens.issuer as the issuer does, or set tokens.keys");
  return url;
}

}  // namespace qd::tokens
