// What a run and its figures are known by: whoever changes any of it in the database breaks it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/fact.hpp"
#include "core/model/run.hpp"
#include "core/model/sealed_text.hpp"

namespace qd {

struct RunSeal {
  std::string digest;  // SHA-256 over the run, its notes, its figures, who they count, and their
                       // definitions
  // Of each figure the first kMark digits of its own digest, by position: they tell which one is
  // not what it was, and the digest that one is not.
  std::string marks;
  static constexpr std::size_t kMark = 8;

  friend bool operator==(const RunSeal&, const RunSeal&) = default;
};

// What one figure is known by: SHA-256 over all of it, and over what its definition says.
class FigureSealer {
 public:
  std::string digest(const FigureView& figure);

 private:
  std::map<const Definition*, std::string> definitions_;  // digests
  SealedText text_;                                       // kept for its room
};

// Takes every figure of a run, in whatever order.
class RunSealer {
 public:
  void take(const FigureView& figure) { figures_.emplace_back(figure.id, sealer_.digest(figure)); }
  // Who is counted in a figure; the number of the figure, and a MemberSet as bytes.
  void take_members(std::int64_t figure, std::string_view members);
  RunSeal seal(const Run& run);  // once, at the end

 private:
  FigureSealer sealer_;
  using Digests = std::vector<std::pair<std::int64_t, std::string>>;  // by number of a figure
  Digests figures_, members_;
};

}  // namespace qd
