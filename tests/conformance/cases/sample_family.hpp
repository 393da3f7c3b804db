// What the family `faulty` reads, without its library: enough to read the cases of.
#pragma once

#include "core/model/family.hpp"
#include "core/tables/shipped_tables.hpp"

namespace qd::cases {

inline Family sample_family() {
  Family family;
  family.id = "faulty";
  family.version = "1.0.0";
  const TableSpec rows{"faulty_rows",
                       "Rows.",
                       {{"area", ColumnKind::kText, true, "", "where", {}, "areas"},
                        {"seen_on", ColumnKind::kDate, true, "", "when"},
                        {"hits", ColumnKind::kInteger, false, "", "how many"},
                        {"colour", ColumnKind::kText, false, "", "which", {"red", "blue"}}},
                       2,
                       "faulty"};
  const TableSpec& persons = *tables::shipped_table("persons");
  const TableSpec& memberships = *tables::shipped_table("memberships");
  family.tables = {rows};
  family.options = {
      {"limit", OptionType::kInteger, "28", "days", {}, Number::of(1), Number::of(99)}};
  family.inputs = {
      {rows, {"area", "seen_on", "hits"}}, {persons, {"code"}}, {memberships, {"person", "level"}}};
  return family;
}

}  // namespace qd::cases
