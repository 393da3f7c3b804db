#pragma once
#include <cstddef>
#include <cstdint>
#include <quarterday/cells.hpp>
namespace template_names {
inline constexpr const char* kId = "template";
inline constexpr const char* kVersion = "1.0.0";
namespace jobs {
inline constexpr std::size_t area = 0, completed_on = 1, days_taken = 2, cancelled = 3;
}
namespace input {
inline constexpr std::uint32_t jobs = 0;
}
namespace indicator {
inline constexpr quarterday::Indicator in_time{0};
}
}  // namespace template_names
