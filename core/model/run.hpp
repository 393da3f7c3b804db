// One computation of one family for one period.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/date.hpp"

namespace qd {

enum class RunState { kRunning = 0, kComplete = 1, kFailed = 2 };
std::string_view to_text(RunState state);  // "running", "complete", "failed"

// Why a run has no figures. The values are stored: they retire, and never change.
enum class RunFailure {
  kNone = 0,
  kRefused = 1,      // its library is not accepted
  kSaidNo = 2,       // the family said that it cannot compute
  kStopped = 3,      // it crashed
  kTimedOut = 4,     // it took too long and was ended
  kFlooded = 5,      // it answered more than it may and was ended
  kRubbish = 6,      // its answer makes no sense
  kReplaced = 7,     // its library was replaced while it ran
  kQuarantined = 8,  // it crashed too often to be tried
  kAbandoned = 9,    // the program that ran it ended before it did
  kElsewhere = 10    // not of its making: the store, or no worker
};
std::string_view to_text(RunFailure failure);  // "", "refused", "said_no", "stopped", …
// Whether the family had to be ended or ended by itself: that counts towards quarantine.
bool is_crash(RunFailure failure);

// How much a note weighs: a finding is said where the figures are, on a return's first page.
enum class NoteSeverity { kNote = 0, kFinding = 1 };

struct RunNote {
  std::string message;
  std::int64_t count = 1;
  NoteSeverity severity = NoteSeverity::kNote;
};

struct Run {
  std::int64_t id = 0;
  std::string family;
  std::string family_version;
  std::string abi;             // "1.0"
  std::string library_sha256;  // of the shared library that computed it
  std::string period;
  RunState state = RunState::kRunning;
  RunFailure failure = RunFailure::kNone;
  std::string reason;        // what went wrong, see failure_text; empty when nothing did
  std::string input_digest;  // SHA-256 over the rows it read, whatever their order
  std::int64_t input_rows = 0;
  std::int64_t n_facts = 0;
  Instant as_of{};  // what was known: the newest load that was read
  Instant started_at{};
  std::optional<Instant> finished_at;
  std::vector<RunNote> notes;
};

std::string subject_of_run(std::int64_t run);  // "run 12"
// The sentence for a run that failed, wherever it is shown: "not computed: family copis 1.2.0
// stopped with signal 11 (Segmentation fault)". Empty for one that did not.
std::string failure_text(const Run& run);

}  // namespace qd
