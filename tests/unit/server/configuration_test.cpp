#include "server/composition/configuration.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "server/cli/hidden_words.hpp"

namespace qd {
namespace {

namespace fs = std::filesystem;

class ConfigurationFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("qd-configuration-" + std::to_string(::getpid()) + "-" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  Result<composition::Configuration> load(const std::string& text) {
    const auto file = folder_ / "some.toml";
    std::ofstream(file) << text;
    return composition::load_configuration(
        file, composition::Surroundings{[this](const std::string& name) {
                                          const auto found = variables_.find(name);
                                          return found == variables_.end()
                                                     ? std::nullopt
                                                     : std::optional(found->second);
                                        },
                                        "/opt/bin/quarterday"});
  }

  fs::path folder_;
  std::map<std::string, std::string> variables_ = {{"HOME", "/home/x"}};
};

TEST_F(ConfigurationFile, defaults_hold_without_it) {
  const auto loaded = load("");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(*loaded->database_url(), "sqlite:////home/x/.local/state/quarterday/quarterday.db");
  EXPECT_EQ(loaded->family_directory, "/opt/families");
  EXPECT_EQ(loaded->edge.listen.text(), "127.0.0.1:8080");
  EXPECT_FALSE(loaded->open);
}

TEST_F(ConfigurationFile, the_environment_is_stronger_than_the_file) {
  variables_["QUARTERDAY_DATABASE"] = "sqlite:///b.db";
  const auto loaded = load("database = 'sqlite:///a.db'\nlandlord = 'L1'\n");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->database, "sqlite:///b.db");
  EXPECT_EQ(loaded->landlord, "L1");
}

TEST_F(ConfigurationFile, tables_reach_their_places) {
  const auto loaded = load(
      "listen = '[::1]:9'\n[http]\nthreads = 4\nlong_at_once = 2\nhead_seconds = 3\n"
      "[worker]\nmemory_megabytes = 2\n[family.copis]\nminimum = '10'\n");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->edge.listen.host, "::1");
  EXPECT_EQ(loaded->edge.pool.threads, 4u);
  EXPECT_EQ(loaded->edge.limits.head, std::chrono::seconds{3});
  EXPECT_EQ(loaded->worker.memory_bytes, 2u << 20);
  EXPECT_EQ(loaded->worker.options.at("copis").at("minimum"), "10");
}

TEST_F(ConfigurationFile, options_of_families_keep_their_lines_and_become_texts) {
  const auto loaded = load("[family.a]\nx = true\ny = 7\n\n[family.b]\nz = 'text'\n");
  ASSERT_TRUE(loaded);
  std::string all;
  for (const auto& setting : loaded->family_settings)
    all += setting.family + '.' + setting.key + '=' + setting.value +
           setting.place.substr(setting.place.rfind(':')) + ' ';
  EXPECT_EQ(all, "a.x=yes:2 a.y=7:3 b.z=text:6 ");
}

struct Placed {
  const char* line;
  std::function<bool(const composition::Configuration&)> there;
};

TEST_F(ConfigurationFile, no_limit_of_requests_is_a_number_too_and_fewer_than_none_is_not) {
  const auto none = load("http.requests_a_minute = 0");
  ASSERT_TRUE(none) << to_text(none.error());
  EXPECT_EQ(none->edge.requests_a_minute, 0);
  EXPECT_FALSE(load("http.requests_a_minute = -1"));
  EXPECT_FALSE(load("http.threads = 0"));
}

