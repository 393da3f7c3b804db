// Who is counted has one number, for ever and on every server, and no name, on both engines.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <thread>

#include "core/model/digest.hpp"
#include "core/model/member_set.hpp"
#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

class MemberRegisterTest : public StoreTest {
 protected:
  std::vector<std::uint32_t> numbers(const std::vector<std::string>& names) {
    return numbers_at(members(), names);
  }
  static std::vector<std::uint32_t> numbers_at(MemberRegister& members,
                                               const std::vector<std::string>& names) {
    return must(members.numbers(std::vector<std::string_view>(names.begin(), names.end())));
  }
};
QUARTERDAY_BOTH_ENGINES(MemberRegisterTest);

TEST_P(MemberRegisterTest, ANameKeepsItsNumberOnEveryServer) {
  const auto first = numbers({"P1", "P2", "P1"});
  EXPECT_EQ(first[0], first[2]);
  EXPECT_NE(first[0], first[1]);
  const auto second_server = must(orm::open_database(url()));
  EXPECT_EQ(numbers_at(second_server->members(), {"P2", "P1"}),
            (std::vector<std::uint32_t>{first[1], first[0]}));
  EXPECT_EQ(numbers({"P3", "P1"})[1], first[0]);
}

TEST_P(MemberRegisterTest, NamesAreToldApartByteByByte) {
  const auto all = numbers({"P1", "p1", "P1 ", "", "P\xc3\xa9", "Pe"});
  EXPECT_EQ(std::set<std::uint32_t>(all.begin(), all.end()).size(), all.size());
}

// More than are asked for at once, those known and those not mixed.
TEST_P(MemberRegisterTest, ManyNamesHaveTheirNumbersInTurn) {
  std::vector<std::string> known, all;
  for (int i = 0; i < 1203; ++i) {
    all.push_back("P" + std::to_string(i));
    if (i % 3 == 0) known.push_back(all.back());
  }
  const auto before = numbers(known);
  const auto given = numbers(all);
  for (std::size_t i = 0; i < known.size(); ++i) EXPECT_EQ(given[3 * i], before[i]);
  EXPECT_EQ(std::set<std::uint32_t>(given.begin(), given.end()).size(), all.size());
  EXPECT_EQ(number("SELECT COUNT(*) FROM members"), 1203);
}

TEST_P(MemberRegisterTest, ServersThatGiveNumbersTogetherAgree) {
  std::vector<std::vector<std::uint32_t>> agreed(6);
  std::vector<std::thread> servers;
  for (std::size_t i = 0; i < agreed.size(); ++i)
    servers.emplace_back([&, i] {
      std::vector<std::string> names;
      for (int person = 0; person < 300; ++person) names.push_back("P" + std::to_string(person));
      const auto server = must(orm::open_database(url()));
      agreed[i] = numbers_at(server->members(), names);
    });
  for (auto& server : servers) server.join();
  for (const auto& one : agreed) EXPECT_EQ(one, agreed[0]);
  EXPECT_EQ(number("SELECT COUNT(*) FROM members"), 300);
}

TEST_P(MemberRegisterTest, NoNameIsKept) {
  numbers({"MARGARET-HALL"});
  EXPECT_EQ(number("SELECT COUNT(*) FROM members WHERE mark LIKE '%MARGARET%'"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM members WHERE mark = '" +
                   sha256("MARGARET-HALL").substr(0, 32) + "'"),
            0)
      << "who guesses a name finds nobody without the key";
}

TEST_P(MemberRegisterTest, WhoIsCountedIsReadByFigureAndByRun) {
  const auto fact_at = [](const char* area) {
    Fact fact;
    fact.indicator = "INV1";
    fact.area = area;
    fact.period = "FY2026-27-Q1";
    return fact;
  };
  Definition definition;
  definition.code = "INV1";
  qd::Run run;
  run.family = "involvement";
  run.period = "FY2026-27-Q1";
  run.started_at = instant_of(1);
  run.finished_at = instant_of(2);
  run.id = must(runs().begin_run(run, instant_of(1000)));
  std::vector<Fact> facts = {fact_at("E1"), fact_at("E2"), fact_at("N1")};
  facts[0].members = {1, 70'000, 4'000'000'000};
  facts[2].members = {1, 2};
  must(runs().complete_run(run, {definition}, facts));
  std::map<std::int64_t, std::uint64_t> sizes;
  const auto take = [&](std::int64_t figure, std::string_view bytes) {
    sizes[figure] = MemberSet::from_bytes(bytes).value().size();
  };
  must(figures().members({facts[0].id, facts[1].id}, take));
  EXPECT_EQ(sizes, (std::map<std::int64_t, std::uint64_t>{{facts[0].id, 3}}));
  must(figures().scan_members(run.id, take));
  EXPECT_EQ(sizes, (std::map<std::int64_t, std::uint64_t>{{facts[0].id, 3}, {facts[2].id, 2}}));
  sizes.clear();
  must(figures().scan_members(run.id + 1, take));
  must(figures().members({}, take));
  EXPECT_TRUE(sizes.empty());
}

}  // namespace
}  // namespace qd::tests
