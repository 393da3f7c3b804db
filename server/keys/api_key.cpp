#include "server/keys/api_key.hpp"

#include <sodium.h>

#include <array>
#include <cstdlib>

namespace qd::keys {
namespace {

constexpr std::size_t kPrefixLength = 8;
constexpr std::size_t kSecretLength = 43;  // 32 bytes in URL-safe base64 without padding
constexpr std::string_view kStart = "qd_";

// Letters and digits that are not mistaken for each other when read aloud.
constexpr std::string_view kPrefixLetters = "abcdefghijkmnpqrstuvwxyz23456789";

// A machine that cannot draw random numbers must not hand out keys.
void need_sodium() {
  if (sodium_init() < 0) std::abort();
}

bool is_secret_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

}  // namespace

KeyText make_key_text() {
  need_sodium();
  KeyText text;
  for (std::size_t i = 0; i < kPrefixLength; ++i)
    text.prefix +=
        kPrefixLetters[randombytes_uniform(static_cast<std::uint32_t>(kPrefixLetters.size()))];
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, kSecretLength + 1> encoded{};
  sodium_bin2base64(encoded.data(), encoded.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.secret = encoded.data();
  return text;
}

std::optional<KeyText> parse_key_text(std::string_view text) {
  if (text.size() != kStart.size() + kPrefixLength + 1 + kSecretLength) return std::nullopt;
  if (text.substr(0, kStart.size()) != kStart) return std::nullopt;
  text.remove_prefix(kStart.size());
  const auto prefix = text.substr(0, kPrefixLength);
  const auto secret = text.substr(kPrefixLength + 1);
  if (text[kPrefixLength] != '_') return std::nullopt;
  for (const char c : prefix)
    if (kPrefixLetters.find(c) == std::string_view::npos) return std::nullopt;
  for (const char c : secret)
    if (!is_secret_letter(c)) return std::nullopt;
  return KeyText{std::string(prefix), std::string(secret)};
}

std::string secret_hash(std::string_view secret) {
  need_sodium();
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), nullptr,
                     0);
  std::array<char, 2 * crypto_generichash_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

bool same_hash(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

NewKey make_key(std::string name, Instant now, KeyTerms terms) {
  NewKey made{make_key_text(), {}};
  made.key.prefix = made.text.prefix;
  made.key.hash = secret_hash(made.text.secret);
  made.key.name = std::move(name);
  made.key.created_at = now;
  made.key.expires_at = terms.expires_at;
  made.key.scopes = terms.scopes;
  made.key.viewer = std::move(terms.viewer);
  made.key.addresses = std::move(terms.addresses);
  return made;
}

bool is_usable(const ApiKey& key, Instant now) {
  return !key.revoked_at && (!key.expires_at || now < *key.expires_at);
}

}  // namespace qd::keys
