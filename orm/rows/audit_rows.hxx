// What was changed and by whom, and what each run is known by. C++14: ODB's compiler reads it.
#pragma once

#include "orm/rows/model.hxx"

namespace qd {
namespace rows {

// Never changed, never removed. Written by one at a time, in the order of the numbers.
#pragma db object table("audit")
struct AuditRow {
#pragma db id
  std::int64_t number = 0;
  std::int64_t at = 0;
  std::string who;
  std::string act;
// "return " and the three parts of its name.
#pragma db type("VARCHAR(500)")
  std::string subject;
  std::string content;
  std::string digest;
#pragma db index("audit_subject") members(subject, number)
};

// Its one row is the last entry: who writes the next one waits for it.
#pragma db object table("audit_head")
struct AuditHeadRow {
#pragma db id
  std::int64_t id = 0;  // 1
  std::int64_t number = 0;
  std::string digest;
};

#pragma db object table("run_seals")
struct RunSealRow {
#pragma db id
  std::int64_t run = 0;
  std::string digest;
  Bytes marks;  // of each figure, by position
};

}  // namespace rows
}  // namespace qd
