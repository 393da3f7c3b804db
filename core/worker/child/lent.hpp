// What the host lends a family for one run, in the shapes of the seam.
#pragma once

#include <quarterday/plugin.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/model/definition.hpp"
#include "core/model/family.hpp"
#include "core/worker/wire/message.hpp"

namespace qd::worker::child {

// A later 1.x may have more fields than a family knows of. The test of that promise compiles this
// room once more, with structs that have grown.
#ifdef QUARTERDAY_GROWN_SEAM
template <class T>
struct Lent : T {
  std::uint64_t of_a_later_version = 0xDEADBEEFDEADBEEF;
};
#else
template <class T>
struct Lent : T {};
#endif

// The readings and definitions of a run, lent together with the texts they point at.
class LentLists {
 public:
  explicit LentLists(const wire::RunRequest& request);
  LentLists(const LentLists&) = delete;
  LentLists& operator=(const LentLists&) = delete;

  // Sets the fields of a run that point at them.
  void lend(qd_run& run) const;

 private:
  std::vector<Lent<qd_reading>> readings_;
  std::vector<std::vector<Lent<qd_parameter>>> parameters_;  // by definition
  std::vector<Lent<qd_definition>> definitions_;
};

// The number of a declared code in order of first appearance, as the generated header of names has
// it; -1: the family does not declare it.
std::int32_t indicator_number(const Family& family, const Definition& definition);

}  // namespace qd::worker::child
