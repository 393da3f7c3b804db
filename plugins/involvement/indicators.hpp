// What is read of the register of involvement, and what is counted.
#pragma once

#include <quarterday/plugin.h>

#include <quarterday/declare.hpp>

namespace involvement {

// In this order, so that each row can be joined to those before it.
enum Input { kAreas, kPersons, kEvents, kMemberships, kParticipations, kPolicies, kConsultations };

enum AreaColumn { kAreaCode, kParent, kValidFrom, kValidUntil };
constexpr qd_column_spec kAreaColumns[] = {quarterday::text("code"), quarterday::text("parent"),
                                           quarterday::date("valid_from"),
                                           quarterday::date("valid_until")};
enum PersonColumn { kPersonCode, kRelationship, kHome };
constexpr qd_column_spec kPersonColumns[] = {
    quarterday::text("code"), quarterday::text("relationship"), quarterday::text("area")};
enum EventColumn { kEventCode, kEventLevel, kHeldOn, kCancelled };
constexpr qd_column_spec kEventColumns[] = {quarterday::text("code"), quarterday::integer("level"),
                                            quarterday::date("held_on"),
                                            quarterday::integer("cancelled")};
enum MembershipColumn { kMember, kMemberLevel, kOpenedOn, kClosedOn };
constexpr qd_column_spec kMembershipColumns[] = {
    quarterday::text("person"), quarterday::integer("level"), quarterday::date("opened_on"),
    quarterday::date("closed_on")};
enum ParticipationColumn { kWho, kAtEvent, kStatus, kMinutes };
constexpr qd_column_spec kParticipationColumns[] = {
    quarterday::text("person"), quarterday::text("event"), quarterday::text("status"),
    quarterday::integer("minutes")};
enum PolicyColumn { kPolicyCode, kPolicyArea };
constexpr qd_column_spec kPolicyColumns[] = {quarterday::text("code"), quarterday::text("area")};
enum ConsultationColumn { kOfPolicy, kConsultationClosedOn };
constexpr qd_column_spec kConsultationColumns[] = {quarterday::text("policy"),
                                                   quarterday::date("closed_on")};

constexpr qd_input_spec kInputs[] = {
    quarterday::host_table("areas", kAreaColumns),
    quarterday::host_table("persons", kPersonColumns),
    quarterday::host_table("events", kEventColumns),
    quarterday::host_table("memberships", kMembershipColumns),
    quarterday::host_table("participations", kParticipationColumns),
    quarterday::host_table("policies", kPolicyColumns),
    quarterday::host_table("consultations", kConsultationColumns)};

constexpr const char* kSource = "Engagement Strategy 2017-2020, Housing for Women, section 8";

constexpr qd_indicator_spec distinct(const char* id, const char* title, const char* counted,
                                     const char* unit) {
  return {
      id, title, counted, "", unit, kSource, 1, 1, 0, QD_HIGH, QD_DISTINCT_COUNT, QD_NO_INTERVAL};
}
constexpr qd_indicator_spec hours(const char* id, const char* title, const char* counted) {
  return {id, title, counted, "",      "hours",           kSource,
          1,  60,    1,       QD_HIGH, QD_ADDITIVE_COUNT, QD_NO_INTERVAL};
}

enum Indicator { kInv1, kInv1T, kInv1a, kInv1aT, kInv1e, kInv2, kInv2T, kInv3, kInv3e };
constexpr qd_indicator_spec kIndicators[] = {
    distinct("INV1", "Engaged persons at each level",
             "persons whose membership of the level was open on at least one day", "persons"),
    distinct("INV1.T", "Engaged persons, levels 2 to 4",
             "persons with an open membership of any level, each counted once", "persons"),
    distinct("INV1a", "Active persons at each level",
             "persons who took part in at least one event credited to the level", "persons"),
    distinct("INV1a.T", "Active persons, levels 2 to 4",
             "persons who took part in at least one event, each counted once", "persons"),
    distinct("INV1e", "Members at the end of the period",
             "persons whose membership of the level was open on the last day", "persons"),
    hours("INV2", "Hours of involvement at each level",
          "minutes that people gave to events credited to the level"),
    hours("INV2.T", "Hours of involvement, levels 2 to 4", "minutes that people gave to events"),
    distinct("INV3", "Policies subject to consultation",
             "policies with a consultation that closed in the period", "policies"),
    {"INV3e", "Consultation exercises", "consultations that closed in the period", "",
     "consultations", kSource, 1, 1, 0, QD_CONTEXT, QD_ADDITIVE_COUNT, QD_NO_INTERVAL},
};

constexpr int kLevels = 3;      // 2 armchair commentator, 3 peripheral, 4 substantial
constexpr int kFirstLevel = 2;  // level 1 is kept informed: the default, not a membership

}  // namespace involvement
