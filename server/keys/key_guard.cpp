#include "server/keys/key_guard.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "server/http/address_range.hpp"

namespace qd::keys {
namespace {

constexpr std::size_t kRemembered = 4096;  // guessed prefixes may not fill the memory
constexpr const char* kHint =
    "send the key as 'Authorization: Bearer KEY', or as the password of Basic authentication";

bool is_scheme(std::string_view authorization, std::string_view scheme) {
  if (authorization.size() <= scheme.size() || authorization[scheme.size()] != ' ') return false;
  for (std::size_t i = 0; i < scheme.size(); ++i)
    if ((authorization[i] | 0x20) != scheme[i]) return false;
  return true;
}

std::string_view after_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

std::optional<std::string> password_of(std::string_view base64) {
  std::string decoded(base64.size(), '\0');
  std::size_t length = 0;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(decoded.data()),
                                       decoded.size(), base64.data(), base64.size(), nullptr,
                                       &length, nullptr, sodium_base64_VARIANT_ORIGINAL);
  const auto colon = decoded.substr(0, length).find(':');
  if (failed != 0 || colon == std::string::npos) return std::nullopt;
  return decoded.substr(colon + 1, length - colon - 1);
}

// A range that cannot be read lets nobody in.
bool is_from_where_it_may(const ApiKey& key, std::string_view client) {
  return key.addresses.empty() ||
         std::any_of(key.addresses.begin(), key.addresses.end(), [&](const std::string& text) {
           const auto range = http::AddressRange::parse(text);
           return range && range->contains(client);
         });
}

std::string how_to_get(const Caller& caller, const char* kind, std::string_view name) {
  if (caller.by == Credential::kToken)
    return fmt::format("ask whoever gives roles at the issuer for quarterday:{}:{}", kind, name);
  return fmt::format("ask the operator for a key with it: quarterday key create --{} {}", kind,
                     name);
}

}  // namespace

std::optional<std::string> key_in_header(std::string_view authorization) {
  if (is_scheme(authorization, "bearer")) return std::string(after_blanks(authorization.substr(6)));
  if (is_scheme(authorization, "basic")) return password_of(after_blanks(authorization.substr(5)));
  return std::nullopt;
}

std::string Caller::in_log() const { return by == Credential::kToken ? "token " + name : name; }

std::string Caller::in_words() const {
  return (by == Credential::kToken ? "the token of " : "the key ") + name;
}

Result<void> need(const Caller& caller, Scope scope) {
  if (caller.scopes.has(scope)) return {};
  return fail(ErrorCode::kScopeMissing,
              fmt::format("{} does not have the scope '{}'", caller.in_words(), name_of(scope)),
              how_to_get(caller, "scope", name_of(scope)));
}

Result<void> need_everything(const Caller& caller) {
  constexpr auto kWhose = Audience::kExecutive;
  if (caller.viewer.audience != kWhose)
    return fail(ErrorCode::kScopeMissing,
                fmt::format("{} reads as '{}', and this is made for '{}'", caller.in_words(),
                            name_of(caller.viewer.audience), name_of(kWhose)),
                how_to_get(caller, "audience", name_of(kWhose)));
  if (!caller.viewer.reads_everything())
    return fail(ErrorCode::kScopeMissing,
                fmt::format("{} reads a part of the figures, and this holds all of them",
                            caller.in_words()),
                "ask the operator for one without areas and families");
  return {};
}

Result<Caller> KeyGuard::admit(const http::HttpRequest& request) {
  auto caller = admitted(request);
  const bool is_wrong = !caller && (caller.error().code == ErrorCode::kKeyUnknown ||
                                    caller.error().code == ErrorCode::kTokenRefused);
  if (is_wrong) wrong_.note(request.client);
  return caller;
}

Result<Caller> KeyGuard::admitted(const http::HttpRequest& request) {
  const auto* authorization = request.header("authorization");
  if (authorization == nullptr)
    return fail(ErrorCode::kKeyMissing, "this address is only read with a key", kHint);
  const auto presented = key_in_header(*authorization);
  if (const auto text = presented ? parse_key_text(*presented) : std::nullopt)
    return admit_by_key(*text, request);
  if (tokens_ && presented && tokens::looks_like_token(*presented))
    return admit_by_token(*presented);
  return fail(ErrorCode::kKeyUnknown, "the Authorization header does not hold a key", kHint);
}

Result<Caller> KeyGuard::admit_by_key(const KeyText& text, const http::HttpRequest& request) {
  const auto now = clock_.now();
  if (wait(request).count() > 0 && !has_opened(text.prefix))
    return fail(ErrorCode::kTooManyRequests, "too many keys that open nothing came from here",
                "wait as Retry-After says, and send a key that opens something");
  const auto found = look_up(text.prefix, now);
  if (!found) return fail(found.error());
  const auto hash = secret_hash(text.secret);
  if (!*found || !same_hash(hash, (*found)->hash) || !is_usable(**found, now) ||
      !is_from_where_it_may(**found, request.client))
    return fail(ErrorCode::kKeyUnknown,
                "the key is unknown, revoked or expired, or may not be used from here",
                "ask the operator for a new one: quarterday key create");
  note_opened((*found)->prefix);
  note_use(**found, now);
  return Caller{(*found)->prefix, (*found)->scopes, (*found)->viewer};
}

Result<Caller> KeyGuard::admit_by_token(const std::string& token) {
  auto holder = tokens_->admit(token);
  if (!holder) return fail(holder.error());
  return Caller{std::move(holder->name), holder->scopes, std::move(holder->viewer),
                Credential::kToken};
}

// Once in a while, and whether or not it can be written down: a key opens what it opens.
void KeyGuard::note_use(const ApiKey& key, Instant now) {
  if (key.last_used_at && is_remembered(*key.last_used_at, now, kUseNoted)) return;
  {
    const std::lock_guard lock(mutex_);
    const auto found = memory_.find(key.prefix);
    if (found == memory_.end() || !found->second.key) return;
    auto& last = found->second.key->last_used_at;
    if (last && is_remembered(*last, now, kUseNoted)) return;
    last = now;
  }
  (void)store_.note_use(key.prefix, now);
}

bool KeyGuard::has_opened(const std::string& prefix) {
  const std::lock_guard lock(mutex_);
  const auto found = memory_.find(prefix);
  return found != memory_.end() && found->second.has_opened;
}
void KeyGuard::note_opened(const std::string& prefix) {
  const std::lock_guard lock(mutex_);
  const auto found = memory_.find(prefix);
  if (found != memory_.end()) found->second.has_opened = true;
}

Result<std::optional<ApiKey>> KeyGuard::look_up(const std::string& prefix, Instant now) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = memory_.find(prefix);
    if (found != memory_.end() && is_remembered(found->second.read_at, now, kMemory))
      return found->second.key;
  }
  auto key = store_.find(prefix);
  if (!key) return key;
  const std::lock_guard lock(mutex_);
  if (memory_.size() >= kRemembered) memory_.clear();
  auto& remembered = memory_[prefix];
  remembered.key = *key;
  remembered.read_at = now;
  return key;
}

}  // namespace qd::keys
