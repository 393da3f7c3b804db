// The breakdowns of a run: each text once, and none that the family did not declare.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/area_tree.hpp"
#include "core/model/error.hpp"
#include "core/model/family.hpp"

namespace qd::worker::child {

class Breakdowns {
 public:
  static constexpr std::uint32_t kMost = 1u << 20;
  static constexpr std::size_t kMostKeys = 64;

  explicit Breakdowns(const std::vector<FamilyBreakdown>& declared) : declared_(declared) {}

  // Errors: kFamilyRubbish (none, or not declared), kFamilyFlooded.
  Result<std::uint32_t> place_of(const char* text);
  std::optional<std::uint32_t> find(std::string_view text) const;
  const std::vector<std::string>& texts() const { return texts_; }
  // One bit for each declared key, in their order: those that the breakdown at a place has.
  std::uint64_t keys_of(std::uint32_t place) const { return keys_[place]; }
  // The bits of keys by name; those not declared have none.
  std::uint64_t bits_of(const std::vector<std::string>& keys) const;

 private:
  Result<std::uint64_t> checked(std::string_view text) const;

  const std::vector<FamilyBreakdown>& declared_;
  TextMap<std::uint32_t> places_;
  std::vector<std::string> texts_;
  std::vector<std::uint64_t> keys_;
};

}  // namespace qd::worker::child
