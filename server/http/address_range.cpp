#include "server/http/address_range.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/text/whole_number.hpp"

namespace qd::http {
namespace {

constexpr unsigned kBitsBeforeVersion4 = 96;  // of ::ffff:0:0/96
constexpr unsigned kAllBits = 128;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool bit(const std::array<std::uint8_t, 16>& bytes, unsigned place) {
  return ((bytes[place / 8] >> (7 - place % 8)) & 1) != 0;
}

}  // namespace

std::optional<AddressRange::Bytes> AddressRange::bytes_of(std::string_view address) {
  const std::string text(address);
  Bytes bytes{};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  in_addr four{};
  if (::inet_pton(AF_INET, text.c_str(), &four) != 1) return std::nullopt;
  bytes[10] = bytes[11] = 0xFF;
  const auto* begin = reinterpret_cast<const std::uint8_t*>(&four.s_addr);
  std::copy(begin, begin + 4, bytes.begin() + 12);
  return bytes;
}

Result<AddressRange> AddressRange::parse(std::string_view text) {
  const auto refuse = [&](const char* hint) {
    return fail(ErrorCode::kParameterMalformed,
                fmt::format("'{}' is not a range of addresses", text), hint);
  };
  const auto slash = std::min(text.find('/'), text.size());
  const auto bytes = bytes_of(text.substr(0, slash));
  if (!bytes) return refuse("write it as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7");
  const bool is_version_4 = text.substr(0, slash).find(':') == std::string_view::npos;
  const unsigned before = is_version_4 ? kBitsBeforeVersion4 : 0;
  AddressRange range;
  range.bytes_ = *bytes;
  range.n_bits_ = kAllBits;
  if (slash < text.size()) {
    const auto bits = text::whole_number<unsigned>(text.substr(slash + 1));
    if (!bits || *bits > kAllBits - before)
      return refuse(is_version_4 ? "behind the slash stands a number up to 32"
                                 : "behind the slash stands a number up to 128");
    range.n_bits_ = before + *bits;
  }
  for (unsigned place = range.n_bits_; place < kAllBits; ++place)
    if (bit(range.bytes_, place)) return refuse("behind its prefix the address has to be 0");
  return range;
}

bool AddressRange::contains(std::string_view address) const {
  const auto bytes = bytes_of(address);
  if (!bytes) return false;
  for (unsigned place = 0; place < n_bits_; ++place)
    if (bit(*bytes, place) != bit(bytes_, place)) return false;
  return true;
}

bool is_within(std::string_view address, const std::vector<AddressRange>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const AddressRange& range) { return range.contains(address); });
}

std::string client_address(std::string_view peer, std::string_view forwarded_for,
                           const std::vector<AddressRange>& proxies) {
  std::string_view nearest = peer, rest = forwarded_for;
  while (!rest.empty() && is_within(nearest, proxies)) {
    const auto comma = rest.rfind(',');
    const auto begin = comma == std::string_view::npos ? 0 : comma + 1;
    nearest = trimmed(rest.substr(begin));
    rest = rest.substr(0, comma == std::string_view::npos ? 0 : comma);
  }
  return std::string(nearest);
}

}  // namespace qd::http
