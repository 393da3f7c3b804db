// Schedules, the returns they owe, and API keys.
#pragma once

#include "orm/rows/model.hxx"

namespace qd {
namespace rows {

#pragma db object table("schedules")
struct ScheduleRow {
#pragma db id type("VARCHAR(128)")
  std::string id;
  std::string title;
  std::string audience;
  std::string cadence;
  std::int32_t working_day = 0;
  std::int32_t minute_of_day = 0;
  std::string first_period;
  std::string catch_up;
  std::string folder;  // of version 1, which knew one place for all; see DeliveryRow
  std::int32_t paused = 0;
  std::string pause_reason;
};

// The unique index is what makes a return computed once: claiming is inserting.
#pragma db object table("return_runs")
struct ReturnRunRow {
#pragma db id auto
  std::int64_t id = 0;
#pragma db type("VARCHAR(128)")
  std::string schedule;
#pragma db type("VARCHAR(128)")
  std::string period;
  std::int32_t revision = 0;
  std::string state;
  std::string reason;
  std::int64_t fence = 0;
  std::int64_t claimed_at = 0;
  std::int64_t lease_until = 0;
  std::int64_t as_of = 0;
  std::string fact_runs;  // "12,15,16"
  std::string file_name;
  std::string sha256;
  MaybeNumber delivered_at;
  std::string due_rule;
#pragma db index("return_runs_identity") unique members(schedule, period, revision)
};

// Where a return went: one row a recipient, planned before anything is placed.
#pragma db object table("deliveries")
struct DeliveryRow {
#pragma db id auto
  std::int64_t id = 0;
  std::int64_t return_run = 0;
#pragma db type("VARCHAR(128)")
  std::string recipient;
  std::int32_t channel = 0;
  std::int32_t state = 0;
  std::string folder_identity;
  std::string folder;
  std::string file_name;
  MaybeNumber delivered_at;
#pragma db index("deliveries_identity") unique members(return_run, recipient, channel)
};

// The bytes of a return, beside it: lists of returns never read them.
#pragma db object table("workbooks")
struct WorkbookRow {
#pragma db id
  std::int64_t return_run = 0;
  Bytes bytes;
};

}  // namespace rows
}  // namespace qd
