#include "core/model/table.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace qd {
namespace {

using enum ColumnKind;

constexpr std::array<std::pair<ColumnKind, std::string_view>, 7> kWords = {{
    {kText, "text"},
    {kInteger, "integer"},
    {kNumber, "number"},
    {kDate, "date"},
    {kYesNo, "yes_no"},
    {kMoney, "money"},
    {kMinutes, "minutes"},
}};

}  // namespace

ColumnType type_of(ColumnKind kind) {
  switch (kind) {
    case kNumber:
      return ColumnType::kNumber;
    case kDate:
      return ColumnType::kDate;
    case kText:
      return ColumnType::kText;
    case kInteger:
    case kYesNo:
    case kMoney:
    case kMinutes:
      break;
  }
  return ColumnType::kInteger;
}

std::string_view word_of(ColumnKind kind) {
  const auto* const found = std::find_if(kWords.begin(), kWords.end(),
                                         [&](const auto& word) { return word.first == kind; });
  return found == kWords.end() ? std::string_view() : found->second;
}

std::optional<ColumnKind> kind_of(std::string_view word) {
  const auto* const found = std::find_if(kWords.begin(), kWords.end(),
                                         [&](const auto& known) { return known.second == word; });
  if (found == kWords.end()) return std::nullopt;
  return found->first;
}

std::size_t TableSpec::index_of(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const ColumnSpec& spec) { return spec.name == column; });
  return static_cast<std::size_t>(found - columns.begin());
}

}  // namespace qd
