#include "orm/guarded.hpp"

#include <atomic>
#include <chrono>
#include <random>
#include <thread>

#include "orm/database.hpp"

namespace qd::orm {
namespace {

struct {
  std::atomic<std::uint64_t> made{0}, repeated{0}, failed{0};
} calls;

}  // namespace

StoreCalls store_calls() { return {calls.made, calls.repeated, calls.failed}; }

void count_call() { ++calls.made; }

Error failure_of(const std::exception& exception) {
  Error error = error_of(exception);
  if (error.code == ErrorCode::kStoreUnavailable) ++calls.failed;
  return error;
}

Error error_of(const std::exception& exception) {
  const std::string what = std::string("the database says: ") + exception.what();
  switch (fault_of(exception)) {
    case Fault::kDuplicate:
      return {ErrorCode::kStoreConflict, what, "it is there already, or someone else was faster"};
    case Fault::kBusy:
      return {ErrorCode::kStoreUnavailable, what, "others were writing for a long time; try again"};
    case Fault::kFull:
      return {ErrorCode::kStoreUnavailable, what,
              "make room on its disk, then do it again: nothing of it was kept"};
    case Fault::kReadOnly:
      return {ErrorCode::kStoreUnavailable, what,
              "it may only be read: see whose it is, and how its disk is mounted"};
    case Fault::kDamaged:
      return {ErrorCode::kStoreUnavailable, what,
              "it is damaged, or no database: lay it aside as it is, and put back a backup with "
              "quarterday restore"};
    case Fault::kCutOff:
      return {ErrorCode::kStoreUnavailable, what,
              "this node does not reach the others: do it again in half a minute, or on another"};
    case Fault::kUnavailable:
      break;
  }
  return {ErrorCode::kStoreUnavailable, what, kSeeThatItRuns};
}

bool gives_up(int attempt, std::chrono::steady_clock::duration since_the_first) {
  return attempt >= kAttempts || since_the_first >= kLongestRepeating;
}

void pause_before(int attempt) {
  ++calls.repeated;
  thread_local std::minstd_rand random(std::random_device{}());
  const int longest = 4 << attempt;  // milliseconds; grows to half a second
  std::uniform_int_distribution<int> milliseconds(1, longest < 500 ? longest : 500);
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds(random)));
}

}  // namespace qd::orm
