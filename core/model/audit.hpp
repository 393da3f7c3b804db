// What was changed, when and by whom: each entry holds the digest of the one before, so that none
// can be changed, taken out or put in without all that follow saying so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/error.hpp"

namespace qd {

// The values are stored as words: they retire, and never change.
enum class Act {
  kRunCompleted,
  kRecordsLoaded,
  kFamilyTakenIn,
  kKeyCreated,
  kKeyRevoked,
  kReturnBuilt,
  kReturnDelivered,
  kSettingsChanged
};
std::string_view to_text(Act act);  // "run completed", "records loaded", …

// What is to be written down.
struct AuditNote {
  Act act = Act::kRunCompleted;
  std::string subject;  // "run 12", "key 3f9a", "return executive FY2026-27-Q2 r1"
  std::string content;  // SHA-256 of what it is about, or words
  Instant at{};
};

struct AuditEntry {
  std::int64_t number = 0;  // 1, 2, …
  Instant at{};
  std::string who;  // "user root, quarterday import"
  std::string act;  // a word of Act, or of a newer program
  std::string subject, content;
  std::string digest;  // SHA-256 over all of this and the digest of the entry before
};

// An entry as it is noted elsewhere, in a return or by hand: number 0 is none.
struct AuditAnchor {
  std::int64_t number = 0;
  std::string digest;
};
std::string to_text(const AuditAnchor& anchor);  // "123:9f86d0…"
// Errors: kParameterMalformed.
Result<AuditAnchor> parse_anchor(const std::string& text);

// What came out when everything that was written down was held against what is there.
struct AuditReport {
  std::int64_t n_runs = 0, n_keys = 0, n_returns = 0;  // that are as they were written down, or not
  std::int64_t n_before = 0;        // runs and keys of before there was an audit: taken as they are
  AuditAnchor last;                 // the last entry
  std::vector<std::string> broken;  // a sentence each; none: all is well
};

// What the entry's digest must be.
std::string chained(const std::string& digest_before, const AuditEntry& entry);

}  // namespace qd
