// The one place where what a family throws turns into a value. The seam forbids exceptions; a
// family written without the C++ face may let one through all the same. One that throws something
// else than an exception ends its process, and is reported like any other crash.
#pragma once

#include <exception>
#include <string>
#include <utility>

#include "core/model/error.hpp"
#include "core/text/text_rules.hpp"

namespace qd::worker::child {

// What `call` gives, or kFamilyFailed "threw an exception: …".
template <class Call>
auto fenced(Call&& call) -> Result<decltype(call())> {
  try {
    // In place, or a Result that `call` itself gives would be taken for this one.
    return Result<decltype(call())>(tl::in_place, std::forward<Call>(call)());
  } catch (const std::exception& thrown) {
    return fail(ErrorCode::kFamilyFailed,
                "threw an exception: " + text::plain_text(thrown.what(), text::kLongestNote));
  }
}

}  // namespace qd::worker::child
