#include "tests/support/test_database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <vector>

#include "orm/url.hpp"

namespace qd::tests {
namespace {

namespace fs = std::filesystem;

std::string server_url() {
  const fs::path file = fs::path(QUARTERDAY_BINARY_DIR) / "tests" / "mariadb" / "url";
  std::string url;
  if (!(std::ifstream(file) >> url)) {
    throw std::runtime_error("no MariaDB for tests; run: tests/support/mariadb.sh start " +
                             file.parent_path().string());
  }
  return url;
}

// A database of the server's own, to connect to while making and removing others.
std::unique_ptr<orm::SqlConnection> connect_to_server() {
  return connect_to(server_url() + "mysql");
}

// Removes everything this program made when its tests are over; not later, when the driver's own
// statics may be gone already.
class Leftovers : public testing::Environment {
 public:
  void TearDown() override {
    for (const auto& folder : folders_) fs::remove_all(folder);
    if (names_.empty()) return;
    const auto server = connect_to_server();
    for (const auto& name : names_) server->script("DROP DATABASE IF EXISTS " + name);
  }
  void add_folder(const fs::path& folder) { folders_.push_back(folder); }
  void add_name(const std::string& name) { names_.push_back(name); }

 private:
  std::vector<fs::path> folders_;
  std::vector<std::string> names_;
};

Leftovers& leftovers() {
  // The framework owns it.
  static Leftovers& all = static_cast<Leftovers&>(
      *testing::AddGlobalTestEnvironment(std::make_unique<Leftovers>().release()));
  return all;
}

// In memory where there is such a place: what a commit waits for is not what is tested.
fs::path scratch() {
  const fs::path memory = "/dev/shm";
  return ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
}

std::string fresh_name() {
  static std::atomic<int> count{0};
  return fmt::format("qd_test_{}_{:08x}_{}", ::getpid(), std::random_device{}(), ++count);
}

}  // namespace

std::string make_test_database(orm::DatabaseKind engine) {
  const std::string name = fresh_name();
  if (engine == orm::DatabaseKind::kSqlite) {
    const fs::path folder = scratch() / name;
    fs::create_directories(folder);
    leftovers().add_folder(folder);
    const fs::path file = folder / "quarterday.db";
    std::ofstream{file};  // no bytes: an empty database
    return "sqlite:///" + file.string();
  }
  // Not the server's default character set: what the tables need they must say themselves.
  connect_to_server()->script("CREATE DATABASE " + name + " CHARACTER SET latin1");
  leftovers().add_name(name);
  return server_url() + name;
}

std::unique_ptr<orm::Database> open_test_database(const std::string& url) {
  const auto migrated = orm::migrate_database(url);
  if (!migrated) throw std::runtime_error(to_text(migrated.error()));
  auto database = orm::open_database(url);
  if (!database) throw std::runtime_error(to_text(database.error()));
  return std::move(*database);
}

std::unique_ptr<orm::SqlConnection> connect_to(const std::string& url) {
  const auto target = orm::parse_database_url(url);
  if (!target) throw std::runtime_error(to_text(target.error()));
  return target->engine == orm::DatabaseKind::kSqlite ? orm::connect_sqlite(*target)
                                                      : orm::connect_mariadb(*target);
}

}  // namespace qd::tests
