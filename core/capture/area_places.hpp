// Where the areas lie that are stored or were taken before, so that a line cannot spoil the tree.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/ports/observation_store.hpp"
#include "core/tables/cells.hpp"

namespace qd::capture {

// Held against the tree as it is with all lines taken so far: parents come before children, so a
// line that closes a circle there closes one in the end. One thread.
class AreaPlaces {
 public:
  // Reads the areas that are known now. Errors: kStoreUnavailable.
  static Result<AreaPlaces> read(ObservationStore& store);

  // What the record would spoil; nullopt: nothing. cells: those of areas, none of them refused.
  std::optional<tables::BrokenRule> broken(std::span<const Cell> cells) const;
  void take(std::span<const Cell> cells);

 private:
  struct Place {
    std::string parent;                       // empty: none
    std::optional<std::int64_t> stored_from;  // days since 1970; nullopt: not stored yet
  };

  AreaPlaces();
  void keep(const Batch& batch, const Dictionary& dictionary);
  bool lies_in(std::string_view code, const std::string& area) const;

  std::size_t code_, parent_, valid_from_;  // columns of areas
  std::unordered_map<std::string, Place> places_;
};

}  // namespace qd::capture
