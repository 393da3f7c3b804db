#pragma once
namespace existing_pis_names {
inline constexpr const char* kId = "existing_pis";
inline constexpr const char* kVersion = "1.1.0";
}  // namespace existing_pis_names
