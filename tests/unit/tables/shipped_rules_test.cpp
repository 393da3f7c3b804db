// The rules of the tables that ship: of each what is just taken, and what is just not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/tables/shipped_tables.hpp"
#include "tests/unit/tables/written_record.hpp"

namespace qd::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A record of each table that is taken.
const std::map<std::string, Written>& good_records() {
  static const Written measured = {{"measure", "BS01"},
                                   {"version", "1"},
                                   {"area", "L1"},
                                   {"tenure", "ALL"},
                                   {"period_from", "2026-04-01"},
                                   {"period_until", "2026-07-01"}};
  static const std::map<std::string, Written> records = {
      {"areas",
       {{"code", "L1"}, {"name", "n"}, {"kind", "landlord"}, {"valid_from", "2020-04-01"}}},
      {"persons", {{"code", "P1"}, {"relationship", "TENANT"}, {"area", "L1"}}},
      {"memberships", {{"person", "P1"}, {"level", "2"}, {"opened_on", "2026-04-02"}}},
      {"events", {{"code", "E1"}, {"type", "TRAINING"}, {"level", "3"}, {"held_on", "2026-04-01"}}},
      {"participations", {{"person", "P1"}, {"event", "E1"}, {"status", "ATTENDED"}}},
      {"policies", {{"code", "O1"}, {"title", "t"}, {"area", "L1"}, {"customer_facing", "yes"}}},
      {"consultations", {{"code", "C1"}, {"policy", "O1"}, {"opened_on", "2026-04-02"}}},
      {"measure_observations", measured},
      {"survey_tallies", measured},
      {"definitions",
       {{"code", "COPI-1"},
        {"version", "1"},
        {"family", "copis"},
        {"title", "t"},
        {"numerator", "n"},
        {"unit", "%"},
        {"source", "residents"},
        {"multiplier", "100"},
        {"divisor", "1"},
        {"decimals", "1"},
        {"polarity", "high"},
        {"aggregation", "flow_ratio"},
        {"effective_from", "2026-04-01"},
        {"comparable_with_previous", "no"}}},
      {"definition_links",
       {{"code", "COPI-1"}, {"linked", "TP10"}, {"relation", "EXPLAINS"}, {"strength", "1"}}},
  };
  return records;
}

std::vector<std::string> wrong(const std::string& table, const Written& changed) {
  Written record = good_records().at(table);
  for (const auto& [column, text] : changed) record[column] = text;
  return wrong_with(*tables::shipped_table(table), record);
}

TEST(ShippedRules, EveryTableHasARecordThatIsTaken) {
  for (const auto& table : tables::shipped_tables())
    EXPECT_THAT(wrong(table.name, {}), IsEmpty()) << table.name;
  EXPECT_EQ(good_records().size(), tables::shipped_tables().size());
}

TEST(ShippedRules, EveryColumnThatIsNeededIsNeeded) {
  for (const auto& table : tables::shipped_tables()) {
    for (const auto& [column, text] : good_records().at(table.name)) {
      if (!table.columns[table.index_of(column)].required) continue;
      auto record = good_records().at(table.name);
      record[column] = "";
      EXPECT_THAT(wrong_with(table, record), ElementsAre(column + ": " + column + " is empty"));
    }
  }
}

struct Range {
  std::string table, column, least, below, most, above;
};

TEST(ShippedRules, RangesBeginAndEndWhereTheySay) {
  const std::string many = "1000000000";
  std::vector<Range> ranges = {
      {"memberships", "level", "2", "1", "4", "5"},
      {"events", "level", "2", "1", "4", "5"},
      {"events", "minutes", "0", "-1", "44640", "44641"},
      {"participations", "minutes", "0", "-1", "44640", "44641"},
      {"measure_observations", "version", "1", "0", "9999", "10000"},
      {"measure_observations", "numerator", "-" + many, "-1000000000.000001", many,
       "1000000000.000001"},
      {"measure_observations", "denominator", "0", "-0.000001", many, "1000000000.000001"},
      {"survey_tallies", "version", "1", "0", "9999", "10000"},
      {"survey_tallies", "responses", "0", "-1", many, "1000000001"},
      {"definitions", "version", "1", "0", "9999", "10000"},
      {"definitions", "multiplier", "1", "0", many, "1000000001"},
      {"definitions", "divisor", "1", "0", many, "1000000001"},
      {"definitions", "decimals", "0", "-1", "10", "11"},
      {"definition_links", "strength", "1", "0", "3", "4"},
  };
  for (const auto* answers : {"very_positive", "fairly_positive", "neither", "fairly_negative",
                              "very_negative", "not_applicable", "filter_yes", "filter_no"}) {
    ranges.push_back({"survey_tallies", answers, "0", "-0.000001", many, "1000000000.000001"});
  }
  for (const auto& range : ranges) {
    SCOPED_TRACE(range.table + "." + range.column);
    EXPECT_THAT(wrong(range.table, {{range.column, range.least}}), IsEmpty());
    EXPECT_THAT(wrong(range.table, {{range.column, range.most}}), IsEmpty());
    for (const auto& outside : {range.below, range.above}) {
      EXPECT_THAT(wrong(range.table, {{range.column, outside}}),
                  ElementsAre(fmt::format("{0}: {0} is {1}, and {2} to {3} is taken", range.column,
                                          outside, range.least, range.most)));
    }
  }
}

struct Case {
  std::string table;
  Written changed;
  std::string wrong;  // empty: taken
};

