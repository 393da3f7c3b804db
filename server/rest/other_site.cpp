#include "server/rest/other_site.hpp"

namespace qd::rest {
namespace {

bool says(const http::HttpRequest& request, std::string_view name, std::string_view value) {
  const std::string* sent = request.header(name);
  return sent != nullptr && *sent == value;
}

}  // namespace

bool is_of_another_site(const http::HttpRequest& request) {
  return says(request, "sec-fetch-site", "cross-site");
}

bool is_followed_link(const http::HttpRequest& request) {
  return says(request, "sec-fetch-mode", "navigate");
}

Error of_another_site() {
  return {ErrorCode::kOtherSite,
          "a page of another site asks for this, with the key of who looks at it",
          "open the address yourself, or ask from a program"};
}

}  // namespace qd::rest
