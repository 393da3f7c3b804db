// What the servers of one database sign with, on both engines.
#include <gtest/gtest.h>

#include <thread>

#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

using SecretStoreTest = StoreTest;
QUARTERDAY_BOTH_ENGINES(SecretStoreTest);

TEST_P(SecretStoreTest, TheFirstCandidateStaysTheSecret) {
  const std::string bytes("\x00\xff'\\ \n", 6);
  EXPECT_EQ(must(secrets().secret("cursors", bytes)), bytes);
  EXPECT_EQ(must(secrets().secret("cursors", "another")), bytes);
  const auto second_server = must(orm::open_database(url()));
  EXPECT_EQ(must(second_server->secrets().secret("cursors", "another")), bytes);
  EXPECT_EQ(must(secrets().secret("audit", "another")), "another") << "each name has its own";
}

TEST_P(SecretStoreTest, ServersThatStartTogetherAgree) {
  std::vector<std::string> agreed(8);
  std::vector<std::thread> servers;
  for (std::size_t i = 0; i < agreed.size(); ++i)
    servers.emplace_back([&, i] {
      const auto server = must(orm::open_database(url()));
      agreed[i] = must(server->secrets().secret("cursors", "of " + std::to_string(i)));
    });
  for (auto& server : servers) server.join();
  for (const auto& one : agreed) EXPECT_EQ(one, agreed[0]);
  EXPECT_EQ(number("SELECT COUNT(*) FROM server_secrets"), 1);
}

}  // namespace
}  // namespace qd::tests
