// Addresses of clients, and ranges of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"

namespace qd::http {

// "10.0.0.0/8", "2001:db8::/32", or one address. An address of version 4 is the same however it
// comes, also as "::ffff:10.1.2.3".
class AddressRange {
 public:
  // Errors: kParameterMalformed; also when bits are set behind the prefix: "10.1.2.3/8".
  static Result<AddressRange> parse(std::string_view text);
  bool contains(std::string_view address) const;  // false for what is no address

 private:
  using Bytes = std::array<std::uint8_t, 16>;
  static std::optional<Bytes> bytes_of(std::string_view address);

  Bytes bytes_{};
  unsigned n_bits_ = 0;
};

bool is_within(std::string_view address, const std::vector<AddressRange>& ranges);

// Whose request it is: the nearest address on its way that is not one of our own proxies.
// forwarded_for: the header X-Forwarded-For, "" for none. Each proxy appends whom it was asked by,
// so the list is read from its end, and no further than proxies that are trusted.
std::string client_address(std::string_view peer, std::string_view forwarded_for,
                           const std::vector<AddressRange>& proxies);

}  // namespace qd::http
