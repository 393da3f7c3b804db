// Where exceptions end: what a store does runs inside one of these two.
#pragma once

#include <chrono>
#include <exception>
#include <type_traits>
#include <utility>

#include "core/model/error.hpp"
#include "orm/fault.hpp"

namespace qd::orm {

constexpr int kAttempts = 12;
// SQLite waits half a minute by itself each time: then nobody is kept longer than this.
constexpr std::chrono::seconds kLongestRepeating{60};

// Said where nothing better is known.
constexpr const char* kSeeThatItRuns = "check the database URL, and that it is running";

// kStoreConflict for a duplicate, kStoreUnavailable for the rest.
Error error_of(const std::exception& exception);

// The same, counted as a call that failed where it is kStoreUnavailable.
Error failure_of(const std::exception& exception);

void count_call();

// Whether an attempt that met others at work was the last one.
bool gives_up(int attempt, std::chrono::steady_clock::duration since_the_first);

// Waits a little longer each time, and not for the same time as others.
void pause_before(int attempt);

namespace detail {

template <class T>
struct ResultOf {
  using type = Result<T>;
};
template <class T>
struct ResultOf<Result<T>> {
  using type = Result<T>;
};

template <class Act>
auto result_of(Act& act) -> typename ResultOf<std::invoke_result_t<Act&>>::type {
  if constexpr (std::is_void_v<std::invoke_result_t<Act&>>) {
    act();
    return {};
  } else {
    return act();
  }
}

}  // namespace detail

// Runs act, which gives a T, a Result<T> or nothing, and turns what it throws into an Error.
template <class Act>
auto guarded(Act act) -> decltype(detail::result_of(act)) {
  count_call();
  try {
    return detail::result_of(act);
  } catch (const std::exception& exception) {
    return fail(failure_of(exception));
  }
}

// The same for a whole transaction: when the database says "busy, do it again", it is done again,
// a bounded number of times. act must begin and commit the transaction itself.
template <class Act>
auto retried(Act act) -> decltype(detail::result_of(act)) {
  count_call();
  const auto begun = std::chrono::steady_clock::now();
  for (int attempt = 1;; ++attempt) {
    try {
      return detail::result_of(act);
    } catch (const std::exception& exception) {
      if (fault_of(exception) != Fault::kBusy ||
          gives_up(attempt, std::chrono::steady_clock::now() - begun)) {
        return fail(failure_of(exception));
      }
    }
    pause_before(attempt);
  }
}

}  // namespace qd::orm
