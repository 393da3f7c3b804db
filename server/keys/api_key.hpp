// Keys as people hold them: qd_<prefix>_<secret>.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/date.hpp"
#include "core/ports/key_store.hpp"

namespace qd::keys {

struct KeyText {
  std::string prefix;  // eight characters, public: lists and logs show it
  std::string secret;  // 43 characters: 256 random bits
  std::string whole() const { return "qd_" + prefix + "_" + secret; }
};

KeyText make_key_text();
// nullopt when the text does not have the shape of a key.
std::optional<KeyText> parse_key_text(std::string_view text);

// BLAKE2b-256 of the secret, in hex. A slow password hash would protect guessable secrets; these
// are 256 random bits, which nobody guesses, and the hash is computed for every request.
std::string secret_hash(std::string_view secret);
// Takes the same time whether the hashes differ in the first byte or the last.
bool same_hash(std::string_view a, std::string_view b);

struct NewKey {
  KeyText text;  // shown once, never stored
  ApiKey key;
};
// What its maker says of a key.
struct KeyTerms {
  std::optional<Instant> expires_at = std::nullopt;
  Scopes scopes = Scopes::usual();
  Viewer viewer = {};
  std::vector<std::string> addresses = {};
};
NewKey make_key(std::string name, Instant now, KeyTerms terms = {});

bool is_usable(const ApiKey& key, Instant now);

}  // namespace qd::keys
