#include "orm/url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "orm/database.hpp"

namespace qd {
namespace {

TEST(DatabaseUrl, SqliteTakesWhatFollowsAsThePath) {
  EXPECT_EQ(orm::parse_database_url("sqlite:////var/lib/q.db")->path, "/var/lib/q.db");
  EXPECT_EQ(orm::parse_database_url("sqlite:///state/q.db")->path, "state/q.db");
}

TEST(DatabaseUrl, MariaDbIsTakenApart) {
  const auto target =
      orm::parse_database_url("mysql://qd:p%40ss%3A%2f@db.example:3307/quarter%20day");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->engine, orm::DatabaseKind::kMariaDb);
  EXPECT_EQ(target->user, "qd");
  EXPECT_EQ(target->password, "p@ss:/");
  EXPECT_EQ(target->host, "db.example");
  EXPECT_EQ(target->port, 3307U);
  EXPECT_EQ(target->name, "quarter day");
}

TEST(DatabaseUrl, PortAndPasswordMayBeLeftOut) {
  const auto target = orm::parse_database_url("mysql://qd@localhost/q");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->password, "");
  EXPECT_EQ(target->port, 3306U);
}

TEST(DatabaseUrl, PortsGoFromOneToTheLargestThereIs) {
  const auto port = [](const std::string& text) {
    const auto target = orm::parse_database_url("mysql://qd@localhost:" + text + "/q");
    return target ? std::optional(target->port) : std::nullopt;
  };
  EXPECT_EQ(port("1"), 1U);
  EXPECT_EQ(port("65535"), 65535U);
  EXPECT_EQ(port("0"), std::nullopt);
  EXPECT_EQ(port("65536"), std::nullopt);
}

// host, then what is sent: "tls FILE" or "clear".
TEST(DatabaseUrl, WhatLeavesThisMachineIsEncryptedUnlessItSaysOtherwise) {
  const auto way = [](const std::string& url) {
    const auto target = orm::parse_database_url("mysql://u:p@" + url);
    if (!target) return target.error().message;
    return target->name + (target->tls ? " tls " + target->authorities : " clear");
  };
  const std::string system = "q tls /etc/ssl/certs/ca-certificates.crt";
  EXPECT_EQ(way("db.example/q"), system);
  EXPECT_EQ(way("db.example:7/q?tls=required"), system);
  EXPECT_EQ(way("10.0.0.1/q?ca=%2Fsrv%2Fca.pem"), "q tls /srv/ca.pem");
  EXPECT_EQ(way("h/q?tls=required&ca=/a"), "q tls /a");
  EXPECT_EQ(way("db.example/q?tls=off"), "q clear");
  for (const char* here : {"localhost", "127.0.0.1", "127.9.9.9"}) {
    EXPECT_EQ(way(std::string(here) + "/q"), "q clear") << here;
    EXPECT_EQ(way(std::string(here) + "/q?tls=required"), system) << here;
  }
  const std::string refused =
      "the database URL has an option other than tls=required, tls=off and ca=FILE";
  for (const char* option : {"tls", "tls=on", "tls=", "ca=", "ca", "ssl=required", "TLS=off", "="})
    EXPECT_EQ(way(std::string("h/q?") + option), refused) << option;
  EXPECT_EQ(way("h/q?tls=off&ca=/a"),
            "the database URL names authorities with ca, and is not encrypted");
  EXPECT_EQ(way("h/q?ca=%4"), "the database URL has a % without two digits");
  EXPECT_EQ(way("h/?tls=off"), "the database URL names no host or no database");
}

TEST(EmbeddedFile, IsUnmadeUntilSomethingStandsInIt) {
  const auto file =
      std::filesystem::temp_directory_path() / ("qd-unmade-" + std::to_string(::getpid()) + ".db");
  const auto url = "sqlite:///" + file.string();
  std::filesystem::remove(file);
  EXPECT_EQ(orm::unmade_embedded_file(url), file);
  std::ofstream(file).flush();
  EXPECT_EQ(orm::unmade_embedded_file(url), file) << "empty";
  std::ofstream(file) << "x";
  EXPECT_EQ(orm::unmade_embedded_file(url), std::nullopt)
      << "whatever it is, it is not ours to make";
  std::filesystem::remove(file);
  EXPECT_EQ(orm::unmade_embedded_file("mysql://qd@localhost/q"), std::nullopt);
}

TEST(DatabaseUrl, AnythingElseIsRefusedWithoutShowingThePassword) {
  for (const char* url :
       {"", "q.db", "sqlite://q.db", "sqlite:///", "postgres://secret@h/d", "mysql://secret",
        "mysql://u:secret@h", "mysql://u:secret@/d", "mysql://u:secret@h:0/d",
        "mysql://u:secret@h:70000/d", "mysql://u:secret@h:3x/d", "mysql://u:secret%4@h/d",
        "mysql://u:secret%zz@h/d"}) {
    const auto target = orm::parse_database_url(url);
    ASSERT_FALSE(target) << url;
    EXPECT_EQ(target.error().code, ErrorCode::kStoreUrlMalformed) << url;
    EXPECT_THAT(target.error().message, testing::Not(testing::HasSubstr("secret")));
    EXPECT_THAT(target.error().hint, testing::HasSubstr("mysql://"));
  }
}

}  // namespace
}  // namespace qd
