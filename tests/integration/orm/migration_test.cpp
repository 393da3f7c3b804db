// What an earlier version stored is there after the migration, in the tables of this one.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

namespace fs = std::filesystem;

class MigrationTest : public testing::TestWithParam<orm::DatabaseKind> {
 protected:
  MigrationTest() {
    run_script("v1-" + engine_name(GetParam()) + ".sql");
    run_script("v1-returns.sql");
    run_script("v1-runs.sql");
    run_script("v1-keys.sql");
  }
  void run_script(const std::string& name) {
    std::ifstream script(fs::path(QUARTERDAY_SOURCE_DIR) / "tests/integration/orm/data" / name);
    for (std::string statement; std::getline(script, statement, ';');)
      if (statement.find_first_not_of(" \n") != statement.npos) connection_->script(statement);
  }
  std::vector<Delivery> deliveries() {
    return must(must(orm::open_database(url_))->deliveries().deliveries());
  }

  // What later versions added gone, and the program killed on its way to the second.
  void go_back_midway_to_version_2() {
    for (const char* column : {"audience", "areas", "families", "addresses", "last_used_at"})
      connection_->execute("ALTER TABLE api_keys DROP COLUMN " + std::string(column));
    for (const char* table : {"definitions", "fact_definitions"})
      for (const char* column : {"counts", "subjects", "overlapping", "special_category"})
        connection_->execute("ALTER TABLE " + std::string(table) + " DROP COLUMN " + column);
    connection_->execute("ALTER TABLE api_keys DROP COLUMN scopes");
    for (const char* table : {"record_readings", "server_secrets", "audit", "audit_head",
                              "run_seals", "fact_members", "members"})
      connection_->execute("DROP TABLE " + std::string(table));
    connection_->execute("UPDATE schema_version SET version = 2, migration = 1");
  }

  std::string url_ = make_test_database(GetParam());
  std::unique_ptr<orm::SqlConnection> connection_ = connect_to(url_);
};
QUARTERDAY_BOTH_ENGINES(MigrationTest);

TEST_P(MigrationTest, AReturnThatWasDeliveredHasItsDeliveryAndNoOtherHasOne) {
  const auto report = must(orm::migrate_database(url_));
  EXPECT_EQ(report.from_version, 1);
  EXPECT_EQ(report.to_version, 8);
  const auto all = deliveries();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].return_run, 1);
  EXPECT_EQ(all[0].recipient, "Executive");
  EXPECT_EQ(all[0].channel, DeliveryChannel::kFolder);
  EXPECT_EQ(all[0].state, DeliveryState::kDelivered);
  EXPECT_EQ(all[0].folder_identity, "");
  EXPECT_EQ(all[0].folder, "/srv/quarterday/returns");
  EXPECT_EQ(all[0].file_name, "executive-FY2026-27-Q1-r1.xlsx");
  EXPECT_EQ(all[0].delivered_at, instant_of(50));
}

TEST_P(MigrationTest, ReturnsAndTheirScheduleAreAsTheyWere) {
  must(orm::migrate_database(url_));
  const auto database = must(orm::open_database(url_));
  const auto schedules = must(database->schedules().schedules());
  ASSERT_EQ(schedules.size(), 1U);
  EXPECT_EQ(schedules[0].minute_of_day, 480);
  const auto returns = must(database->returns().list());
  ASSERT_EQ(returns.size(), 3U);
  EXPECT_EQ(returns[0].state, ReturnState::kDelivered);
  EXPECT_EQ(returns[1].state, ReturnState::kBuilt);
  EXPECT_EQ(returns[2].state, ReturnState::kFailed);
  EXPECT_EQ(returns[2].reason, "the folder is full");
  EXPECT_EQ(must(database->returns().find("executive-quarterly", "FY2026-27-Q1", 1))->workbook,
            "PK");
}

