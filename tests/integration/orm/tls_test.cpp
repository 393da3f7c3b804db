// What goes to MariaDB is encrypted and goes to nobody else, seen by somebody in between.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <regex>
#include <thread>

#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

// Between the program and the server: passes on what both say, and keeps it.
class Listener {
 public:
  explicit Listener(std::uint16_t to) : to_(to), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = here(0);
    socklen_t size = sizeof address;
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(socket_, 16);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Listener() {
    stopping_ = true;
    thread_.join();
    ::close(socket_);
  }
  std::uint16_t port() const { return port_; }
  std::string heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  static sockaddr_in here(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }
  // All pairs in one thread: each socket and the one its bytes go to.
  void serve() {
    std::vector<std::pair<int, int>> pairs;
    while (!stopping_) {
      std::vector<pollfd> ready = {{socket_, POLLIN, 0}};
      for (const auto& [from, to] : pairs) ready.push_back({from, POLLIN, 0});
      ::poll(ready.data(), ready.size(), 50);
      for (std::size_t i = 1; i < ready.size(); ++i)
        if (ready[i].revents != 0) pass_on(pairs[i - 1]);
      if (ready[0].revents != 0) connect(pairs);
    }
    for (std::size_t i = 0; i < pairs.size(); i += 2) {
      ::close(pairs[i].first);
      ::close(pairs[i].second);
    }
  }
  void connect(std::vector<std::pair<int, int>>& pairs) const {
    const int client = ::accept(socket_, nullptr, nullptr);
    const int server = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = here(to_);
    ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    pairs.emplace_back(client, server);
    pairs.emplace_back(server, client);
  }
  void pass_on(std::pair<int, int>& pair) {
    std::array<char, 65536> bytes;
    const auto n = ::recv(pair.first, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (n <= 0) {
      ::shutdown(pair.second, SHUT_WR);
      return;
    }
    {
      const std::lock_guard lock(mutex_);
      heard_.append(bytes.data(), static_cast<std::size_t>(n));
    }
    (void)::send(pair.second, bytes.data(), static_cast<std::size_t>(n), MSG_NOSIGNAL);
  }

  std::uint16_t to_, port_ = 0;
  int socket_;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::string heard_;
  std::thread thread_;
};

class TlsTest : public testing::TestWithParam<orm::DatabaseKind> {
 protected:
  TlsTest() : url_(make_test_database(GetParam())) {
    ::flock(lock_, LOCK_EX);
    std::smatch parts;
    const std::regex shape("mysql://([^:]+):([^@]+)@([^:]+):([0-9]+)/(.*)");
    EXPECT_TRUE(std::regex_match(url_, parts, shape));
    port_ = static_cast<std::uint16_t>(std::stoul(parts[4]));
    name_ = parts[5];
  }
  ~TlsTest() override { ::close(lock_); }
  // As the account that may not come in the clear.
  std::string url(std::uint16_t port, const std::string& options) const {
    return "mysql://secret_account:tests@127.0.0.1:" + std::to_string(port) + "/" + name_ + options;
  }
  static fs::path tls(const std::string& file) {
    return fs::path(QUARTERDAY_BINARY_DIR) / "tests/mariadb/tls" / file;
  }
  static std::string with_ca(const std::string& file) {
    return "?tls=required&ca=" + tls(file).string();
  }
  // The server shows another certificate from now on.
  void server_shows(const std::string& certificate) {
    for (const char* kind : {".pem", ".key"})
      fs::copy_file(tls(certificate + kind), tls(std::string("server") + kind),
                    fs::copy_options::overwrite_existing);
    connect_to(url_)->execute("FLUSH SSL");
  }
  std::string refusal(const std::string& options) const {
    const auto opened = orm::migrate_database(url(port_, options));
    if (opened) return "";
    return opened.error().message + " | " + opened.error().hint;
  }
  // A key and its name go in and out again.
  static void work_with(const std::string& database_url) {
    must(orm::migrate_database(database_url));
    const auto database = must(orm::open_database(database_url));
    ApiKey key;
    key.prefix = "abcdefgh";
    key.hash = "hash";
    key.name = "a-value-of-somebody";
    must(database->keys().add(key));
    EXPECT_EQ(must(database->keys().list())[0].name, "a-value-of-somebody");
  }

  std::string url_, name_;
  std::uint16_t port_ = 0;

 private:
  // One at a time, in whatever process: one of them changes what the server shows.
  int lock_ = ::open(tls("lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
};
INSTANTIATE_TEST_SUITE_P(Stores, TlsTest, testing::Values(orm::DatabaseKind::kMariaDb),
                         [](const auto& test) { return engine_name(test.param); });

TEST_P(TlsTest, WhoListensHearsNoAccountNoStatementAndNoValue) {
  Listener listener(port_);
  work_with(url(listener.port(), with_ca("ca.pem")));
  const auto heard = listener.heard();
  EXPECT_GT(heard.size(), 10'000U);
  for (const char* secret :
       {"secret_account", "SELECT", "INSERT", "CREATE TABLE", "api_keys", "a-value-of-somebody"})
    EXPECT_THAT(heard, Not(HasSubstr(secret)));
}

// Or nothing would be shown by that.
TEST_P(TlsTest, InTheClearAllOfItIsHeard) {
  Listener listener(port_);
  std::string clear = url_;
  clear.replace(clear.find(std::to_string(port_)), std::to_string(port_).size(),
                std::to_string(listener.port()));
  work_with(clear);
  for (const char* secret : {"SELECT", "INSERT", "CREATE TABLE", "api_keys", "a-value-of-somebody"})
    EXPECT_THAT(listener.heard(), HasSubstr(secret));
}

TEST_P(TlsTest, AnAccountThatMustBeEncryptedIsRefusedInTheClear) {
  EXPECT_THAT(refusal("?tls=off"), HasSubstr("Access denied"));
  EXPECT_EQ(refusal(with_ca("ca.pem")), "");
}

TEST_P(TlsTest, AnotherAuthoritysServerIsRefused) {
  EXPECT_THAT(refusal(with_ca("other-ca.pem")), HasSubstr("certificate"));
  EXPECT_THAT(refusal("?tls=required"),
              testing::AllOf(HasSubstr("certificate"), HasSubstr("?tls=required&ca=FILE")));
  EXPECT_THAT(refusal(with_ca("nowhere.pem")), HasSubstr("nowhere.pem cannot be read"));
}

TEST_P(TlsTest, AServerOfAnotherNameOrOfThePastIsRefused) {
  server_shows("elsewhere");
  const auto elsewhere = refusal(with_ca("ca.pem"));
  server_shows("expired");
  const auto expired = refusal(with_ca("ca.pem"));
  server_shows("good");
  EXPECT_THAT(elsewhere, HasSubstr("SSL")) << elsewhere;
  EXPECT_THAT(expired, HasSubstr("certificate")) << expired;
  EXPECT_EQ(refusal(with_ca("ca.pem")), "");
}

}  // namespace
}  // namespace qd::tests
