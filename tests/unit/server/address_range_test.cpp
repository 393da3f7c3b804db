// Which clients a range holds, and whose request it is behind a proxy.
#include "server/http/address_range.hpp"

#include <gtest/gtest.h>

namespace qd::http {
namespace {

bool holds(const char* range, const char* address) {
  return AddressRange::parse(range)->contains(address);
}

TEST(AddressRange, holds_the_addresses_that_begin_alike) {
  EXPECT_TRUE(holds("10.0.0.0/8", "10.255.255.255"));
  EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.0"));
  EXPECT_FALSE(holds("10.0.0.0/8", "9.255.255.255"));
  EXPECT_TRUE(holds("192.0.2.128/25", "192.0.2.128"));
  EXPECT_FALSE(holds("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(holds("192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(holds("192.0.2.7", "192.0.2.6"));
  EXPECT_TRUE(holds("0.0.0.0/0", "203.0.113.1"));
  EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1")) << "every address of version 4";
  EXPECT_TRUE(holds("2001:db8::/32", "2001:db8:ffff::1"));
  EXPECT_FALSE(holds("2001:db8::/32", "2001:db9::"));
  EXPECT_TRUE(holds("::/0", "203.0.113.1")) << "every address";
}

TEST(AddressRange, takes_a_mapped_address_for_what_it_is) {
  EXPECT_TRUE(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
  EXPECT_TRUE(holds("::ffff:10.0.0.0/104", "10.1.2.3"));
}

TEST(AddressRange, holds_nothing_that_is_no_address) {
  for (const char* text : {"", "localhost", "10.1", "10.1.2.3.4", "10.1.2.3:80"})
    EXPECT_FALSE(holds("0.0.0.0/0", text)) << text;
}

TEST(AddressRange, is_refused_with_what_to_write) {
  for (const char* text : {"", "office", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "2001:db8::/129",
                           "10.0.0.1/8", "192.0.2.129/25", "2001:db8::1/32"}) {
    const auto range = AddressRange::parse(text);
    ASSERT_FALSE(range) << text;
    EXPECT_EQ(range.error().code, ErrorCode::kParameterMalformed);
    EXPECT_EQ(range.error().message, "'" + std::string(text) + "' is not a range of addresses");
    EXPECT_FALSE(range.error().hint.empty());
  }
  EXPECT_TRUE(AddressRange::parse("10.0.0.0/32"));
  EXPECT_TRUE(AddressRange::parse("2001:db8::1/128"));
}

TEST(ClientAddress, is_the_nearest_that_is_no_proxy_of_ours) {
  const std::vector<AddressRange> ours = {*AddressRange::parse("10.0.0.0/24")};
  EXPECT_EQ(client_address("192.0.2.1", "203.0.113.9", ours), "192.0.2.1")
      << "who is no proxy of ours is not believed";
  EXPECT_EQ(client_address("10.0.0.1", "", ours), "10.0.0.1");
  EXPECT_EQ(client_address("10.0.0.1", "203.0.113.9", ours), "203.0.113.9");
  EXPECT_EQ(client_address("10.0.0.1", "203.0.113.9, 10.0.0.2", ours), "203.0.113.9");
  EXPECT_EQ(client_address("10.0.0.1", "1.1.1.1 , 203.0.113.9,10.0.0.2", ours), "203.0.113.9")
      << "what the client says of itself is not believed";
  EXPECT_EQ(client_address("10.0.0.1", "10.0.0.3, 10.0.0.2", ours), "10.0.0.3");
  EXPECT_EQ(client_address("10.0.0.1", "nonsense", ours), "nonsense") << "and lies in no range";
}

}  // namespace
}  // namespace qd::http
