// A request as it is understood, and an answer before it is written.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/error.hpp"

namespace qd::http {

using HttpField = std::pair<std::string, std::string>;

struct HttpRequest {
  std::string method;                 // as sent: "GET"
  std::string target;                 // as sent, without scheme and host: "/api/v1/facts?area=L1"
  std::string path;                   // before the question mark, still percent-encoded
  std::vector<std::string> segments;  // of the path, decoded: {"api", "v1", "facts"}
  std::vector<HttpField> query;       // decoded, in the order sent, repeated names repeated
  std::vector<HttpField> headers;     // names in lower case, in the order sent
  std::string body;
  bool http_1_1 = true;
  bool keep_alive = true;  // what the client asked for
  std::string client;      // its address, as far as our own proxies tell
  std::string origin;      // "https://figures.example.org"; empty: it named no host

  // The first header of that lower-case name; nullptr when there is none.
  const std::string* header(std::string_view lower_case_name) const;
};

// A body too long to be held whole. Asked piece by piece, as fast as the client takes them.
class BodySource {
 public:
  virtual ~BodySource() = default;
  // The next piece, 32 kB to 1 MB; empty: the body is complete. An error cuts the answer short, so
  // that the client sees that it is not whole. Called by one thread of the pool at a time.
  virtual Result<std::string> next() = 0;
};

// How an answer ended: bytes of it that were sent, and whether that was all.
struct AnswerEnd {
  std::uint64_t bytes = 0;
  bool whole = false;
};

struct HttpResponse {
  int status = 200;
  std::vector<HttpField> headers;           // without length, date and connection
  std::shared_ptr<const std::string> body;  // shared: a cached answer is not copied; null: none
  std::unique_ptr<BodySource> source;       // instead of body
  bool close = false;                       // ends the connection after this answer
  std::function<void(const AnswerEnd&)> when_over;  // called once, by any thread; quick
};

HttpResponse text_response(int status, std::string content_type, std::string body);

// Whether it may be a host, with or without a port: "figures.example.org:8443", "[::1]".
bool is_host(std::string_view text);

// "Not Found"; "Unknown" for a status this server never gives.
std::string_view reason_of(int status);

}  // namespace qd::http
