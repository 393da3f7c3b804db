// Whether a family has crashed too often to be tried again.
#pragma once

#include <optional>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/family.hpp"
#include "core/model/run.hpp"

namespace qd::compute {

constexpr int kCrashesToQuarantine = 3;
// A crash may have had its cause elsewhere (a full machine): once a day it gets another chance.
constexpr std::chrono::hours kQuarantineRest{24};

// kFamilyQuarantined, beginning with a verb, when the newest kCrashesToQuarantine runs of this very
// library all stopped by a crash and the last of them is not a day old. `runs`: of this family,
// newest first; those that are still running are not counted, and neither are those another server
// left behind.
std::optional<Error> quarantined(const Family& family, const std::vector<Run>& runs, Instant now);

}  // namespace qd::compute
