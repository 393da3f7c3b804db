// Which area lies in which, during each reading of a run. Areas are known by their place in the
// list of codes, ascending: what travels between server and worker is that number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/fact.hpp"
#include "core/model/period.hpp"

namespace qd {

// Lets a text be looked up without making a string of it.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

class AreaTree {
 public:
  static constexpr std::uint32_t kRoot = 0xFFFFFFFF;    // lies in nothing
  static constexpr std::uint32_t kAbsent = 0xFFFFFFFE;  // did not exist during the reading

  static constexpr std::size_t kMostAreas = 1u << 22;

  // An area belongs to a reading if it existed on its last day, or at least on one of its days: a
  // block pulled down in May keeps its place, so that what happened there in April is counted
  // above. An area whose parent was absent is a root of that reading.
  // Errors: kReferenceUnknown (a parent that is not there), kRuleBroken (a circle, a code twice).
  static Result<AreaTree> build(std::vector<Area> areas,
                                const std::vector<ReadingWindow>& readings);
  // As it came over the wire; nullopt unless every parent is in range and no circle is left.
  static std::optional<AreaTree> restore(std::vector<std::string> codes,
                                         std::vector<std::vector<std::uint32_t>> parents);

  std::size_t size() const { return codes_.size(); }
  std::size_t n_readings() const { return parents_.size(); }
  const std::vector<std::string>& codes() const { return codes_; }
  std::optional<std::uint32_t> find(std::string_view code) const;
  // By area: its parent in that reading, kRoot or kAbsent.
  const std::vector<std::uint32_t>& parents(std::size_t reading) const { return parents_[reading]; }
  // By area: 0 for a root or an absent area, else one more than its parent.
  std::vector<std::uint32_t> depths(std::size_t reading) const;
  // The area and all below it in that reading, ascending.
  std::vector<std::uint32_t> subtree(std::size_t reading, std::uint32_t area) const;

 private:
  AreaTree() = default;
  void index_codes();
  std::optional<std::uint32_t> area_in_circle(std::size_t reading) const;

  std::vector<std::string> codes_;  // ascending
  TextMap<std::uint32_t> places_;
  std::vector<std::vector<std::uint32_t>> parents_;  // by reading, then area
};

}  // namespace qd