TEST(ShippedRules, WhatMustHoldBetweenColumnsHolds) {
  const std::string backwards = "it ends before it begins";
  const std::string unopened = "closed_on: it was closed before it was opened";
  const std::string parent = "parent: a landlord has no parent, and every other area has one";
  const std::string no_list = "levels: this is no list of levels";
  const std::string no_quarter = "effective_from: a definition begins with a quarter";
  const std::vector<Case> cases = {
      {"areas", {{"valid_until", "2020-04-02"}}, ""},
      {"areas", {{"valid_until", "2020-04-01"}}, "valid_until: " + backwards},
      {"areas", {{"parent", "L2"}}, parent},
      {"areas", {{"kind", "estate"}, {"parent", "L2"}}, ""},
      {"areas", {{"kind", "estate"}}, parent},
      {"areas", {{"kind", "castle"}, {"parent", "L2"}}, "kind: 'castle' is not taken here"},
      {"areas", {{"kind", "castle"}}, "kind: 'castle' is not taken here"},
      {"memberships", {{"closed_on", "2026-04-02"}}, ""},
      {"memberships", {{"closed_on", "2026-04-01"}}, unopened},
      {"consultations", {{"closed_on", "2026-04-02"}}, ""},
      {"consultations", {{"closed_on", "2026-04-01"}}, unopened},
      {"consultations", {{"levels", "1;4"}}, ""},
      {"consultations", {{"levels", "0"}}, no_list},
      {"consultations", {{"levels", "5"}}, no_list},
      {"consultations", {{"levels", "2;"}}, no_list},
      {"consultations", {{"levels", "2,4"}}, no_list},
      {"consultations", {{"levels", "24"}}, no_list},
      {"measure_observations", {{"period_until", "2026-04-02"}}, ""},
      {"measure_observations", {{"period_until", "2026-04-01"}}, "period_until: " + backwards},
      {"measure_observations", {{"period_until", "soon"}}, "period_until: 'soon' is not a date"},
      {"measure_observations", {{"period_from", "soon"}}, "period_from: 'soon' is not a date"},
      {"survey_tallies", {{"period_until", "2026-04-02"}}, ""},
      {"survey_tallies", {{"period_until", "2026-04-01"}}, "period_until: " + backwards},
      {"definitions", {{"effective_from", "2026-07-01"}}, ""},
      {"definitions", {{"effective_from", "2026-10-01"}}, ""},
      {"definitions", {{"effective_from", "2026-01-01"}}, ""},
      {"definitions", {{"effective_from", "2026-04-02"}}, no_quarter},
      {"definitions", {{"effective_from", "2026-05-01"}}, no_quarter},
      {"definitions", {{"effective_from", "2026-03-31"}}, no_quarter},
      {"definitions", {{"effective_until", "2026-04-02"}}, ""},
      {"definitions", {{"effective_until", "2026-04-01"}}, "effective_until: " + backwards},
  };
  for (const auto& held : cases) {
    SCOPED_TRACE(held.table + (held.wrong.empty() ? " is taken" : " " + held.wrong));
    const auto found = wrong(held.table, held.changed);
    if (held.wrong.empty())
      EXPECT_THAT(found, IsEmpty());
    else
      EXPECT_THAT(found, ElementsAre(held.wrong));
  }
}

TEST(ShippedRules, EveryListOfWordsRefusesAnother) {
  for (const auto& table : tables::shipped_tables()) {
    for (const auto& column : table.columns) {
      if (column.allowed.empty()) continue;
      for (const auto& word : column.allowed) {
        Written record = good_records().at(table.name);
        record[column.name] = word;
        if (table.name == "areas" && word != "landlord") record["parent"] = "L2";
        EXPECT_THAT(wrong_with(table, record), IsEmpty()) << word;
      }
      EXPECT_THAT(wrong(table.name, {{column.name, "SOMETHING"}}),
                  ElementsAre(column.name + ": 'SOMETHING' is not taken here"));
    }
  }
}

std::size_t notes_on(const std::string& table, const Written& changed) {
  const TableSpec& spec = *tables::shipped_table(table);
  Written record = good_records().at(table);
  for (const auto& [column, text] : changed) record[column] = text;
  std::vector<Cell> cells(spec.columns.size());
  for (const auto& [column, text] : record) {
    const auto at = spec.index_of(column);
    cells[at] = *tables::parse_cell(spec, at, text);
  }
  return tables::RecordCheck(spec, kToday).notes(cells).size();
}

TEST(ShippedRules, APercentageOfAWholeAboveItIsWorthANote) {
  const auto notes = [](const std::string& measure, const std::string& numerator,
                        const std::string& denominator) {
    return notes_on("measure_observations",
                    {{"measure", measure}, {"numerator", numerator}, {"denominator", denominator}});
  };
  for (const auto* measure : {"BS01", "BS05", "RP01", "RP02_1", "CH02_1"}) {
    EXPECT_EQ(notes(measure, "10", "10"), 0u) << measure;
    EXPECT_EQ(notes(measure, "10.000001", "10"), 1u) << measure;
    EXPECT_EQ(notes(measure, "11", ""), 0u) << measure;
    EXPECT_EQ(notes(measure, "", "0"), 0u) << measure;
  }
  for (const auto* measure : {"RC01", "NM01_1", "CH01_1", "RPX", "BSX"})
    EXPECT_EQ(notes(measure, "11", "10"), 0u) << measure;
}

TEST(ShippedRules, OnlyAShippedTableHasTheRulesOfAShippedTable) {
  TableSpec own = *tables::shipped_table("memberships");
  own.family = "others";
  EXPECT_THAT(wrong_with(own, {{"person", "P1"},
                               {"level", "2"},
                               {"opened_on", "2026-04-02"},
                               {"closed_on", "2026-04-01"}}),
              IsEmpty());
}

}  // namespace
}  // namespace qd::test
