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
  std::string reason;        // why it failed, a sentence; empty otherwise
  std::string input_digest;  // SHA-256 over the rows it read, whatever their order
  std::int64_t input_rows = 0;
  std::int64_t n_facts = 0;
  Instant as_of{};  // what was known: the newest load that was read
  Instant started_at{};
  std::optional<Instant> finished_at;
  bool stopped_by_crash = false;  // counts towards quarantine
  std::vector<RunNote> notes;
};

}  // namespace qd
