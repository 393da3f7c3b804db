#include "server/tokens/web_documents.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/URI.h>
#include <fmt/format.h>

#include <exception>
#include <istream>
#include <memory>
#include <optional>

namespace qd::tokens {
namespace {

namespace net = Poco::Net;

Error unavailable(const std::string& url, const std::string& why) {
  return {ErrorCode::kIssuerUnavailable, fmt::format("{} cannot be read: {}", url, why),
          "see that the issuer answers there, and that this machine trusts its certificate"};
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "::1" || host == "[::1]";
}

std::unique_ptr<net::HTTPClientSession> session_with(const Poco::URI& uri) {
  const auto plain = [&] {
    return std::make_unique<net::HTTPClientSession>(uri.getHost(), uri.getPort());
  };
  const auto secured = [&] {
    const net::Context::Ptr context =
        new net::Context(net::Context::TLS_CLIENT_USE, "", net::Context::VERIFY_STRICT, 9, true);
    return std::make_unique<net::HTTPSClientSession>(uri.getHost(), uri.getPort(), context);
  };
  auto session = uri.getScheme() == "https" ? secured() : plain();
  const Poco::Timespan patience(WebDocuments::kPatience.count(), 0);
  session->setTimeout(patience, patience, patience);
  return session;
}

// nullopt: it is longer than it may be.
std::optional<std::string> whole(std::istream& body) {
  std::string text;
  char piece[4096];
  while (body.read(piece, sizeof piece) || body.gcount() > 0) {
    text.append(piece, static_cast<std::size_t>(body.gcount()));
    if (text.size() > WebDocuments::kLargest) return std::nullopt;
  }
  return text;
}

Result<std::string> fetched(const Poco::URI& uri, const std::string& url) {
  const auto session = session_with(uri);
  net::HTTPRequest request(net::HTTPRequest::HTTP_GET, uri.getPathAndQuery(),
                           net::HTTPRequest::HTTP_1_1);
  request.set("Accept", "application/json");
  session->sendRequest(request);
  net::HTTPResponse response;
  auto text = whole(session->receiveResponse(response));
  if (response.getStatus() != net::HTTPResponse::HTTP_OK)
    return fail(unavailable(url, fmt::format("the answer is {}", int{response.getStatus()})));
  if (!text) return fail(unavailable(url, "it is longer than a megabyte"));
  return std::move(*text);
}

}  // namespace

Result<std::string> WebDocuments::get(const std::string& url) {
  try {
    const Poco::URI uri(url);
    const bool is_web = uri.getScheme() == "https" || uri.getScheme() == "http";
    if (!is_web || uri.getHost().empty())
      return fail(unavailable(url, "it is no address of the web"));
    if (uri.getScheme() == "http" && !is_this_machine(uri.getHost()))
      return fail(unavailable(url, "it is not https"));
    return fetched(uri, url);
  } catch (const Poco::Exception& thrown) {
    return fail(unavailable(url, thrown.displayText()));
  } catch (const std::exception& thrown) {
    return fail(unavailable(url, thrown.what()));
  }
}

}  // namespace qd::tokens