TEST_P(MigrationTest, WhatWasBuiltBeforeIsDeliveredAfter) {
  must(orm::migrate_database(url_));
  const auto database = must(orm::open_database(url_));
  auto run = must(database->returns().claim("executive-quarterly", "FY2026-27-Q2", 1,
                                            instant_of(90), instant_of(200)))
                 .value();
  must(database->returns().store_built(run));
  Delivery wanted;
  wanted.return_run = run.id;
  wanted.recipient = "Executive";
  Delivery made = must(database->deliveries().plan(run, wanted));
  made.delivered_at = instant_of(100);
  must(database->deliveries().store_delivered(run, made));
  run.delivered_at = instant_of(100);
  must(database->returns().store_delivered(run));
}

TEST_P(MigrationTest, AFailedRunSaysWhatItSaidAndOfWhichKindItWas) {
  must(orm::migrate_database(url_));
  const auto database = must(orm::open_database(url_));
  const auto run = [&](std::int64_t id) { return must(database->runs().run(id)).value(); };
  EXPECT_EQ(run(1).failure, RunFailure::kNone);
  EXPECT_EQ(run(1).notes.at(0).severity, NoteSeverity::kNote);
  EXPECT_EQ(run(2).failure, RunFailure::kStopped);
  EXPECT_EQ(failure_text(run(2)), "not computed: family copis 1.2.0 stopped with signal 11");
  EXPECT_EQ(run(3).failure, RunFailure::kElsewhere);
  EXPECT_EQ(failure_text(run(3)), "not computed: family copis 1.2.0: the disk is full");
  EXPECT_EQ(run(4).failure, RunFailure::kAbandoned);
}

// MariaDB commits around each change of a schema: a program may be killed before the rows came.
TEST_P(MigrationTest, ThatWasKilledMidwayIsRefusedAndCanBeRepeated) {
  must(orm::migrate_database(url_));
  connection_->execute("DELETE FROM deliveries");
  go_back_midway_to_version_2();
  EXPECT_EQ(refusal(orm::open_database(url_)), ErrorCode::kStoreOlder);
  EXPECT_EQ(must(orm::migrate_database(url_)).from_version, 1);
  EXPECT_EQ(deliveries().size(), 1U);
  EXPECT_EQ(must(orm::migrate_database(url_)).from_version, 8);
  EXPECT_EQ(deliveries().size(), 1U) << "brought over once";
}

TEST_P(MigrationTest, ThatWasKilledOnItsLastStepIsRepeatedToo) {
  must(orm::migrate_database(url_));
  connection_->execute("UPDATE schema_version SET migration = 1");
  EXPECT_EQ(refusal(orm::open_database(url_)), ErrorCode::kStoreOlder);
  EXPECT_EQ(must(orm::migrate_database(url_)).from_version, 7);
  EXPECT_EQ(deliveries().size(), 1U);
  EXPECT_EQ(must(orm::migrate_database(url_)).from_version, 8);
}

// A key that was given before there were scopes and audiences opens what it opened, but no person's
// rows.
TEST_P(MigrationTest, AnOlderKeyOpensWhatKeysUsuallyOpen) {
  must(orm::migrate_database(url_));
  const auto database = must(orm::open_database(url_));
  const auto keys = must(database->keys().list());
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].prefix, "before01");
  EXPECT_EQ(keys[0].scopes, Scopes::usual());
  EXPECT_FALSE(keys[0].scopes.has(Scope::kRecords));
  EXPECT_EQ(keys[0].viewer.audience, Audience::kExecutive);
}

// A word that this program does not know shows no more than everybody may see.
TEST_P(MigrationTest, AKeyOfAnUnknownAudienceReadsAsThePublic) {
  must(orm::migrate_database(url_));
  connection_->execute("UPDATE api_keys SET audience = 'auditors'");
  const auto database = must(orm::open_database(url_));
  EXPECT_EQ(must(database->keys().list())[0].viewer.audience, Audience::kPublic);
}

TEST_P(MigrationTest, AStateOfANewerProgramIsNotTakenForOneOfOurs) {
  must(orm::migrate_database(url_));
  connection_->execute("UPDATE return_runs SET state = 'signed' WHERE id = 2");
  const auto database = must(orm::open_database(url_));
  EXPECT_EQ(refusal(database->returns().list()), ErrorCode::kStoreUnavailable);
}

}  // namespace
}  // namespace qd::tests
