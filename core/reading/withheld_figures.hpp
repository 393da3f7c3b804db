// What is withheld from an audience, told to who keeps the store.
#pragma once

#include <string_view>

#include "core/ports/figure_query.hpp"

namespace qd::reading {

// A reason for withholding, in a word and in a sentence; both outlive everything.
struct WithheldFor {
  std::string_view reason, meaning;
};

// Is given each figure as it is, and why another audience does not see it.
class WithheldSink {
 public:
  virtual ~WithheldSink() = default;
  virtual void take(const FigureView& figure, const WithheldFor& why) = 0;
};

}  // namespace qd::reading
