// The names of a return's sheets: those that every return has, and what another one may be called.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace qd::returns::plan {

inline constexpr const char* kCover = "Cover";
inline constexpr const char* kContents = "Contents";
inline constexpr const char* kSummary = "Summary";
inline constexpr const char* kDefinitions = "Definitions";
inline constexpr const char* kNotes = "Notes";
inline constexpr const char* kChartNumbers = "Chart numbers";
inline constexpr std::array kOwnSheets = {kCover,       kContents, kSummary,
                                          kDefinitions, kNotes,    kChartNumbers};

// Limits of a sheet's name in a workbook. Names differ by more than capitals.
inline constexpr std::size_t kLongestTitle = 31;
inline constexpr std::string_view kNotInTitles = "[]:*?/\\'";

}  // namespace qd::returns::plan
