// API keys: only their hashes are kept.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/error.hpp"
#include "core/model/scope.hpp"
#include "core/model/viewer.hpp"

namespace qd {

struct ApiKey {
  std::string prefix;  // the public part, by which it is found: eight characters
  std::string hash;    // of the secret part (libsodium); never leaves the store's callers
  std::string name;    // whose it is
  Instant created_at{};
  std::optional<Instant> expires_at;
  std::optional<Instant> revoked_at;
  Scopes scopes = Scopes::usual();
  Viewer viewer = {};                       // as whom its holder reads figures, and which
  std::vector<std::string> addresses = {};  // ranges it may be used from; empty: any
  std::optional<Instant> last_used_at = std::nullopt;
};

// SHA-256 over what a key opens, to whom and until when: what it was made with.
std::string digest_of(const ApiKey& key);
std::string subject_of_key(const std::string& prefix);  // "key 3f9a21bc"

class KeyStore {
 public:
  virtual ~KeyStore() = default;
  virtual Result<void> add(const ApiKey& key) = 0;
  virtual Result<std::optional<ApiKey>> find(const std::string& prefix) = 0;
  virtual Result<std::vector<ApiKey>> list() = 0;                           // by creation
  virtual Result<bool> revoke(const std::string& prefix, Instant now) = 0;  // false: unknown
  // A key that is not there is none that was used.
  virtual Result<void> note_use(const std::string& prefix, Instant now) = 0;
};

}  // namespace qd
