// Several servers that start together each find the schedule, whoever wrote it.
#include <barrier>
#include <thread>

#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

constexpr const char* kId = "executive-quarterly";

Schedule schedule(const std::string& first_period) {
  Schedule made;
  made.id = kId;
  made.title = "Quarterly return to the Executive";
  made.audience = "Executive";
  made.cadence = "quarter";
  made.first_period = first_period;
  return made;
}

class ScheduleStoreTest : public StoreTest {
 protected:
  // Each with a connection of its own, all at once, many times.
  template <class Act>
  void at_once(int servers, int rounds, Act act) {
    std::vector<std::unique_ptr<orm::Database>> databases;
    for (int i = 0; i < servers; ++i) databases.push_back(must(orm::open_database(url())));
    const auto connection = connect_to(url());
    for (int round = 0; round < rounds; ++round) {
      connection->execute("DELETE FROM schedules");
      std::barrier together(servers);
      std::vector<std::thread> threads;
      for (int i = 0; i < servers; ++i)
        threads.emplace_back([&, i] {
          together.arrive_and_wait();
          act(databases[static_cast<std::size_t>(i)]->schedules(), i);
        });
      for (auto& thread : threads) thread.join();
      EXPECT_EQ(connection->number("SELECT count(*) FROM schedules"), 1);
    }
  }
};
QUARTERDAY_BOTH_ENGINES(ScheduleStoreTest);

TEST_P(ScheduleStoreTest, IsAddedOnceAndGivenBackAsItIs) {
  EXPECT_EQ(must(schedules().add(schedule("FY2026-27-Q1"))), schedule("FY2026-27-Q1"));
  Schedule changed = schedule("FY2026-27-Q1");
  changed.working_day = 10;
  changed.paused = true;
  changed.pause_reason = "merger";
  must(schedules().save(changed));
  EXPECT_EQ(must(schedules().add(schedule("FY2026-27-Q2"))), changed);
  EXPECT_EQ(must(schedules().schedules()), std::vector<Schedule>{changed});
}

TEST_P(ScheduleStoreTest, OfTwoServersThatStartTogetherBothHaveIt) {
  at_once(2, 30, [](ScheduleStore& store, int) {
    const auto added = store.add(schedule("FY2026-27-Q1"));
    EXPECT_TRUE(added) << to_text(added.error());
  });
}

TEST_P(ScheduleStoreTest, OfEightServersThatStartTogetherAllHaveTheSame) {
  std::vector<std::string> kept(8);
  at_once(8, 15, [&](ScheduleStore& store, int server) {
    const auto added = store.add(schedule("FY2026-27-Q" + std::to_string(1 + server % 4)));
    ASSERT_TRUE(added) << to_text(added.error());
    kept[static_cast<std::size_t>(server)] = added->first_period;
    if (server > 0) return;
    EXPECT_EQ(must(store.schedules()).at(0).first_period, added->first_period);
  });
  for (const auto& period : kept) EXPECT_EQ(period, kept.front());
}

TEST_P(ScheduleStoreTest, EightThatSaveAtOnceAllSucceed) {
  at_once(8, 10, [](ScheduleStore& store, int server) {
    const auto saved = store.save(schedule("FY2026-27-Q" + std::to_string(1 + server % 4)));
    EXPECT_TRUE(saved) << to_text(saved.error());
  });
}

}  // namespace
}  // namespace qd::tests
