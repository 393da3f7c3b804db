// Where exceptions end: what a store does runs inside one of these two.
#pragma once

#include <exception>
#include <type_traits>
#include <utility>

#include "core/model/error.hpp"
#include "orm/fault.hpp"

namespace qd::orm {

constexpr int kAttempts = 12;

// kStoreConflict for a duplicate, kStoreUnavailable for the rest.
Error error_of(const std::exception& exception);

// The same, counted as a call that failed where it is kStoreUnavailable.
Error failure_of(const std::exception& exception);

void count_call();

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
  for (int attempt = 1;; ++attempt) {
    try {
      return detail::result_of(act);
    } catch (const std::exception& exception) {
      if (fault_of(exception) != Fault::kBusy || attempt == kAttempts) {
        return fail(failure_of(exception));
      }
    }
    pause_before(attempt);
  }
}

}  // namespace qd::orm
