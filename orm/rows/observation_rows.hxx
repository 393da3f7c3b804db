// One class for each input table of core/model/table.cpp; a test holds the two together.
// Dates are days since 1970-01-01, numbers millionths.
#pragma once

#include "orm/rows/model.hxx"

namespace qd {
namespace rows {

// A version of a record. Append-only: a later version writes superseded_at and clears live, once;
// nothing else ever changes.
//
// `live` is 1 for the version that holds and NULL for all that were. Every table has a unique index
// over its natural key and `live`: since NULLs are distinct in a unique index, any number of old
// versions may stand beside one live version, and two writers can never both add a live one,
// whatever they saw before. Neither engine needs a partial index, a hash or a lock for that.
#pragma db object abstract
struct Observation {
#pragma db id auto
  std::int64_t id = 0;
  std::int64_t recorded_at = 0;  // ms UTC
  MaybeNumber superseded_at;     // ms UTC
  MaybeLive live;
  std::int64_t load_id = 0;
};

#pragma db object table("areas")
struct AreaRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string code;
  std::string name;
  std::string kind;
  MaybeText parent;
  std::int32_t valid_from = 0;
  MaybeDate valid_until;
#pragma db index("areas_live") unique members(code, live)
};

#pragma db object table("persons")
struct PersonRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string code;
  std::string relationship;
  std::string area;
#pragma db index("persons_live") unique members(code, live)
};

#pragma db object table("memberships")
struct MembershipRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string person;
  std::int64_t level = 0;
  std::int32_t opened_on = 0;
  MaybeDate closed_on;
  MaybeText close_reason;
  MaybeText role;
#pragma db index("memberships_live") unique members(person, level, opened_on, live)
};

#pragma db object table("events")
struct EventRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string code;
  std::string type;
  std::int64_t level = 0;
  std::int32_t held_on = 0;
  MaybeNumber minutes;
  MaybeNumber cancelled;
  MaybeText title;
#pragma db index("events_live") unique members(code, live)
};

#pragma db object table("participations")
struct ParticipationRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string person;
#pragma db type("VARCHAR(128)")
  std::string event;
  std::string status;
  MaybeNumber minutes;
#pragma db index("participations_live") unique members(person, event, live)
};

#pragma db object table("policies")
struct PolicyRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string code;
  std::string title;
  std::string area;
  std::int64_t customer_facing = 0;
  MaybeDate decided_on;
#pragma db index("policies_live") unique members(code, live)
};

#pragma db object table("consultations")
struct ConsultationRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string code;
  std::string policy;
  std::int32_t opened_on = 0;
  MaybeDate closed_on;
  MaybeText levels;
#pragma db index("consultations_live") unique members(code, live)
};

#pragma db object table("measure_observations")
struct MeasureObservationRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string measure;
  std::int64_t version = 0;
#pragma db type("VARCHAR(128)")
  std::string area;
#pragma db type("VARCHAR(128)")
  std::string tenure;
  std::int32_t period_from = 0;
  std::int32_t period_until = 0;
  MaybeNumber numerator;
  MaybeNumber denominator;
  MaybeText mark;
#pragma db index("measure_observations_live") unique members(measure, version, area, tenure, \
                                                             period_from, period_until, live)
};

#pragma db object table("survey_tallies")
struct SurveyTallyRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string measure;
  std::int64_t version = 0;
#pragma db type("VARCHAR(128)")
  std::string area;
#pragma db type("VARCHAR(128)")
  std::string tenure;
  std::int32_t period_from = 0;
  std::int32_t period_until = 0;
  MaybeNumber very_positive;
  MaybeNumber fairly_positive;
  MaybeNumber neither;
  MaybeNumber fairly_negative;
  MaybeNumber very_negative;
  MaybeNumber not_applicable;
  MaybeNumber filter_yes;
  MaybeNumber filter_no;
  MaybeNumber weighted;
  MaybeNumber responses;
  MaybeText mark;
#pragma db index("survey_tallies_live") unique members(measure, version, area, tenure, \
                                                       period_from, period_until, live)
};

#pragma db object table("definitions")
struct DefinitionRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string code;
  std::int64_t version = 0;
  std::string family;
  std::string title;
  std::string numerator;
  MaybeText denominator;
  std::string unit;
  std::string source;
  std::int64_t multiplier = 0;
  std::int64_t divisor = 0;
  std::int64_t decimals = 0;
  std::string polarity;
  std::string aggregation;
  MaybeText rule;
  MaybeText area;
  std::int32_t effective_from = 0;
  MaybeDate effective_until;
  std::int64_t comparable_with_previous = 0;
  MaybeText interval;
  MaybeText parameters;
  MaybeNumber range_from;
  MaybeNumber range_until;
  MaybeNumber target;
  MaybeNumber percentile;
  MaybeNumber part_of_whole;
  MaybeNumber source_verified;
  MaybeText shortfall;
  MaybeText breakdowns;
  MaybeText counts;
  MaybeText subjects;
  MaybeText overlapping;
  MaybeText special_category;
#pragma db index("definitions_live") unique members(code, version, live)
};

#pragma db object table("definition_links")
struct DefinitionLinkRow : Observation {
#pragma db type("VARCHAR(128)")
  std::string code;
#pragma db type("VARCHAR(128)")
  std::string linked;
  std::string relation;
  std::int64_t strength = 0;
  MaybeText adds;
#pragma db index("definition_links_live") unique members(code, linked, live)
};

}  // namespace rows
}  // namespace qd
