#include <gtest/gtest.h>

#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

using KeyStoreTest = StoreTest;
QUARTERDAY_BOTH_ENGINES(KeyStoreTest);

ApiKey key(const std::string& prefix, std::int64_t created) {
  ApiKey key;
  key.prefix = prefix;
  key.hash = "hash of " + prefix;
  key.name = "Übersicht";
  key.created_at = instant_of(created);
  return key;
}

TEST_P(KeyStoreTest, AKeyIsFoundByItsPrefixAsItWasAdded) {
  ApiKey added = key("abcd1234", 5);
  added.expires_at = instant_of(99);
  must(keys().add(added));
  const auto found = must(keys().find("abcd1234"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->hash, added.hash);
  EXPECT_EQ(found->name, added.name);
  EXPECT_EQ(found->created_at, added.created_at);
  EXPECT_EQ(found->expires_at, added.expires_at);
  EXPECT_EQ(found->revoked_at, std::nullopt);
  EXPECT_FALSE(must(keys().find("ABCD1234"))) << "text compares byte by byte";
}

TEST_P(KeyStoreTest, WhatAKeyIsConfinedToIsKept) {
  ApiKey added = key("abcd1234", 5);
  added.viewer = {Audience::kBoard, {"N1", "Übersee"}, {"copis"}};
  added.addresses = {"10.0.0.0/8", "2001:db8::/32"};
  must(keys().add(added));
  must(keys().add(key("free0000", 6)));
  const auto found = must(keys().find("abcd1234"));
  EXPECT_EQ(found->viewer, added.viewer);
  EXPECT_EQ(found->addresses, added.addresses);
  EXPECT_TRUE(must(keys().find("free0000"))->viewer.reads_everything());
}

// As nobody's key would be made; but it must not come to mean everything.
TEST_P(KeyStoreTest, AnEmptyListOfAreasIsNoArea) {
  must(keys().add(key("abcd1234", 5)));
  connect_to(url())->execute("UPDATE api_keys SET areas = '', families = ';'");
  const auto found = must(keys().find("abcd1234"));
  EXPECT_FALSE(found->viewer.reads_everything());
  EXPECT_EQ(found->viewer.areas, std::vector<std::string>{""});
  EXPECT_EQ(found->viewer.families, std::vector<std::string>{""});
}

TEST_P(KeyStoreTest, ItsLastUseIsKeptAndNeverAnEarlierOne) {
  must(keys().add(key("abcd1234", 5)));
  EXPECT_EQ(must(keys().find("abcd1234"))->last_used_at, std::nullopt);
  must(keys().note_use("abcd1234", instant_of(70)));
  must(keys().note_use("abcd1234", instant_of(60)));
  EXPECT_EQ(must(keys().find("abcd1234"))->last_used_at, instant_of(70));
  must(keys().note_use("unknown0", instant_of(70)));
  EXPECT_EQ(must(keys().list()).size(), 1U);
}

TEST_P(KeyStoreTest, APrefixIsTakenOnce) {
  must(keys().add(key("abcd1234", 5)));
  EXPECT_EQ(refusal(keys().add(key("abcd1234", 6))), ErrorCode::kStoreConflict);
  EXPECT_EQ(must(keys().list()).size(), 1U);
}

TEST_P(KeyStoreTest, KeysAreListedByCreation) {
  must(keys().add(key("second00", 6)));
  must(keys().add(key("first000", 5)));
  const auto all = must(keys().list());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].prefix, "first000");
  EXPECT_EQ(all[1].prefix, "second00");
}

TEST_P(KeyStoreTest, ARevokedKeyKeepsTheTimeItWasRevokedFirst) {
  must(keys().add(key("abcd1234", 5)));
  EXPECT_TRUE(must(keys().revoke("abcd1234", instant_of(50))));
  EXPECT_TRUE(must(keys().revoke("abcd1234", instant_of(60))));
  EXPECT_EQ(must(keys().find("abcd1234"))->revoked_at, instant_of(50));
  EXPECT_FALSE(must(keys().revoke("unknown0", instant_of(50))));
}

}  // namespace
}  // namespace qd::tests