TEST_F(ConfigurationFile, each_key_reaches_its_own_place) {
  using C = composition::Configuration;
  using namespace std::chrono_literals;
  const std::vector<Placed> all = {
      {"database = 'd'", [](const C& c) { return c.database == "d"; }},
      {"database_password_file = 'w'", [](const C& c) { return c.database_password_file == "w"; }},
      {"state_directory = 's'", [](const C& c) { return c.state_directory == "s"; }},
      {"family_directory = 'f'", [](const C& c) { return c.family_directory == "f"; }},
      {"delivery_directory = 'r'", [](const C& c) { return c.delivery_directory == "r"; }},
      {"landlord = 'l'", [](const C& c) { return c.landlord == "l"; }},
      {"organisation = 'o'", [](const C& c) { return c.organisation == "o"; }},
      {"returns.plan = 'p'", [](const C& c) { return c.return_plan == "p"; }},
      {"scheduler = false", [](const C& c) { return !c.scheduler; }},
      {"listen = 'h:7'", [](const C& c) { return c.edge.listen.text() == "h:7"; }},
      {"open = true", [](const C& c) { return c.open; }},
      {"http.io_threads = 7", [](const C& c) { return c.edge.io_threads == 7; }},
      {"http.backlog = 7", [](const C& c) { return c.edge.backlog == 7; }},
      {"http.threads = 77", [](const C& c) { return c.edge.pool.threads == 77; }},
      {"http.long_at_once = 7", [](const C& c) { return c.edge.pool.long_at_once == 7; }},
      {"http.queue = 7", [](const C& c) { return c.edge.pool.queue_limit == 7; }},
      {"http.connections = 7", [](const C& c) { return c.edge.connections == 7; }},
      {"http.proxies = \"10.0.0.0/8;192.0.2.7\"",
       [](const C& c) { return c.edge.proxies.size() == 2; }},
      {"http.connections_of_one = 7", [](const C& c) { return c.edge.connections_of_one == 7; }},
      {"http.requests_a_minute = 7", [](const C& c) { return c.edge.requests_a_minute == 7; }},
      {"http.access_log = false", [](const C& c) { return !c.access_log; }},
      {"http.head_bytes = 7", [](const C& c) { return c.edge.limits.request.head_bytes == 7; }},
      {"http.body_bytes = 7", [](const C& c) { return c.edge.limits.request.body_bytes == 7; }},
      {"http.head_seconds = 7", [](const C& c) { return c.edge.limits.head == 7s; }},
      {"http.body_seconds = 7", [](const C& c) { return c.edge.limits.body == 7s; }},
      {"http.idle_seconds = 7", [](const C& c) { return c.edge.limits.idle == 7s; }},
      {"http.stall_seconds = 7", [](const C& c) { return c.edge.limits.stall == 7s; }},
      {"http.held_megabytes = 7", [](const C& c) { return c.edge.held_bytes == 7u << 20; }},
      {"tokens = {issuer = 'i', audience = 'a'}",
       [](const C& c) { return c.tokens.issuer == "i"; }},
      {"tokens.audience = 'a'", [](const C& c) { return c.tokens.audience == "a"; }},
      {"tokens.keys = 'k'", [](const C& c) { return c.tokens.keys == "k"; }},
      {"tokens.claim = 'c'", [](const C& c) { return c.tokens.claim == "c"; }},
      {"jobs.lease_seconds = 7", [](const C& c) { return c.lease == 7s; }},
      {"jobs.longest_wait_seconds = 7", [](const C& c) { return c.longest_wait == 7s; }},
      {"worker.time_out_seconds = 7", [](const C& c) { return c.worker.time_out == 7s; }},
      {"worker.memory_megabytes = 7", [](const C& c) { return c.worker.memory_bytes == 7u << 20; }},
      {"worker.answer_megabytes = 7", [](const C& c) { return c.worker.answer_bytes == 7u << 20; }},
      {"worker.may_lack = 'files;calls'", [](const C& c) { return c.worker.may_lack == 3; }},
  };
  const auto fresh = load("");
  for (const auto& placed : all) {
    const auto loaded = load(placed.line);
    ASSERT_TRUE(loaded) << placed.line << ": " << to_text(loaded.error());
    EXPECT_TRUE(placed.there(*loaded)) << placed.line;
    EXPECT_FALSE(placed.there(*fresh)) << placed.line;
  }
  EXPECT_EQ(all.size(), composition::configuration_keys().size()) << "a new key needs its line";
}

// The URL a database is opened with, or what is wrong.
TEST_F(ConfigurationFile, a_password_in_a_file_comes_into_the_url) {
  const auto url = [&](const std::string& database, const std::string& content) {
    std::ofstream(folder_ / "password") << content;
    const auto loaded = load("database = '" + database + "'\ndatabase_password_file = '" +
                             (folder_ / "password").string() + "'");
    const auto made = loaded->database_url();
    return made ? *made : made.error().message;
  };
  EXPECT_EQ(url("mysql://u@h:7/n", "p@ss:w/rd\nand no more\n"), "mysql://u:p%40ss%3Aw%2Frd@h:7/n");
  EXPECT_EQ(url("mysql://u@h:7/n", "of windows\r\n"), "mysql://u:of%20windows@h:7/n");
  const auto unread = "there is no password to be read in " + (folder_ / "password").string();
  EXPECT_EQ(url("mysql://u@h/n", ""), unread);
  EXPECT_EQ(url("mysql://u@h/n", "\nsecond"), unread);
  EXPECT_EQ(url("mysql://u:p@h/n", "p"),
            "'database' and 'database_password_file' both have a password");
  for (const char* database : {"sqlite:///a@b", "", "mysql://h/n"})
    EXPECT_EQ(url(database, "p"), "'database_password_file' is set, and 'database' is no server's");
  fs::remove(folder_ / "password");
  EXPECT_EQ(load("database = 'mysql://u@h/n'\ndatabase_password_file = '" +
                 (folder_ / "password").string() + "'")
                ->database_url()
                .error()
                .message,
            unread);
}

// What stands on the command line while the program runs.
TEST(HiddenWords, are_the_passwords_of_database_urls_and_nothing_else) {
  const auto hidden = [](std::string argument) {
    char* arguments[] = {argument.data()};
    cli::hide_passwords(1, arguments);
    return argument;
  };
  EXPECT_EQ(hidden("mysql://u:secret@h:7/n"), "mysql://u:******@h:7/n");
  EXPECT_EQ(hidden("--database=mysql://u:s@cr:t@h/n"), "--database=mysql://u:******@h/n");
  EXPECT_EQ(hidden("mysql://u@h:7/n"), "mysql://u@h:7/n");
  EXPECT_EQ(hidden("mysql://u:@h/n"), "mysql://u:@h/n");
  EXPECT_EQ(hidden("mysql://u:p"), "mysql://u:p");
  EXPECT_EQ(hidden("a:b@c"), "a:b@c");
}

