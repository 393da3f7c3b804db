#include "server/tokens/signing_keys.hpp"

#include <cjose/cjose.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdlib>

#include "server/tokens/json_object.hpp"

namespace qd::tokens {
namespace {

constexpr std::size_t kLongest = 16384;     // bytes of a token
constexpr std::size_t kShortestRsa = 2048;  // bits

// What is freed by a function of the library.
template <auto kRelease>
struct Releases {
  template <class Thing>
  void operator()(Thing* thing) const {
    kRelease(thing);
  }
};
using JoseKey = std::unique_ptr<cjose_jwk_t, Releases<cjose_jwk_release>>;
using JoseToken = std::unique_ptr<cjose_jws_t, Releases<cjose_jws_release>>;

std::string written(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

JoseKey imported(const rapidjson::Value& value) {
  const auto text = written(value);
  return JoseKey(cjose_jwk_import(text.data(), text.size(), nullptr));
}

// The way that a key signs; empty: one that is not accepted.
std::string_view algorithm_of(const cjose_jwk_t* key) {
  const auto kind = cjose_jwk_get_kty(key, nullptr);
  const auto bits = cjose_jwk_get_keysize(key, nullptr);
  if (kind == CJOSE_JWK_KTY_RSA && bits >= kShortestRsa) return "RS256";
  const bool is_p256 =
      kind == CJOSE_JWK_KTY_EC && cjose_jwk_EC_get_curve(key, nullptr) == CJOSE_JWK_EC_P_256;
  return is_p256 ? "ES256" : "";
}

Error unusable(const char* why) {
  return {ErrorCode::kIssuerUnavailable, std::string("the issuer's keys cannot be used: ") + why,
          "see what stands at tokens.keys: a JSON Web Key Set with RS256 or ES256 keys"};
}

JoseToken imported(const std::string& token) {
  return JoseToken(cjose_jws_import(token.data(), token.size(), nullptr));
}

std::string header_of(cjose_jws_t* token, const char* name) {
  const char* value = cjose_header_get(cjose_jws_get_protected(token), name, nullptr);
  return value ? value : "";
}

// What the sender says must be understood is not.
bool has_conditions(cjose_jws_t* token) {
  const std::unique_ptr<char, Releases<std::free>> conditions(
      cjose_header_get_raw(cjose_jws_get_protected(token), "crit", nullptr));
  return conditions != nullptr;
}

std::string claims_of(cjose_jws_t* token) {
  std::uint8_t* bytes = nullptr;  // the token's own
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(token, &bytes, &size, nullptr)) return "";
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

struct SigningKeys::Key {
  std::string id;
  std::string_view algorithm;
  JoseKey key;
};

Result<std::shared_ptr<const SigningKeys>> SigningKeys::parse(std::string_view key_set) {
  const auto document = json_object(key_set);
  if (!document) return fail(unusable("that is not JSON"));
  const auto* keys = member(*document, "keys");
  if (!keys || !keys->IsArray()) return fail(unusable("there is no list of keys"));
  auto set = std::make_shared<SigningKeys>();
  for (const auto& value : keys->GetArray()) {
    if (!value.IsObject() || (value.HasMember("use") && text_member(value, "use") != "sig"))
      continue;
    auto key = imported(value);
    const auto algorithm = key ? algorithm_of(key.get()) : "";
    const bool is_for_it = !value.HasMember("alg") || text_member(value, "alg") == algorithm;
    if (algorithm.empty() || !is_for_it) continue;
    set->keys_.push_back(
        std::make_shared<const Key>(Key{text_member(value, "kid"), algorithm, std::move(key)}));
  }
  if (set->keys_.empty()) return fail(unusable("none is for RS256 or ES256"));
  return set;
}

// The key decides how it is verified, never the token: its own word must be the key's.
CheckedToken SigningKeys::check(const std::string& text) const {
  if (text.size() > kLongest) return {};
  const auto unchecked = imported(text);
  if (!unchecked || has_conditions(unchecked.get())) return {};
  const auto algorithm = header_of(unchecked.get(), "alg"), id = header_of(unchecked.get(), "kid");
  if (algorithm != "RS256" && algorithm != "ES256") return {};
  bool is_known = false;
  for (const auto& key : keys_) {
    if (!id.empty() && key->id != id) continue;
    is_known = true;
    if (key->algorithm != algorithm) continue;
    const auto token = imported(text);  // for each key anew: a failed check leaves its traces
    if (token && cjose_jws_verify(token.get(), key->key.get(), nullptr))
      return {Signed::kBySomeKey, claims_of(token.get())};
  }
  return {is_known ? Signed::kNotAtAll : Signed::kByAnUnknownKey, ""};
}

bool looks_like_token(std::string_view text) {
  return std::count(text.begin(), text.end(), '.') == 2 && text.front() != '.' &&
         text.back() != '.';
}

}  // namespace qd::tokens
