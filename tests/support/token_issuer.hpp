// An issuer of tokens: its keys, what it publishes, and tokens it signs.
#pragma once

#include <cjose/cjose.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace qd::test {

class IssuerKey {
 public:
  static IssuerKey rsa(const std::string& id, std::size_t bits = 2048) {
    return {cjose_jwk_create_RSA_random(bits, nullptr, 0, nullptr), "RS256", id};
  }
  static IssuerKey ec(const std::string& id, cjose_jwk_ec_curve curve = CJOSE_JWK_EC_P_256) {
    return {cjose_jwk_create_EC_random(curve, nullptr), "ES256", id};
  }
  static IssuerKey shared_secret(const std::string& id, const std::string& secret) {
    return {cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(secret.data()),
                                      secret.size(), nullptr),
            "HS256", id};
  }

  // As it stands in a key set; `more` are further members: R"(,"use":"enc")".
  std::string published(const std::string& more = "") const {
    std::string text = taken(cjose_jwk_to_json(key_.get(), false, nullptr));
    text.pop_back();
    return text + more + "}";
  }
  std::string sign(const std::string& claims) const { return sign(claims, algorithm_, id_); }
  // With another word for how, or by which key, or more in the header than there should be.
  std::string sign(const std::string& claims, const std::string& algorithm, const std::string& id,
                   const std::string& condition = "") const {
    const std::unique_ptr<cjose_header_t, void (*)(cjose_header_t*)> header(
        cjose_header_new(nullptr), cjose_header_release);
    cjose_header_set(header.get(), "alg", algorithm.c_str(), nullptr);
    if (!id.empty()) cjose_header_set(header.get(), "kid", id.c_str(), nullptr);
    if (!condition.empty()) cjose_header_set_raw(header.get(), "crit", condition.c_str(), nullptr);
    const std::unique_ptr<cjose_jws_t, void (*)(cjose_jws_t*)> token(
        cjose_jws_sign(key_.get(), header.get(),
                       reinterpret_cast<const std::uint8_t*>(claims.data()), claims.size(),
                       nullptr),
        cjose_jws_release);
    const char* text = nullptr;  // the token's own
    return token && cjose_jws_export(token.get(), &text, nullptr) ? text : "";
  }

 private:
  IssuerKey(cjose_jwk_t* key, const std::string& algorithm, const std::string& id)
      : key_(key, [](cjose_jwk_t* one) { cjose_jwk_release(one); }),
        algorithm_(algorithm),
        id_(id) {
    cjose_jwk_set_kid(key_.get(), id.data(), id.size(), nullptr);
  }
  static std::string taken(char* text) {
    std::string copy = text;
    std::free(text);
    return copy;
  }

  std::shared_ptr<cjose_jwk_t> key_;
  std::string algorithm_, id_;
};

inline std::string key_set(const std::vector<std::string>& published) {
  std::string text = R"({"keys":[)";
  for (const auto& key : published) text += (text.back() == '[' ? "" : ",") + key;
  return text + "]}";
}

}  // namespace qd::test
