// Enumerations and their words, both ways.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qd {

template <class Value, std::size_t N>
using EnumTexts = std::array<std::pair<Value, std::string_view>, N>;

template <class Value, std::size_t N>
std::string_view text_of(const EnumTexts<Value, N>& texts, Value value) {
  for (const auto& [known, text] : texts)
    if (known == value) return text;
  return {};
}

template <class Value, std::size_t N>
std::optional<Value> value_of(const EnumTexts<Value, N>& texts, std::string_view text) {
  for (const auto& [value, known] : texts)
    if (known == text) return value;
  return std::nullopt;
}

template <class Value, std::size_t N>
std::vector<std::string> all_texts(const EnumTexts<Value, N>& texts) {
  std::vector<std::string> all;
  for (const auto& entry : texts) all.emplace_back(entry.second);
  return all;
}

}  // namespace qd
