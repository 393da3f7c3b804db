// Everything that is listed: what stands in which column, and where nothing does.
#include "server/faces/catalogue.hpp"

#include <gtest/gtest.h>

#include <map>

#include "jobs/schedules.hpp"
#include "server/faces/explanation_writer.hpp"

namespace qd {
namespace {

using Shown = std::map<std::string, formats::Cell>;
const formats::Cell kNothing;

// A row by the names of its columns.
Shown row(const formats::TextTable& table, std::size_t at = 0) {
  Shown shown;
  EXPECT_EQ(table.rows.at(at).size(), table.columns.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    shown[table.columns[i].name] = table.rows[at].at(i);
  return shown;
}

Instant at(const char* text) { return *parse_instant(text); }

Run complete_run() {
  Run run;
  run.id = 7;
  run.family = "copis";
  run.family_version = "1.2.0";
  run.abi = "1.0";
  run.library_sha256 = "ab";
  run.period = "FY2026-27-Q1";
  run.state = RunState::kComplete;
  run.input_digest = "cd";
  run.input_rows = 11;
  run.n_facts = 5;
  run.as_of = at("2026-07-01T10:00:00Z");
  run.started_at = at("2026-07-01T11:00:00Z");
  run.finished_at = at("2026-07-01T12:00:00Z");
  run.notes = {{"no date", 3}, {"no area"}};
  return run;
}

TEST(RunTable, ACompleteRun) {
  EXPECT_EQ(row(faces::run_table({complete_run()})),
            (Shown{{"id", "7"},
                   {"family", "copis"},
                   {"family_version", "1.2.0"},
                   {"period", "FY2026-27-Q1"},
                   {"state", "complete"},
                   {"reason", kNothing},
                   {"facts", "5"},
                   {"input_rows", "11"},
                   {"input_digest", "cd"},
                   {"library_sha256", "ab"},
                   {"abi", "1.0"},
                   {"as_of", "2026-07-01T10:00:00.000Z"},
                   {"started_at", "2026-07-01T11:00:00.000Z"},
                   {"finished_at", "2026-07-01T12:00:00.000Z"},
                   {"notes", formats::joined({"no date (3)", "no area (1)"})}}));
}

TEST(RunTable, AFailedRunSaysWhyAndARunningOneHasNoEnd) {
  qd::Run failed = complete_run(), running = complete_run();
  failed.state = RunState::kFailed;
  failed.failure = RunFailure::kStopped;
  failed.reason = "stopped with signal 11";
  running.state = RunState::kRunning;
  running.finished_at = {};
  const auto table = faces::run_table({failed, running});
  EXPECT_EQ(row(table)["reason"], "not computed: family copis 1.2.0 stopped with signal 11");
  EXPECT_EQ(row(table)["state"], "failed");
  EXPECT_EQ(row(table, 1)["finished_at"], kNothing);
  EXPECT_EQ(row(table, 1)["state"], "running");
}

TEST(ReturnTable, ADeliveredOneAndOneThatWasNotBuilt) {
  ReturnRun delivered;
  delivered.schedule = "executive-quarterly";
  delivered.period = "FY2026-27-Q1";
  delivered.revision = 2;
  delivered.state = ReturnState::kDelivered;
  delivered.file_name = "executive.xlsx";
  delivered.sha256 = "ef";
  delivered.as_of = at("2026-07-01T10:00:00Z");
  delivered.fact_runs = {4, 9};
  delivered.delivered_at = at("2026-07-21T07:00:00Z");
  delivered.due_rule = "working day 15";
  ReturnRun failed = delivered;
  failed.state = ReturnState::kFailed;
  failed.reason = "no figures";
  failed.file_name = failed.sha256 = failed.due_rule = "";
  failed.fact_runs.clear();
  failed.delivered_at = {};
  const auto table = faces::return_table({delivered, failed});
  EXPECT_EQ(row(table), (Shown{{"schedule", "executive-quarterly"},
                               {"period", "FY2026-27-Q1"},
                               {"revision", "2"},
                               {"state", "delivered"},
                               {"reason", kNothing},
                               {"file_name", "executive.xlsx"},
                               {"sha256", "ef"},
                               {"as_of", "2026-07-01T10:00:00.000Z"},
                               {"runs", formats::joined({"4", "9"})},
                               {"delivered_at", "2026-07-21T07:00:00.000Z"},
                               {"due_rule", "working day 15"}}));
  Shown not_built = row(table, 1);
  EXPECT_EQ(not_built["reason"], "no figures");
  for (const char* empty : {"file_name", "sha256", "as_of", "delivered_at", "due_rule"})
    EXPECT_EQ(not_built[empty], kNothing) << empty;
}

TEST(KeyTable, SaysWhenAndNeverTheSecret) {
  ApiKey key;
  key.prefix = "abcdefgh";
  key.hash = "secret";
  key.name = "Power BI";
  key.scopes = {Scope::kRecords, Scope::kFigures};
  key.viewer = {Audience::kBoard, {"N1", "E9"}, {"copis"}};
  key.addresses = {"10.0.0.0/8"};
  key.last_used_at = at("2026-07-09T10:00:00Z");
  key.created_at = at("2026-07-01T10:00:00Z");
  key.expires_at = at("2027-07-01T10:00:00Z");
  EXPECT_EQ(row(faces::key_table({key})),
            (Shown{{"prefix", "abcdefgh"},
                   {"name", "Power BI"},
                   {"scopes", formats::joined({"figures", "records"})},
                   {"audience", "board"},
                   {"areas", formats::joined({"N1", "E9"})},
                   {"families", formats::joined({"copis"})},
                   {"addresses", formats::joined({"10.0.0.0/8"})},
                   {"created_at", "2026-07-01T10:00:00.000Z"},
                   {"expires_at", "2027-07-01T10:00:00.000Z"},
                   {"last_used_at", "2026-07-09T10:00:00.000Z"},
                   {"revoked_at", kNothing}}));
  key.expires_at = {};
  key.revoked_at = at("2026-08-01T10:00:00Z");
  EXPECT_EQ(row(faces::key_table({key}))["expires_at"], kNothing);
  EXPECT_EQ(row(faces::key_table({key}))["revoked_at"], "2026-08-01T10:00:00.000Z");
}

TEST(ReadingTable, SaysWhoReadWhatWhenAndWhy) {
  const RecordReading reading{3, at("2026-07-01T10:00:00Z"), "abcdefgh", 12, 40, "complaint 17"};
  EXPECT_EQ(row(faces::reading_table({reading})), (Shown{{"id", "3"},
                                                         {"read_at", "2026-07-01T10:00:00.000Z"},
                                                         {"reader", "abcdefgh"},
                                                         {"fact", "12"},
                                                         {"rows", "40"},
                                                         {"reason", "complaint 17"}}));
}

jobs::Due due(const std::string& schedule, const Period& period, const char* since) {
  Schedule owing;
  owing.id = schedule;
  return {owing, period, 1, at(since), ""};
}

TEST(ScheduleTable, SaysWhatIsDueOfEachAndSinceWhen) {
  Schedule other = jobs::executive_quarterly("FY2026-27-Q1");
  other.id = "board";
  other.minute_of_day = 17 * 60 + 5;
  other.paused = true;
  other.pause_reason = "until the new year";
  jobs::SchedulerView view;
  view.due.owed = {due("elsewhere", Period::quarter(2025, 4), "2026-04-27T07:00:00Z"),
                   due("executive-quarterly", Period::quarter(2026, 1), "2026-07-21T07:00:00Z"),
                   due("executive-quarterly", Period::quarter(2026, 2), "2026-10-21T07:00:00Z")};
  const auto table =
      faces::schedule_table({jobs::executive_quarterly("FY2026-27-Q1"), other}, view);
  EXPECT_EQ(row(table), (Shown{{"id", "executive-quarterly"},
                               {"title", "Quarterly return to the Executive"},
                               {"audience", "Executive"},
                               {"cadence", "quarter"},
                               {"working_day", "15"},
                               {"time", "08:00"},
                               {"catch_up", "until_delivered"},
                               {"paused", "false"},
                               {"pause_reason", kNothing},
                               {"is_due", "true"},
                               {"due_periods", formats::joined({"FY2026-27-Q1", "FY2026-27-Q2"})},
                               {"due_since", "2026-07-21T07:00:00.000Z"}}));
  Shown paused = row(table, 1);
  EXPECT_EQ(paused["time"], "17:05");
  EXPECT_EQ(paused["paused"], "true");
  EXPECT_EQ(paused["pause_reason"], "until the new year");
  EXPECT_EQ(paused["is_due"], "false");
  EXPECT_EQ(paused["due_periods"], formats::joined({}));
  EXPECT_EQ(paused["due_since"], kNothing);
}

TEST(FamilyTable, AFamilyAndOneThatIsRefused) {
  Family family;
  family.id = "copis";
  family.version = "1.2.0";
  family.title = "Community indicators";
  family.abi = "1.0";
  family.library_sha256 = "ab";
  family.declaration_sha256 = "cd";
  for (const char* input : {"copi_answers", "areas", "copi_answers"}) {
    family.inputs.emplace_back();
    family.inputs.back().table.name = input;
  }
  family.tables.emplace_back();
  family.tables.back().name = "copis_own";
  for (const int version : {1, 2}) {
    family.indicators.emplace_back();
    family.indicators.back().code = "C1";
    family.indicators.back().version = version;
  }
  family.options.emplace_back();
  family.options.back().key = "least";
  family.breakdowns.emplace_back();
  family.breakdowns.back().key = "tenure";
  const auto table = faces::family_table(
      {{"/families/libqd_copis.so", family, {}},
       {"/families/libodd.so", fail(ErrorCode::kFamilyRefused, "it is no library"), {}}});
  EXPECT_EQ(row(table), (Shown{{"id", "copis"},
                               {"version", "1.2.0"},
                               {"title", "Community indicators"},
                               {"library", "libqd_copis.so"},
                               {"abi", "1.0"},
                               {"library_sha256", "ab"},
                               {"declaration_sha256", "cd"},
                               {"inputs", formats::joined({"copi_answers", "areas"})},
                               {"tables", formats::joined({"copis_own"})},
                               {"indicators", formats::joined({"C1"})},
                               {"options", formats::joined({"least"})},
                               {"breakdowns", formats::joined({"tenure"})},
                               {"refused", kNothing}}));
  const Shown refused = row(table, 1);
  for (const auto& [name, cell] : refused) {
    if (name == "library")
      EXPECT_EQ(cell, "libodd.so");
    else
      EXPECT_EQ(cell, name == "refused" ? formats::Cell("it is no library") : kNothing) << name;
  }
}

TEST(IndicatorTable, LinksAreOfTheirOwnIndicatorAndEmptyFieldsSayNothing) {
  Definition one;
  one.code = "C1";
  one.version = 3;
  one.revision = 2;
  one.multiplier = 100;
  Definition other = one;
  other.code = "C2";
  const auto table = faces::indicator_table(
      {one, other}, {{"C1", "TP01", "LEADS", 1, ""}, {"C2", "TP02", "LEADS", 1, ""}});
  Shown shown = row(table);
  EXPECT_EQ(shown["code"], "C1");
  EXPECT_EQ(shown["version"], "3");
  EXPECT_EQ(shown["revision"], "2");
  EXPECT_EQ(shown["multiplier"], "100");
  EXPECT_EQ(shown["denominator"], kNothing);
  EXPECT_EQ(shown["links"], formats::joined({"LEADS TP01"}));
  EXPECT_EQ(row(table, 1)["links"], formats::joined({"LEADS TP02"}));
}

compute::ExplainedRow explained(const char* table, std::int64_t id,
                                std::optional<Instant> superseded_at) {
  return {table,
          {"code", "name"},
          {id, {"A", std::nullopt}, "areas.csv", at("2026-07-01T10:00:00Z"), superseded_at}};
}

// Rows come by table: those of one table stand together, each with all its cells.
TEST(ExplainedTables, ATableForEachAndACellForEachColumn) {
  compute::Explanation explanation;
  explanation.rows = {explained("areas", 1, {}), explained("areas", 2, at("2026-08-01T10:00:00Z")),
                      explained("persons", 3, {})};
  const auto tables = faces::explained_tables(explanation);
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(tables[0].first, "areas");
  EXPECT_EQ(tables[0].second.rows.size(), 2u);
  EXPECT_EQ(row(tables[0].second), (Shown{{"record", "1"},
                                          {"code", "A"},
                                          {"name", kNothing},
                                          {"source", "areas.csv"},
                                          {"recorded_at", "2026-07-01T10:00:00.000Z"},
                                          {"superseded_at", kNothing}}));
  EXPECT_EQ(row(tables[0].second, 1)["superseded_at"], "2026-08-01T10:00:00.000Z");
  EXPECT_EQ(tables[1].first, "persons");
  EXPECT_EQ(row(tables[1].second)["record"], "3");
}

}  // namespace
}  // namespace qd
