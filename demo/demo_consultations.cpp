#include "demo/demo_parts.hpp"

namespace qd::demo {
namespace {

struct Policy {
  const char* code;
  const char* title;
  const char* customer_facing;
  const char* decided_on;
};

constexpr Policy kPolicies[] = {
    {"POL01", "Repairs and maintenance", "1", "2024-07-16"},
    {"POL02", "Complaints and compensation", "1", "2024-10-15"},
    {"POL03", "Anti-social behaviour", "1", "2025-01-21"},
    {"POL04", "Domestic abuse", "1", "2025-03-18"},
    {"POL05", "Allocations and lettings", "1", "2025-06-17"},
    {"POL06", "Damp, mould and condensation", "1", "2025-09-16"},
    {"POL07", "Pets", "1", "2025-12-16"},
    {"POL08", "Service charges", "1", "2026-03-17"},
    {"POL09", "Reasonable adjustments", "1", "2026-06-16"},
    {"POL10", "Communal areas and fire safety", "1", ""},
    {"POL11", "Rent setting", "1", "2025-02-18"},
    {"POL12", "Procurement", "0", "2025-05-20"},
    {"POL13", "Information security", "0", ""},
};

struct Consultation {
  const char* code;
  const char* policy;
  const char* opened_on;
  const char* closed_on;
  const char* levels;
};

// POL06 is asked about twice in one year, POL11 by level 2 alone, POL10 is still open.
constexpr Consultation kConsultations[] = {
    {"CON01", "POL01", "2024-05-13", "2024-06-21", "2;4"},
    {"CON02", "POL02", "2024-08-05", "2024-09-13", "2;3;4"},
    {"CON03", "POL03", "2024-11-04", "2024-12-13", "2;4"},
    {"CON04", "POL11", "2024-12-02", "2025-01-17", "2"},
    {"CON05", "POL04", "2025-01-20", "2025-02-28", "4"},
    {"CON06", "POL05", "2025-04-14", "2025-05-23", "2;4"},
    {"CON07", "POL06", "2025-05-19", "2025-06-27", "2;3;4"},
    {"CON08", "POL06", "2025-07-28", "2025-08-29", "4"},
    {"CON09", "POL07", "2025-10-06", "2025-11-14", "2;4"},
    {"CON10", "POL08", "2026-01-12", "2026-02-20", "2;3;4"},
    {"CON11", "POL09", "2026-04-13", "2026-05-22", "2;4"},
    {"CON12", "POL03", "2026-07-06", "2026-08-14", "3;4"},
    {"CON13", "POL10", "2026-09-07", "", "2;4"},
};

}  // namespace

void add_consultations(DemoFiles& files) {
  for (const auto& policy : kPolicies) {
    files.add("policies", {{"code", policy.code},
                           {"title", policy.title},
                           {"area", std::string(kLandlord)},
                           {"customer_facing", policy.customer_facing},
                           {"decided_on", policy.decided_on}});
  }
  for (const auto& exercise : kConsultations) {
    files.add("consultations", {{"code", exercise.code},
                                {"policy", exercise.policy},
                                {"opened_on", exercise.opened_on},
                                {"closed_on", exercise.closed_on},
                                {"levels", exercise.levels}});
  }
}

}  // namespace qd::demo
