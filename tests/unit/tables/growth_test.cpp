// A declared table may grow, and every other change is named.
#include "core/tables/growth.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

namespace qd::test {
namespace {

using tables::Declared;

TableSpec lets() {
  return {"voids_lets",
          "Lettings.",
          {{"home", ColumnKind::kText, true, "", "which", {}, "voids_homes"},
           {"let_on", ColumnKind::kDate, true, "", "when"},
           {"days",
            ColumnKind::kInteger,
            true,
            "days",
            "how long",
            {},
            {},
            Number::of(0),
            Number::of(99)},
           {"kind", ColumnKind::kText, false, "", "of home", {"house", "flat"}},
           {"ended_on", ColumnKind::kDate, false, "", "when", {}, {}, {}, {}, true}},
          2,
          "voids"};
}

struct Change {
  std::function<void(TableSpec&)> make;
  std::string difference;  // empty: it is growth, or nothing
};

ColumnSpec fresh(bool required) { return {"offers", ColumnKind::kInteger, required, "", ""}; }

const std::vector<Change>& changes() {
  static const std::vector<Change> all = {
      {[](TableSpec&) {}, ""},
      {[](TableSpec& t) { t.meaning = t.columns[2].meaning = "in other words"; }, ""},
      {[](TableSpec& t) { t.columns.push_back(fresh(false)); }, ""},
      {[](TableSpec& t) { t.columns.push_back(fresh(true)); },
       "column offers is new and required, and the records that are there have none"},
      {[](TableSpec& t) { t.columns.insert(t.columns.begin() + 3, fresh(false)); },
       "column kind stands in another place than it did"},
      {[](TableSpec& t) { std::swap(t.columns[3], t.columns[4]); },
       "column kind stands in another place than it did"},
      {[](TableSpec& t) { t.columns.pop_back(); }, "column ended_on is gone"},
      {[](TableSpec& t) { t.columns[3].name = "sort"; }, "column kind is gone"},
      {[](TableSpec& t) { t.columns[2].kind = ColumnKind::kMinutes; },
       "column days was integer and is now minutes"},
      {[](TableSpec& t) { t.columns[2].unit = "weeks"; },
       "column days had the unit days and now has weeks"},
      {[](TableSpec& t) { t.columns[2].unit = ""; },
       "column days had the unit days and now has none"},
      {[](TableSpec& t) { t.columns[2].required = false; }, ""},
      {[](TableSpec& t) { t.columns[3].required = true; },
       "column kind was optional and is now required"},
      {[](TableSpec& t) {
         t.columns[3].allowed = {"flat", "bungalow", "house"};
       },
       ""},
      {[](TableSpec& t) { t.columns[3].allowed.clear(); }, ""},
      {[](TableSpec& t) { t.columns[3].allowed = {"flat"}; },
       "column kind took house, flat and now takes only flat"},
      {[](TableSpec& t) { t.columns[0].allowed = {"H1"}; },
       "column home took any text and now takes only H1"},
      {[](TableSpec& t) { t.columns[2].min = Number::of(-1); }, ""},
      {[](TableSpec& t) { t.columns[2].min.reset(); }, ""},
      {[](TableSpec& t) { t.columns[2].min = Number{1}; },
       "column days has a narrower range than it had"},
      {[](TableSpec& t) { t.columns[2].max = Number::of(100); }, ""},
      {[](TableSpec& t) { t.columns[2].max.reset(); }, ""},
      {[](TableSpec& t) { t.columns[2].max = Number{98'999'999}; },
       "column days has a narrower range than it had"},
      {[](TableSpec& t) { t.columns[0].references = ""; }, ""},
      {[](TableSpec& t) { t.columns[0].references = "areas"; },
       "column home referred to voids_homes and now refers to areas"},
      {[](TableSpec& t) { t.columns[3].references = "areas"; },
       "column kind referred to no table and now refers to areas"},
      {[](TableSpec& t) { t.columns[4].not_after_today = false; }, ""},
      {[](TableSpec& t) { t.columns[1].not_after_today = true; },
       "column let_on took days still to come and no longer does"},
      {[](TableSpec& t) { t.n_key = 1; }, "its key had 2 columns and now has 1"},
      {[](TableSpec& t) { t.n_key = 3; }, "its key had 2 columns and now has 3"},
  };
  return all;
}

TEST(Growth, IsToldFromEveryOtherChange) {
  for (std::size_t at = 0; at < changes().size(); ++at) {
    SCOPED_TRACE(fmt::format("change {}: {}", at, changes()[at].difference));
    TableSpec now = lets();
    changes()[at].make(now);
    EXPECT_EQ(tables::shrinkage(lets(), now).value_or(""), changes()[at].difference);
  }
}

TEST(Growth, AColumnWithoutARangeTakesNone) {
  TableSpec open = lets();
  open.columns[2].min.reset();
  open.columns[2].max.reset();
  TableSpec least = open, most = open;
  least.columns[2].min = Number::of(0);
  most.columns[2].max = Number::of(0);
  EXPECT_TRUE(tables::shrinkage(open, least));
  EXPECT_TRUE(tables::shrinkage(open, most));
}

TEST(Growth, AFormIsKeptWholeButForItsMeanings) {
  for (const auto& change : changes()) {
    TableSpec table = lets();
    change.make(table);
    table.columns[3].unit = "a\tb\\n\nc";
    const auto again = tables::parse_form(tables::form_text(table));
    ASSERT_TRUE(again);
    table.meaning.clear();
    for (auto& column : table.columns) column.meaning.clear();
    EXPECT_EQ(again->columns, table.columns);
    EXPECT_EQ(again->name, table.name);
    EXPECT_EQ(again->family, table.family);
    EXPECT_EQ(again->n_key, table.n_key);
  }
}

TEST(Growth, WhatIsNoFormIsNone) {
  const std::string form = tables::form_text(lets());
  for (const std::string text : {"", "table 1", "table 2\tvoids_lets\tvoids\t2",
                                 "table 1\tvoids_lets\tvoids\tx", "code:4:1:1;"})
    EXPECT_FALSE(tables::parse_form(text)) << text;
  EXPECT_FALSE(tables::parse_form(form + "\nshort"));
  EXPECT_FALSE(tables::parse_form(form + "\nx\tfloat\t\t\t\t\t\t"));
}

TableSpec grown() {
  TableSpec table = lets();
  table.columns.push_back(fresh(false));
  table.columns[3].allowed.emplace_back("bungalow");
  return table;
}

TEST(Growth, ALibraryOfBeforeIsKnownWhereItsFormWasSeen) {
  TableSpec words_only = lets();
  words_only.columns[3].allowed.emplace_back("bungalow");
  EXPECT_EQ(tables::compare_forms({lets()}, lets()), Declared::kKnown);
  EXPECT_EQ(tables::compare_forms({lets()}, grown()), Declared::kGrown);
  EXPECT_EQ(tables::compare_forms({lets(), words_only}, lets()), Declared::kKnown);
  EXPECT_FALSE(tables::compare_forms({words_only}, lets()));  // never seen: it has narrowed
}

TEST(Growth, FewerColumnsOfTheSameAreALibraryOfBeforeAlsoWhereItWasNotSeen) {
  EXPECT_EQ(tables::compare_forms({grown()}, lets()), Declared::kKnown);
  TableSpec wider = lets();
  wider.columns[3].allowed.emplace_back("castle");
  const auto refused = tables::compare_forms({grown()}, wider);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kStoreConflict);
  EXPECT_EQ(refused.error().message,
            "table voids_lets: column kind took house, flat, bungalow and now takes only house, "
            "flat, castle");
}

}  // namespace
}  // namespace qd::test
