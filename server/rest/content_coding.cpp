#include "server/rest/content_coding.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "server/formats/gzip.hpp"
#include "server/rest/negotiate.hpp"

namespace qd::rest {
namespace {

constexpr std::size_t kWorthIt = 1024;  // bytes

class GzippedSource final : public http::BodySource {
 public:
  explicit GzippedSource(std::unique_ptr<http::BodySource> source) : source_(std::move(source)) {}
  Result<std::string> next() override {
    while (!ended_) {
      auto piece = source_->next();
      if (!piece) return piece;
      ended_ = piece->empty();
      gzip_.add(*piece);
      if (ended_) gzip_.end();
      if (auto ready = gzip_.take(); !ready.empty()) return ready;
    }
    return std::string{};
  }

 private:
  std::unique_ptr<http::BodySource> source_;
  formats::Gzip gzip_;
  bool ended_ = false;
};

void add_to_vary(http::HttpResponse& response) {
  for (auto& [name, value] : response.headers)
    if (name == "Vary") {
      value += ", Accept-Encoding";
      return;
    }
  response.headers.emplace_back("Vary", "Accept-Encoding");
}

std::string digest_of(const std::string& body) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(body.data()),
                     body.size());
  std::array<char,
             sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)>
      text{};
  sodium_bin2base64(text.data(), text.size(), digest.data(), digest.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  return fmt::format("sha-256=:{}:", text.data());
}

void compress(http::HttpResponse& response) {
  if (response.source)
    response.source = std::make_unique<GzippedSource>(std::move(response.source));
  else
    response.body = std::make_shared<const std::string>(formats::gzipped(*response.body));
  response.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace

void finish(const http::HttpRequest& request, http::HttpResponse& response) {
  const bool is_worth_it = response.source || (response.body && response.body->size() >= kWorthIt);
  if (response.status == 200) {
    add_to_vary(response);
    if (is_worth_it && accepts_gzip(request)) compress(response);
  }
  const auto* wanted = request.header("want-repr-digest");
  if (response.body && wanted && wants_sha256(*wanted))
    response.headers.emplace_back("Repr-Digest", digest_of(*response.body));
}

}  // namespace qd::rest
