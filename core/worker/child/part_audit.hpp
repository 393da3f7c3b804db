// Whether a family names the rows of every part: without them a figure cannot be explained.
#pragma once

#include <quarterday/plugin.h>

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "core/model/fact.hpp"

namespace qd::worker::child {

class PartAudit {
 public:
  // A part that was taken. One that counts nothing needs no row.
  void emitted(const qd_fact& part);
  void traced(const qd_fact& part);
  // "tally.share of A1 sex=F", for each part without a row; definitions of the run, by number.
  std::vector<std::string> untraced(const std::vector<Definition>& definitions) const;

 private:
  using Key = std::tuple<std::uint32_t, std::uint32_t, std::string, std::string>;
  static Key key_of(const qd_fact& part);

  std::set<Key> emitted_, traced_;
};

}  // namespace qd::worker::child
