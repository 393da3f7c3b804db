// The part of all figures that somebody may read.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/viewer.hpp"
#include "core/ports/figure_query.hpp"

namespace qd::reading::access {

// Areas lie in one another as they do now: who has a neighbourhood has all figures, of the past,
// too, of the estates that are in it, and none of those that left it.
class Portion {
 public:
  // Everything.
  Portion() = default;
  // Of areas that are not among `areas` nothing is given.
  Portion(const Viewer& viewer, const std::vector<Area>& areas);

  bool is_everything() const { return !areas_ && !families_; }
  bool has_every_area() const { return !areas_; }
  bool has_area(std::string_view code) const { return !areas_ || areas_->contains(code); }
  bool has_family(std::string_view id) const { return !families_ || families_->contains(id); }
  // Its family, and the area that owns it, if any.
  bool has(const Definition& definition) const;
  bool has(const FigureView& figure) const;

  // The question, asked of the portion alone; nullopt: nothing of it lies in the portion.
  std::optional<FactQuery> within(FactQuery query) const;

 private:
  using Codes = std::set<std::string, std::less<>>;
  static bool narrow(std::vector<std::string>& asked, const std::optional<Codes>& codes);

  std::optional<Codes> areas_, families_;  // nullopt: all
};

}  // namespace qd::reading::access
