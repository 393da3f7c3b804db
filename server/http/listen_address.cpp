#include <arpa/inet.h>
#include <fmt/format.h>

#include "core/text/whole_number.hpp"
#include "server/http/edge.hpp"

namespace qd::http {

Result<ListenAddress> ListenAddress::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  const auto refuse = [&] {
    return fail(ErrorCode::kListenRefused, fmt::format("'{}' is not HOST:PORT", text),
                "write it as 127.0.0.1:8080 or [::1]:8080");
  };
  if (colon == std::string_view::npos || colon == 0) return refuse();
  auto host = text.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const auto port = text::whole_number<std::uint16_t>(text.substr(colon + 1));
  if (host.empty() || !port) return refuse();
  return ListenAddress{std::string(host), *port};
}

// A name that only begins like an address is somebody else's.
bool ListenAddress::loopback() const {
  in_addr four{};
  const bool is_four = ::inet_pton(AF_INET, host.c_str(), &four) == 1;
  return host == "localhost" || host == "::1" || (is_four && ntohl(four.s_addr) >> 24 == 127);
}

std::string ListenAddress::text() const {
  const bool six = host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", six ? "[" : "", host, six ? "]" : "", port);
}

}  // namespace qd::http
