// Loads, runs, their facts, and the definitions those were made with.
#pragma once

#include "orm/rows/model.hxx"

namespace qd {
namespace rows {

// One load that changed something; written in the same transaction as what it brought.
#pragma db object table("loads")
struct LoadRow {
#pragma db id auto
  std::int64_t id = 0;
  std::string name;
  std::string sha256;
  std::int64_t recorded_at = 0;
};

// An input table that a family declared. It is kept as "declared_" + name.
#pragma db object table("declared_tables")
struct DeclaredTableRow {
#pragma db id type("VARCHAR(128)")
  std::string name;
  std::string family;
  std::string columns;  // every form it was declared in, the last at the end
};

#pragma db object table("runs")
struct RunRow {
#pragma db id auto
  std::int64_t id = 0;
#pragma db type("VARCHAR(128)")
  std::string family;
  std::string family_version;
  std::string abi;
  std::string library_sha256;
#pragma db type("VARCHAR(128)")
  std::string period;
  std::int32_t state = 0;
#pragma db default(0)
  std::int32_t failure = 0;
  std::string reason;
  std::string input_digest;
  std::int64_t input_rows = 0;
  std::int64_t n_facts = 0;
  std::int64_t as_of = 0;
  std::int64_t started_at = 0;
  MaybeNumber finished_at;
  std::int64_t lease_until = 0;
  std::int32_t stopped_by_crash = 0;  // of version 1, which had no kinds of failure
#pragma db index("runs_current") members(family, period, state, finished_at)
};

#pragma db object table("run_notes")
struct RunNoteRow {
#pragma db id
  std::int64_t id = 0;  // run * 2^24 + position
  std::int64_t run = 0;
  std::string message;
  std::int64_t count = 0;
#pragma db default(0)
  std::int32_t severity = 0;
#pragma db index("run_notes_run") members(run)
};

// A family that was taken in. Its id, and what its declaration names, are its own from then on.
#pragma db object table("families")
struct FamilyRow {
#pragma db id type("VARCHAR(128)")
  std::string id;
  std::string version;
  std::string title;
  std::string declaration_sha256;
  std::int64_t taken_in_at = 0;
};

// A definition as it was declared, or as it was when a fact was made with it. Never changed: the
// same code and version with other words is another row, the next revision, so that a figure keeps
// the words it was published with. A column for each field of a definition, by its name; those of
// the second version of the schema are NULL in older rows.
#pragma db object table("fact_definitions")
struct FactDefinitionRow {
#pragma db id auto
  std::int64_t id = 0;
#pragma db type("VARCHAR(128)")
  std::string code;
  std::int32_t version = 0;
#pragma db type("VARCHAR(128)")
  std::string digest;  // SHA-256 over all that follows
  std::string family;
  std::string title;
  std::string numerator;
  std::string denominator;
  std::string unit;
  std::string source;
  std::int64_t multiplier = 0;
  std::int64_t divisor = 0;
  std::int32_t decimals = 0;
  std::int32_t polarity = 0;
  std::int32_t aggregation = 0;
  std::int32_t interval = 0;
  std::string rule;
  std::string area;
  std::int32_t effective_from = 0;
  MaybeDate effective_until;
  std::int32_t comparable_with_previous = 0;
  MaybeText parameters;
  MaybeNumber range_from;
  MaybeNumber range_until;
  MaybeNumber target;
  MaybeNumber percentile;
  MaybeNumber part_of_whole;
  MaybeNumber source_verified;
  MaybeText shortfall;
  MaybeText breakdowns;
  MaybeNumber counts;
  MaybeText subjects;
  MaybeText overlapping;
  MaybeText special_category;
  MaybeNumber captured;
  MaybeNumber revision;
  MaybeNumber recorded_at;
#pragma db index("fact_definitions_content") unique members(code, version, digest)
};

// The first index is the order facts are read in; unique, so that no run holds a figure twice. The
// second gives the same order within one period: one quarter of everything is then read and nothing
// else.
#pragma db object table("facts")
struct FactRow {
#pragma db id
  std::int64_t id = 0;  // run * 2^24 + position
  std::int64_t run = 0;
#pragma db type("VARCHAR(128)")
  std::string indicator;
  std::int32_t version = 0;
  std::int64_t definition_id = 0;
#pragma db type("VARCHAR(128)")
  std::string area;
#pragma db type("VARCHAR(128)")
  std::string period;
  std::int32_t reading = 0;
#pragma db type("VARCHAR(128)")
  std::string breakdown;
  std::int64_t numerator = 0;  // millionths
  MaybeNumber denominator;     // millionths
  MaybeNumber n;
  MaybeNumber population;
  std::int32_t null_reason = 0;
  std::int32_t flags = 0;
#pragma db index("facts_order") unique members(indicator, version, area, period, reading, \
                                               breakdown, run)
#pragma db index("facts_period") members(period, indicator, version, area, reading, breakdown, run)
};

// Who is counted in the facts of distinct counts: as bytes of a MemberSet. Facts of before version
// 8 have none.
#pragma db object table("fact_members")
struct FactMembersRow {
#pragma db id
  std::int64_t id = 0;  // of the fact
  Bytes members;
};

// The numbers in those. The name is not there: only what it is recognised by.
#pragma db object table("members")
struct MemberRow {
#pragma db id auto
  std::int64_t id = 0;
#pragma db type("VARCHAR(128)") unique
  std::string mark;
};

}  // namespace rows
}  // namespace qd
