// The formats in which lists and figures are given. To add one is to add its value and its line.
#pragma once

#include <iterator>
#include <string_view>

namespace qd::formats {

enum class Format { kJson, kCsv, kSdmxCsv, kJsonStat, kDataPackage, kCsvw };

struct FormatWords {
  Format format;
  std::string_view name;          // as ?format= has it
  std::string_view media_type;    // as Accept has it
  std::string_view content_type;  // as the answer has it
};

// In the order of Format.
inline constexpr FormatWords kFormats[] = {
    {Format::kJson, "json", "application/json", "application/json"},
    {Format::kCsv, "csv", "text/csv", "text/csv; charset=utf-8; header=present"},
    {Format::kSdmxCsv, "sdmx", "application/vnd.sdmx.data+csv",
     "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"},
    {Format::kJsonStat, "jsonstat", "application/vnd.json-stat+json",
     "application/vnd.json-stat+json"},
    {Format::kDataPackage, "datapackage", "application/vnd.datapackage+json",
     "application/vnd.datapackage+json"},
    {Format::kCsvw, "csvw", "application/csvm+json", "application/csvm+json"},
};

constexpr const FormatWords& words_of(Format format) {
  return kFormats[static_cast<std::size_t>(format)];
}

}  // namespace qd::formats
