// What a layer forbids, tried: whoever could do it would not be in it.
#pragma once

#include <optional>
#include <string_view>

namespace qd::worker::sandbox {

// The first thing that should have failed and did not; nullopt: all failed. None of them changes
// anything where it succeeds.
std::optional<std::string_view> allowed_by_files(bool nothing_is_readable);
std::optional<std::string_view> allowed_by_calls(bool nothing_is_opened);

}  // namespace qd::worker::sandbox
