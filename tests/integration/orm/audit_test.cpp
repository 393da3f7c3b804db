// No change without its entry, no entry without its change, whoever writes at the same time.
#include <fmt/format.h>

#include <thread>

#include "core/reading/seals/audit_check.hpp"
#include "tests/integration/orm/records.hpp"

namespace qd::tests {
namespace {

class AuditTest : public StoreTest {
 protected:
  ApiKey key(const std::string& prefix) const {
    ApiKey made;
    made.prefix = prefix;
    made.hash = "hash";
    made.created_at = instant_of(5);
    return made;
  }
  AuditReport check(const std::optional<AuditAnchor>& anchor = std::nullopt) {
    auto& all = database();
    reading::seals::Seals seals(all.audit(), all.figures());
    return must(reading::seals::check_audit(
        {all.audit(), all.runs(), all.keys(), all.returns(), seals}, anchor));
  }
  std::vector<std::string> acts() {
    std::vector<std::string> acts;
    for (const auto& entry : must(database().audit().entries(0, 1000)))
      acts.push_back(entry.act + ": " + entry.subject);
    return acts;
  }
};
QUARTERDAY_BOTH_ENGINES(AuditTest);

TEST_P(AuditTest, WritersTakeTurnsAndEveryEntryFollowsFromTheOneBefore) {
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer)
    writers.emplace_back([this, writer] {
      const auto own = open_test_database(url());  // a server of its own
      for (int i = 0; i < 20; ++i) must(own->keys().add(key(fmt::format("key{}{:04}", writer, i))));
    });
  for (auto& writer : writers) writer.join();
  const auto report = check();
  EXPECT_EQ(report.broken, std::vector<std::string>{});
  EXPECT_EQ(report.last.number, 80);
  EXPECT_EQ(report.n_keys, 80);
}

TEST_P(AuditTest, AChangeThatIsNotMadeLeavesNoEntry) {
  must(keys().add(key("abcd1234")));
  EXPECT_EQ(refusal(keys().add(key("abcd1234"))), ErrorCode::kStoreConflict);
  must(keys().revoke("nobodys0", instant_of(9)));
  must(keys().revoke("abcd1234", instant_of(9)));
  must(keys().revoke("abcd1234", instant_of(10)));
  EXPECT_EQ(acts(),
            (std::vector<std::string>{"key created: key abcd1234", "key revoked: key abcd1234"}));
  EXPECT_EQ(check().broken, std::vector<std::string>{});
}

TEST_P(AuditTest, ALoadThatBringsNothingNewIsNone) {
  for (const std::int64_t now : {5, 6})
    load_lines(observations(), table_of("areas"), {"L1,Landlord,landlord,,2020-01-01,"}, now);
  EXPECT_EQ(acts(), std::vector<std::string>{"records loaded: load 1"});
}

TEST_P(AuditTest, AnEntryThatWasNotedElsewhereMustStillBeThere) {
  must(keys().add(key("abcd1234")));
  const auto noted = check().last;
  must(keys().add(key("efgh5678")));
  EXPECT_EQ(check(noted).broken, std::vector<std::string>{});
  EXPECT_EQ(check(AuditAnchor{1, std::string(64, '0')}).broken,
            std::vector<std::string>{"entry 1 of the audit is not the one that was noted"});
  EXPECT_EQ(check(AuditAnchor{3, std::string(64, '0')}).broken,
            std::vector<std::string>{"entry 3 of the audit is gone"});
}

// Whoever takes the last entries out, and makes the one before the last, is told by what they were
// about.
TEST_P(AuditTest, WhatIsThereAndHasNoEntryAnyMoreIsNamed) {
  must(keys().add(key("abcd1234")));
  must(keys().add(key("efgh5678")));
  const auto connection = connect_to(url());
  connection->execute("DELETE FROM audit WHERE number = 2");
  const auto first = must(database().audit().entries(0, 1)).at(0);
  connection->execute("UPDATE audit_head SET number = 1, digest = ?", {first.digest});
  EXPECT_EQ(check().broken, std::vector<std::string>{
                                "key efgh5678 is there, and nobody wrote down that it was made"});
}

// Of before there was an audit.
TEST_P(AuditTest, WhatIsOlderThanTheFirstEntryIsTakenAsItIs) {
  must(keys().add(key("abcd1234")));
  const auto connection = connect_to(url());
  connection->execute("DELETE FROM audit");
  connection->execute("DELETE FROM audit_head");
  EXPECT_EQ(check().n_before, 1);
  auto later = key("efgh5678");
  later.created_at = instant_of(6);
  must(keys().add(later));
  const auto report = check();
  EXPECT_EQ(report.broken, std::vector<std::string>{});
  EXPECT_EQ(report.n_before, 1);
  EXPECT_EQ(report.n_keys, 1);
}

}  // namespace
}  // namespace qd::tests
