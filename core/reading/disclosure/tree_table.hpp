// One table of counts over a tree of places, and which of its cells must not be shown so that no
// small count can be worked out from the others.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/reading/disclosure/why.hpp"

namespace qd::reading::disclosure {

// Places are known by number, parents before or after their children. Of each place a table holds
// several counts (engaged in the quarter, active, …) that are shown or withheld together, because
// they are of the same people: whoever is thought to live somewhere else takes all of them along.
// That is why a cell is safe once enough people could be moved to it from other withheld cells
// without changing anything that is shown.
//
// Counts are in millionths, whole is what a place's children and those who live at the place itself
// make together. Somebody who knows that the 1 is she learns no more than others: nobody is ever
// taken to be moved away from a place that has only one.
class TreeTable {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  explicit TreeTable(std::vector<std::uint32_t> parents);  // by place; kNone: a root

  // A count of which fewer than `fewest` whole ones, but some, are small, and why such a cell is
  // not shown. All places have 0 until set.
  std::size_t add_count(std::int64_t fewest, Why why = Why::kSmall);
  void set(std::size_t count, std::uint32_t place, std::int64_t millionths);
  std::int64_t of(std::size_t count, std::uint32_t place) const;
  // What it cannot be below, or above, for what other tables say, be it shown or worked out.
  void raise_floor(std::size_t count, std::uint32_t place, std::int64_t millionths);
  void lower_ceiling(std::size_t count, std::uint32_t place, std::int64_t millionths);
  void withhold(std::uint32_t place, Why why);  // what is withheld stays so, for its first reason
  // Nobody can be thought to live elsewhere than under a root: its counts may be withheld one by
  // one.
  void withhold_roots_by_count() { roots_by_count_ = true; }
  void withhold(std::size_t count, std::uint32_t root, Why why);
  // It is known already: to withhold it would protect nothing.
  void give(std::uint32_t place) { is_given_[place] = true; }

  // Withholds small counts and then as little more as it takes: for each small count of so few that
  // it could not be `fewest` or more, the smallest neighbours, then the place above.
  void protect();

  // Whether a count could be any of as many numbers as its threshold asks for, or is not small.
  bool is_protected(std::size_t count, std::uint32_t place) const;
  std::size_t n_counts() const { return counts_.size(); }

  std::size_t n_places() const { return parents_.size(); }
  bool is_root(std::uint32_t place) const { return parents_[place] == kNone; }
  std::uint32_t parent(std::uint32_t place) const { return parents_[place]; }
  Why why(std::uint32_t place) const { return why_[place]; }
  bool is_withheld(std::uint32_t place) const { return why_[place] != Why::kShown; }
  Why why(std::size_t count, std::uint32_t place) const;

 private:
  struct Count {
    std::int64_t fewest;  // millionths
    Why why;
    std::vector<std::int64_t> values, floors, ceilings;
    std::map<std::uint32_t, Why> roots;  // withheld of this count alone
  };
  // A cell could be more, or less, than it is.
  enum class Way { kUp, kDown };
  static Way opposite(Way way) { return way == Way::kUp ? Way::kDown : Way::kUp; }

  // How far a cell could go for all that is shown below it; and if nothing were.
  std::int64_t reach(const Count& count, std::uint32_t place, Way way) const;
  std::int64_t possible_reach(const Count& count, std::uint32_t place, Way way) const;
  std::int64_t distance(const Count& count, std::uint32_t place, Way way) const;
  // How far it could go for all that is shown beside and above it; no farther than `enough`.
  std::int64_t room(const Count& count, std::uint32_t place, Way way, std::int64_t enough) const;

  bool is_withheld(const Count& count, std::uint32_t place) const;
  void withhold(Count& count, std::uint32_t place, Why why);
  bool is_small(const Count& count, std::uint32_t place) const;
  std::int64_t wanted(const Count& count, std::uint32_t place) const;
  void protect(Count& count, std::uint32_t place);
  bool widen(Count& count, std::uint32_t place, Way way, std::int64_t missing);
  bool deepen(Count& count, std::uint32_t place, Way way, std::int64_t wanted);
  std::uint32_t best_shown(const Count& count, const std::vector<std::uint32_t>& among,
                           std::uint32_t but, Way way, std::int64_t wanted) const;
  const std::vector<std::uint32_t>& beside(std::uint32_t place) const;

  std::vector<std::uint32_t> parents_;
  std::vector<std::vector<std::uint32_t>> children_;
  std::vector<Count> counts_;
  std::vector<Why> why_;
  std::vector<bool> is_given_;
  bool roots_by_count_ = false;
};

}  // namespace qd::reading::disclosure
