// What is read from memory is what is read from the database, byte for byte.
#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include "orm/sql/connection.hpp"
#include "tests/integration/http/api_fixture.hpp"
#include "tests/support/test_database.hpp"

namespace qd::test {
namespace {

using FromMemory = ApiTest;

// Pages are followed to their end.
std::string whole(const std::function<RawAnswer(const std::string&)>& get, std::string target) {
  std::string all;
  while (!target.empty()) {
    const auto answer = get(target);
    EXPECT_EQ(answer.status, 200) << target;
    all += answer.body;
    const auto next = answer.body.rfind("\"next\":\"");
    if (next == std::string::npos) break;
    const auto begin = next + 8;
    target = answer.body.substr(begin, answer.body.find('"', begin) - begin);
  }
  return all;
}

TEST_F(FromMemory, every_form_of_the_figures_is_the_same_as_from_the_database) {
  add_run("FY2024-25", 700);
  add_run("FY2025-26", 30);
  add_run("FY2025-26", 40);  // takes its place
  const std::string present = "as_of=2100-01-01";
  const std::string targets[] = {
      "/api/v1/facts?limit=all&" + present,
      "/api/v1/facts?limit=all&format=csv&" + present,
      "/api/v1/facts?limit=all&format=csv&dialect=spreadsheet&" + present,
      "/api/v1/facts?limit=100&" + present,
      "/api/v1/facts?limit=1&period=FY2025-26&" + present,
      "/api/v1/facts?area=L1,N1&" + present,
      "/api/v1/facts?area=N1&reading=year&breakdown=&indicator=T01&family=tests&" + present,
  };
  std::vector<std::string> from_database;
  const auto ask = [&](const std::string& target) { return get(target); };
  for (const auto& target : targets) from_database.push_back(whole(ask, target));
  ASSERT_TRUE(figures_->refresh());
  tests::connect_to(url_)->execute("DELETE FROM facts");
  start(false);  // without the answers it kept
  for (std::size_t i = 0; i < std::size(targets); ++i)
    EXPECT_EQ(whole(ask, targets[i]), from_database[i]) << targets[i];
}

// Runs complete one after the other while somebody reads on: every page is of the state that the
// first one was of, whether memory or the database gives it.
TEST_F(FromMemory, pages_that_are_read_while_runs_complete_lose_and_repeat_nothing) {
  for (const char* period : {"FY2023-24", "FY2024-25"}) add_run(period, 40);
  std::atomic<bool> reading{true};
  std::thread writer([&] {
    for (int i = 0; reading; ++i) {
      add_run(i % 2 == 0 ? "FY2023-24" : "FY2024-25", 30 + i % 20);
      EXPECT_TRUE(figures_->refresh());
    }
  });
  std::set<std::string> instants;
  for (int round = 0; round < 12; ++round) {
    const std::string fields = "&fields=key,run,value&latest=9";
    const auto first = get("/api/v1/facts?limit=7" + fields);
    const auto as_of = field(first.body, "as_of");
    instants.insert(as_of);
    std::string paged;
    for (auto page = first;;) {
      ASSERT_EQ(page.status, 200) << page.body;
      const auto begin = page.body.find('[') + 1;
      const auto part = page.body.substr(begin, page.body.find(']') - begin);
      paged += (paged.empty() || part.empty() ? "" : ",") + part;
      const auto next = next_of(page);
      if (next.empty()) break;
      page = get(next);
    }
    const auto at_once = get("/api/v1/facts?limit=all&as_of=" + as_of + fields).body;
    EXPECT_EQ("{\"data\":[" + paged + "]", at_once.substr(0, at_once.find(']') + 1));
    EXPECT_GE(count(paged, "\"key\""), 60u);
  }
  reading = false;
  writer.join();
  EXPECT_GT(instants.size(), 1u);
}

TEST_F(FromMemory, what_is_computed_is_seen_at_once_and_the_past_stays) {
  add_run("FY2024-25", 3);
  ASSERT_TRUE(figures_->refresh());
  const auto count = [&](const std::string& query) {
    const auto csv = get("/api/v1/facts?limit=all&format=csv" + query).body;
    return std::count(csv.begin(), csv.end(), '\n') - 1;
  };
  EXPECT_EQ(count(""), 3);
  const auto before = clock_.now();
  while (clock_.now() == before) continue;  // an instant is a millisecond
  add_run("FY2025-26", 2);
  EXPECT_EQ(count(""), 5) << "before the cube knows of it";
  ASSERT_TRUE(figures_->refresh());
  EXPECT_EQ(count(""), 5);
  EXPECT_EQ(count("&as_of=" + to_text(before)), 3);
}

}  // namespace
}  // namespace qd::test
