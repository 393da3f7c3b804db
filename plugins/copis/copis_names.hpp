#pragma once
namespace copis_names {
inline constexpr const char* kId = "copis";
inline constexpr const char* kVersion = "1.1.0";
namespace option {
inline constexpr const char* min_answers = "min_answers";
inline constexpr const char* prefix = "prefix";
}  // namespace option
}  // namespace copis_names