TEST_F(ConfigurationFile, layers_of_the_sandbox_are_named_or_none_may_be_lacking) {
  EXPECT_EQ(load("worker.may_lack = 'none'")->worker.may_lack, 0U);
  EXPECT_EQ(load("worker.may_lack = 'namespaces'")->worker.may_lack, 4U);
  const auto unknown = load("worker.may_lack = 'file'");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("there is no layer 'file' of the sandbox"),
            std::string::npos);
}

TEST_F(ConfigurationFile, each_key_shows_what_holds_without_it) {
  for (const auto& key : composition::configuration_keys()) {
    if (key.type != "number" && key.type != "yes or no") continue;
    const auto stated = load(key.name + " = " + key.default_text + "\n");
    EXPECT_TRUE(stated) << key.name;
  }
  std::map<std::string, std::string> defaults;
  for (const auto& key : composition::configuration_keys()) defaults[key.name] = key.default_text;
  EXPECT_EQ(defaults["http.idle_seconds"], "75");
  EXPECT_EQ(defaults["worker.memory_megabytes"], "4096");
  EXPECT_EQ(defaults["scheduler"], "true");
  EXPECT_EQ(defaults["listen"], "127.0.0.1:8080");
}

TEST_F(ConfigurationFile, numbers_begin_at_one_and_long_work_leaves_a_thread) {
  EXPECT_TRUE(load("http.threads = 16\nhttp.long_at_once = 15\n"));
  EXPECT_FALSE(load("http.threads = 16\nhttp.long_at_once = 16\n"));
  EXPECT_TRUE(load("http.backlog = 1\n"));
  EXPECT_FALSE(load("http.backlog = 0\n"));
  EXPECT_FALSE(load("http.idle_seconds = 0\n"));
  EXPECT_FALSE(load("worker.memory_megabytes = 0\n"));
  EXPECT_FALSE(load("family_directory = ''\n"));
  variables_["QUARTERDAY_STATE"] = "";
  EXPECT_TRUE(load("")) << "an empty variable is none";
}

TEST_F(ConfigurationFile, an_unknown_key_names_the_nearest_and_its_line) {
  const auto refused = load("\n[http]\nthread = 4\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kConfigurationUnknownKey);
  EXPECT_NE(refused.error().message.find(":3: 'http.thread' is not a key"), std::string::npos)
      << refused.error().message;
  EXPECT_EQ(refused.error().hint, "did you mean 'http.threads'?");
}

TEST_F(ConfigurationFile, what_is_malformed_is_refused) {
  for (const char* text :
       {"[http\n", "open = 'yes'\n", "[http]\nthreads = 0\n", "[http]\nthreads = 'many'\n",
        "listen = 'nowhere'\n", "[http]\nlong_at_once = 16\n",
        "[tokens]\nissuer = 'https://id.example'\n", "[family.copis]\nminimum = [10]\n"}) {
    const auto refused = load(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().code, ErrorCode::kConfigurationMalformed) << text;
  }
}

TEST_F(ConfigurationFile, what_is_said_is_kept_for_the_audit_without_passwords) {
  const std::string text =
      "database = 'mysql://user:se:cr@et@db/name'\n[http]\nthreads = 20\n[family.copis]\nmode = "
      "3\n";
  EXPECT_EQ(load(text)->said_text(),
            "database = mysql://user:***@db/name; family.copis.mode = 3; http.threads = 20");
  EXPECT_EQ(load("")->said_text(), "");
  variables_["QUARTERDAY_DATABASE"] = "mysql://user@db/name";
  EXPECT_EQ(load(text)->said.at("database"), "mysql://user@db/name");
}

TEST_F(ConfigurationFile, a_file_that_was_named_must_be_there) {
  const auto refused = composition::load_configuration(
      folder_ / "none.toml",
      composition::Surroundings{[](const std::string&) { return std::nullopt; },
                                "/opt/bin/quarterday"});
  EXPECT_EQ(refused.error().code, ErrorCode::kFileUnreadable);
}

TEST(ListenAddress, is_host_and_port) {
  EXPECT_EQ(http::ListenAddress::parse("0.0.0.0:80")->port, 80);
  EXPECT_EQ(http::ListenAddress::parse("[::1]:80")->host, "::1");
  EXPECT_TRUE(http::ListenAddress::parse("127.0.0.9:80")->loopback());
  EXPECT_TRUE(http::ListenAddress::parse("localhost:80")->loopback());
  EXPECT_FALSE(http::ListenAddress::parse("0.0.0.0:80")->loopback());
  EXPECT_FALSE(http::ListenAddress::parse("127.example.org:80")->loopback());
  for (const char* bad : {"", "80", ":80", "h:", "h:x", "h:70000", "h:-1"})
    EXPECT_EQ(http::ListenAddress::parse(bad).error().code, ErrorCode::kListenRefused) << bad;
}

}  // namespace
}  // namespace qd
