// Facts, as they are asked for and handed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/fact.hpp"

namespace qd {

// Empty fields do not restrict. Several values of a field: any of them.
struct FactQuery {
  std::vector<std::string> indicators, areas, periods, families;
  std::vector<Reading> readings;
  std::optional<std::string> breakdown;         // "" asks for totals
  std::optional<std::string> breakdown_prefix;  // "level=": every breakdown that begins so
  std::optional<Instant> as_of;    // facts that were current then; nullopt: current now
  std::vector<std::int64_t> runs;  // exactly these runs, current or not; as_of is then ignored
  // Page by value: only facts after this one in the order below; 0 rows: no limit.
  std::optional<Fact> after;
  std::size_t limit = 0;
  // What the store's data_version said when as_of was the present; nullopt: not asked. A picture
  // of that state may answer; the store itself makes nothing of it.
  std::optional<std::int64_t> data_version;
};

// A fact together with the definition version it was made with.
struct Figure {
  Fact fact;
  Definition definition;
};

// Takes figures one after the other.
class FigureSink {
 public:
  virtual ~FigureSink() = default;
  virtual void take(const FigureView& figure) = 0;
};

class FigureStore;  // where they are: core/ports/figures, which only the stages of reading see

}  // namespace qd
