#include <atomic>
#include <thread>

#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

constexpr const char* kSchedule = "executive-quarterly";
constexpr const char* kPeriod = "FY2026-27-Q1";

class DeliveryStoreTest : public StoreTest {
 protected:
  ReturnRun claimed(std::int64_t now, std::int64_t lease_until, int revision = 1) {
    return must(returns().claim(kSchedule, kPeriod, revision, instant_of(now),
                                instant_of(lease_until)))
        .value();
  }
  ReturnRun built(int revision = 1) {
    ReturnRun run = claimed(10, 100, revision);
    run.sha256 = "abc";
    run.workbook = "PK";
    must(returns().store_built(run));
    return run;
  }
  Delivery wanted(const ReturnRun& run, const std::string& recipient = "Executive") {
    Delivery made;
    made.return_run = run.id;
    made.recipient = recipient;
    made.folder_identity = "0123";
    made.folder = "/a/returns";
    made.file_name = "executive.xlsx";
    return made;
  }
  Delivery delivered(const ReturnRun& run, const std::string& recipient = "Executive") {
    Delivery made = must(deliveries().plan(run, wanted(run, recipient)));
    made.state = DeliveryState::kDelivered;
    made.delivered_at = instant_of(50);
    must(deliveries().store_delivered(run, made));
    return made;
  }
};
QUARTERDAY_BOTH_ENGINES(DeliveryStoreTest);

TEST_P(DeliveryStoreTest, IsPlannedThenDeliveredAndComesBackAsItWas) {
  const ReturnRun run = built();
  Delivery planned = must(deliveries().plan(run, wanted(run)));
  EXPECT_GT(planned.id, 0);
  EXPECT_EQ(planned.state, DeliveryState::kPlanned);
  EXPECT_EQ(planned.folder, "/a/returns");
  EXPECT_FALSE(planned.delivered_at);
  planned.state = DeliveryState::kDelivered;
  planned.folder = "/b/returns";
  planned.folder_identity = "4567";
  planned.file_name = "other.xlsx";
  planned.delivered_at = instant_of(50);
  must(deliveries().store_delivered(run, planned));
  EXPECT_EQ(must(deliveries().deliveries()), std::vector<Delivery>{planned});
}

TEST_P(DeliveryStoreTest, WhatANewerProgramKnowsIsNotTakenForOneOfOurs) {
  delivered(built());
  const auto told_after = [&](const std::string& change) {
    connect_to(url())->execute("UPDATE deliveries SET " + change);
    const auto read = deliveries().deliveries();
    return read ? "it is not refused" : read.error().message;
  };
  EXPECT_THAT(told_after("channel = 2"), testing::HasSubstr("delivery 1 has channel 2"));
  EXPECT_THAT(told_after("channel = 1, state = 3"), testing::HasSubstr("delivery 1 has state 3"));
  EXPECT_EQ(told_after("state = 1"), "it is not refused");
}

TEST_P(DeliveryStoreTest, WhoeverPlansItAgainGetsWhatWasPlanned) {
  const ReturnRun run = built();
  const Delivery first = must(deliveries().plan(run, wanted(run)));
  Delivery other = wanted(run);
  other.folder = "/b/returns";
  EXPECT_EQ(must(deliveries().plan(run, other)), first);
  const Delivery made = delivered(run);
  EXPECT_EQ(must(deliveries().plan(run, other)), made);
  EXPECT_EQ(number("SELECT count(*) FROM deliveries"), 1);
}

TEST_P(DeliveryStoreTest, EachRecipientAndEachReturnHasItsOwn) {
  const ReturnRun first = built(1), second = built(2);
  delivered(first, "Executive");
  delivered(first, "Board");
  delivered(second, "Executive");
  std::vector<std::string> all;
  for (const auto& one : must(deliveries().deliveries()))
    all.push_back(std::to_string(one.return_run - first.id) + " " + one.recipient);
  EXPECT_EQ(all, (std::vector<std::string>{"0 Board", "0 Executive", "1 Executive"}));
}

TEST_P(DeliveryStoreTest, IsRefusedForAReturnThatIsNotBuilt) {
  const ReturnRun run = claimed(10, 100);
  EXPECT_EQ(refusal(deliveries().plan(run, wanted(run))), ErrorCode::kStoreConflict);
  EXPECT_EQ(number("SELECT count(*) FROM deliveries"), 0);
}

TEST_P(DeliveryStoreTest, IsRefusedToWhoeverNoLongerHoldsTheReturn) {
  const ReturnRun first = built();
  Delivery planned = must(deliveries().plan(first, wanted(first)));
  ReturnRun second = claimed(100, 200);
  EXPECT_EQ(refusal(deliveries().plan(second, wanted(second))), ErrorCode::kStoreConflict)
      << "claimed, not built again";
  must(returns().store_built(second));
  planned.delivered_at = instant_of(120);
  EXPECT_EQ(refusal(deliveries().plan(first, wanted(first))), ErrorCode::kStoreConflict);
  EXPECT_EQ(refusal(deliveries().store_delivered(first, planned)), ErrorCode::kStoreConflict);
  EXPECT_EQ(must(deliveries().deliveries()).at(0).state, DeliveryState::kPlanned);
  must(deliveries().store_delivered(second, planned));
}

TEST_P(DeliveryStoreTest, WhatIsDeliveredStaysAsItIs) {
  const ReturnRun run = built();
  Delivery made = delivered(run);
  made.folder = "/elsewhere";
  EXPECT_EQ(refusal(deliveries().store_delivered(run, made)), ErrorCode::kStoreConflict);
  EXPECT_EQ(must(deliveries().deliveries()).at(0).folder, "/a/returns");
}

TEST_P(DeliveryStoreTest, SaysWhenAndBelongsToItsReturn) {
  const ReturnRun run = built(1), other = built(2);
  Delivery planned = must(deliveries().plan(run, wanted(run)));
  EXPECT_EQ(refusal(deliveries().store_delivered(run, planned)), ErrorCode::kStoreConflict);
  planned.delivered_at = instant_of(50);
  EXPECT_EQ(refusal(deliveries().store_delivered(other, planned)), ErrorCode::kStoreConflict);
}

TEST_P(DeliveryStoreTest, AReturnIsDeliveredWhenAllItsDeliveriesAreAndThereIsOne) {
  ReturnRun run = built();
  run.delivered_at = instant_of(60);
  EXPECT_EQ(refusal(returns().store_delivered(run)), ErrorCode::kStoreConflict) << "none";
  delivered(run, "Executive");
  must(deliveries().plan(run, wanted(run, "Board")));
  EXPECT_EQ(refusal(returns().store_delivered(run)), ErrorCode::kStoreConflict) << "one is open";
  delivered(run, "Board");
  delivered(built(2), "Executive");
  must(returns().store_delivered(run));
  EXPECT_EQ(must(returns().find(kSchedule, kPeriod, 1))->state, ReturnState::kDelivered);
  EXPECT_EQ(must(returns().find(kSchedule, kPeriod, 2))->state, ReturnState::kBuilt);
}

TEST_P(DeliveryStoreTest, PlannedByEightAtOnceThereIsOne) {
  const ReturnRun run = built();
  std::vector<std::thread> threads;
  std::atomic<int> planned{0};
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] { planned += deliveries().plan(run, wanted(run)) ? 1 : 0; });
  for (auto& thread : threads) thread.join();
  EXPECT_GE(planned, 1);
  EXPECT_EQ(number("SELECT count(*) FROM deliveries"), 1);
  must(deliveries().plan(run, wanted(run)));
}

}  // namespace
}  // namespace qd::tests
