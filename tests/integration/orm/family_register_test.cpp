// What families declare is kept: whose a name is, and that a version keeps its meaning.
#include "tests/integration/orm/records.hpp"

namespace qd::tests {
namespace {

using testing::ElementsAre;

Definition declared(const std::string& code, int version = 1) {
  Definition made;
  made.code = code;
  made.version = version;
  made.family = "walks";
  made.title = "Walks on time";
  made.numerator = "on time";
  made.denominator = "walks";
  made.unit = "%";
  made.source = "handbook";
  made.multiplier = 100;
  made.polarity = Polarity::kHigh;
  made.aggregation = Aggregation::kFlowRatio;
  made.effective_from = make_date(1, 1, 1);
  return made;
}

Family walks(std::vector<Definition> indicators) {
  Family family;
  family.id = "walks";
  family.version = "1.0.0";
  family.title = "Walks";
  family.indicators = std::move(indicators);
  std::string all;
  for (const auto& one : family.indicators)
    for_each_field(
        one, [&](const DefinitionField&, const auto& value) { all += field_text(value) + '\n'; });
  family.declaration_sha256 = all;  // stands for the text
  return family;
}

class FamilyRegisterTest : public StoreTest {
 protected:
  Result<std::vector<Definition>> take_in(std::vector<Definition> indicators) {
    return families().take_in(walks(std::move(indicators)), now_,
                              std::chrono::floor<std::chrono::days>(now_));
  }
  std::string refusal(std::vector<Definition> indicators) {
    const auto taken = take_in(std::move(indicators));
    if (taken) return "it is not refused";
    EXPECT_EQ(taken.error().code, ErrorCode::kStoreConflict);
    return taken.error().message;
  }
  const Instant now_ = Instant(std::chrono::sys_days(make_date(2026, 11, 1)));
};

TEST_P(FamilyRegisterTest, AMultiplierChangedWithoutANewVersionIsRefused) {
  must(take_in({declared("walks.a")}));
  auto changed = declared("walks.a");
  changed.multiplier = 10;
  EXPECT_EQ(refusal({changed}),
            "indicator walks.a version 1 is in force and would mean something else: multiplier was "
            "'100' and would be '10'");
  EXPECT_EQ(must(catalogue().definitions()).at(0).multiplier, 100) << "it stays what it was";
}

TEST_P(FamilyRegisterTest, EveryMaterialFieldKeepsItsMeaning) {
  must(take_in({declared("walks.a")}));
  int n_material = 0, at = 0;
  for (const auto& field : definition_fields()) {
    const int wanted = at++;
    if (field.weight != FieldWeight::kMaterial) continue;
    ++n_material;
    auto changed = declared("walks.a");
    int place = 0;
    for_each_field(changed, [&]<class Value>(const DefinitionField&, Value& value) {
      if (place++ != wanted) return;
      if constexpr (std::is_same_v<Value, std::string>)
        value += " or so";
      else if constexpr (std::is_same_v<Value, bool>)
        value = !value;
      else if constexpr (std::is_same_v<Value, Date>)
        value = make_date(2025, 4, 1);
      else if constexpr (std::is_same_v<Value, Polarity>)
        value = Polarity::kLow;
      else if constexpr (std::is_same_v<Value, Aggregation>)
        value = Aggregation::kMeanDuration;
      else if constexpr (std::is_same_v<Value, Interval>)
        value = Interval::kSampleMargin;
      else if constexpr (std::is_same_v<Value, std::vector<Parameter>>)
        value = {{"k", "v"}};
      else if constexpr (std::is_same_v<Value, std::optional<Number>>)
        value = Number::of(4);
      else if constexpr (std::is_same_v<Value, std::optional<std::int64_t>>)
        value = 50;
      else if constexpr (std::is_integral_v<Value>)
        value += 1;
    });
    EXPECT_THAT(refusal({changed}), testing::HasSubstr(std::string(": ") + field.name + " was '"))
        << field.name;
  }
  EXPECT_GE(n_material, 15);
}

TEST_P(FamilyRegisterTest, OtherWordsAreARevisionAndWhatItSaidBeforeStays) {
  EXPECT_EQ(must(take_in({declared("walks.a")})).at(0).revision, 1);
  auto reworded = declared("walks.a");
  reworded.title = "Walks that were on time";
  EXPECT_EQ(must(take_in({reworded})).at(0).revision, 2);
  EXPECT_EQ(must(take_in({reworded})).at(0).revision, 2) << "nothing changed since";
  EXPECT_EQ(must(catalogue().definitions()).at(0).title, "Walks that were on time");
  EXPECT_EQ(must(catalogue().definitions()).at(0).revision, 2);
  const auto connection = connect_to(url());
  EXPECT_EQ(
      connection->number("SELECT count(*) FROM fact_definitions WHERE title = 'Walks on time' "
                         "AND revision = 1"),
      1);
}

TEST_P(FamilyRegisterTest, ANewVersionEndsTheOneBeforeWithoutRevisingIt) {
  must(take_in({declared("walks.a")}));
  auto first = declared("walks.a"), second = declared("walks.a", 2);
  first.effective_until = second.effective_from = make_date(2026, 4, 1);
  second.multiplier = 1000;
  const auto taken = must(take_in({first, second}));
  EXPECT_EQ(taken.at(0).revision, 1);
  EXPECT_EQ(taken.at(1).revision, 1);
  EXPECT_EQ(must(catalogue().definitions()).size(), 2u);
}

// What people captured and what another family declares is not what this one declared before.
TEST_P(FamilyRegisterTest, AVersionIsHeldByWhatTheFamilyItselfDeclaredOnly) {
  auto of_people = declared("walks.a"), of_another = declared("walks.b");
  of_people.multiplier = of_another.multiplier = 10;
  of_people.captured = true;
  of_another.family = "rides";
  qd::Run run;
  run.family = "copis";
  run.period = "FY2026-27-Q1";
  run.as_of = run.started_at = now_;
  run.id = must(runs().begin_run(run, now_ + std::chrono::hours{1}));
  run.finished_at = now_;
  std::vector<Fact> facts(2);
  facts[0].indicator = "walks.a";
  facts[1].indicator = "walks.b";
  must(runs().complete_run(run, {of_people, of_another}, facts));
  const auto taken = must(take_in({declared("walks.a"), declared("walks.b")}));
  ASSERT_EQ(taken.size(), 2u);
  EXPECT_EQ(taken[0].multiplier, 100);
  EXPECT_EQ(taken[1].revision, 1);
}

// Every start of a server asks: what has not changed is not written.
TEST_P(FamilyRegisterTest, WhatIsAsBeforeIsNotWrittenAgain) {
  const auto written_at = [&] { return number("SELECT taken_in_at FROM families"); };
  const auto at = [&](std::int64_t instant, Family family) {
    must(families().take_in(family, instant_of(instant), make_date(2026, 11, 1)));
    return written_at();
  };
  EXPECT_EQ(at(10, walks({declared("walks.a")})), 10);
  EXPECT_EQ(at(20, walks({declared("walks.a")})), 10);
  auto newer = walks({declared("walks.a")});
  newer.version = "1.0.1";
  EXPECT_EQ(at(30, newer), 30);
  EXPECT_EQ(at(40, walks({declared("walks.a"), declared("walks.b")})), 40);
}

TEST_P(FamilyRegisterTest, WhoIsRegisteredOwnsItsNames) {
  must(take_in({declared("walks.a"), declared("walks.b")}));
  must(observations().declare(
      {"walks_log", "Walks.", {{"code", ColumnKind::kText, true, "", ""}}, 1, "walks"}));
  const auto known = must(families().registered_families());
  ASSERT_EQ(known.size(), 1u);
  EXPECT_EQ(known[0].id, "walks");
  EXPECT_THAT(known[0].codes, testing::UnorderedElementsAre("walks.a", "walks.b"));
  EXPECT_THAT(known[0].tables, ElementsAre("walks_log"));
}

QUARTERDAY_BOTH_ENGINES(FamilyRegisterTest);

}  // namespace
}  // namespace qd::tests
