// Decides whether a request may read.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/ports/clock.hpp"
#include "core/ports/key_store.hpp"
#include "server/http/message.hpp"
#include "server/keys/api_key.hpp"
#include "server/keys/wrong_keys.hpp"
#include "server/tokens/token_guard.hpp"

namespace qd::keys {

// The key of an Authorization header: Bearer, or the password of Basic; the scheme in any case.
// nullopt: another scheme, or malformed.
std::optional<std::string> key_in_header(std::string_view authorization);

// What a caller shows.
enum class Credential { kNone, kKey, kToken };

// Who asks, and what its key or token opens.
struct Caller {
  std::string name;  // the prefix of the key, or the subject of the token
  Scopes scopes;
  Viewer viewer = {};
  Credential by = Credential::kKey;

  std::string in_log() const;    // "a2b3c4d5", "token jane"
  std::string in_words() const;  // "the key a2b3c4d5", "the token of jane"
};

// Errors: kScopeMissing, which names the scope.
Result<void> need(const Caller& caller, Scope scope);
// What is asked for is made for the Executive, of all there is. Errors: kScopeMissing.
Result<void> need_everything(const Caller& caller);

// Thread-safe.
class KeyGuard {
 public:
  // A revoked or expired key is refused at the latest so long after: keys are looked up that often.
  static constexpr std::chrono::milliseconds kMemory = std::chrono::seconds{3};
  // When a key was last used is known to so much.
  static constexpr std::chrono::milliseconds kUseNoted = std::chrono::hours{1};

  // Without tokens only keys open anything. All outlive it.
  KeyGuard(KeyStore& store, const Clock& clock, tokens::TokenGuard* tokens = nullptr)
      : store_(store), clock_(clock), tokens_(tokens), wrong_(clock) {}

  // What opens nothing is counted, and now and then written into the log.
  // Errors: kKeyMissing, kKeyUnknown (also expired, revoked, or used from elsewhere than it may
  // be), kStoreUnavailable, those of TokenGuard::admit.
  // kTooManyRequests: too many came from there; keys that opened something here still do.
  Result<Caller> admit(const http::HttpRequest& request);
  // How long who asks from there has to wait, see WrongKeys.
  std::chrono::seconds wait(const http::HttpRequest& request) {
    return wrong_.wait(request.client);
  }

 private:
  struct Remembered {
    std::optional<ApiKey> key;  // nullopt: the store has none of that prefix
    Instant read_at;
    bool has_opened = false;  // with the right secret, since the server started
  };
  Result<Caller> admitted(const http::HttpRequest& request);
  Result<Caller> admit_by_key(const KeyText& text, const http::HttpRequest& request);
  Result<Caller> admit_by_token(const std::string& token);
  bool has_opened(const std::string& prefix);
  void note_opened(const std::string& prefix);
  Result<std::optional<ApiKey>> look_up(const std::string& prefix, Instant now);
  void note_use(const ApiKey& key, Instant now);

  KeyStore& store_;
  const Clock& clock_;
  tokens::TokenGuard* tokens_;
  WrongKeys wrong_;
  std::mutex mutex_;
  std::unordered_map<std::string, Remembered> memory_;
};

}  // namespace qd::keys
