// Facts, as they are stored. Only the stages of reading see this room: see core/reading.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "core/ports/figure_query.hpp"

namespace qd {

// Takes the number of a figure, and a MemberSet as bytes.
using MembersSink = std::function<void(std::int64_t figure, std::string_view members)>;

class FigureStore {
 public:
  virtual ~FigureStore() = default;

  // Figures sorted by (indicator, version, area, period, reading, breakdown). Current are those of
  // the current runs: see RunStore.
  virtual Result<std::vector<Figure>> facts(const FactQuery& query) = 0;
  virtual Result<std::optional<Figure>> fact(std::int64_t id) = 0;
  // Every figure of a run, in no order. What one definition made points to the same Definition.
  // Errors: kStoreUnavailable; the sink may have taken some then.
  virtual Result<void> scan(std::int64_t run, FigureSink& sink) = 0;
  // Who is counted in those figures; nothing of one that says it of nobody, or was stored before it
  // could be said. Errors: kStoreUnavailable.
  virtual Result<void> members(const std::vector<std::int64_t>& figures,
                               const MembersSink& sink) = 0;
  virtual Result<void> scan_members(std::int64_t run, const MembersSink& sink) = 0;
  virtual Result<std::vector<std::string>> periods() = 0;  // ids that have facts, ascending
  // Grows with every completed run and every load: what a cache or an ETag may depend on.
  virtual Result<std::int64_t> data_version() = 0;
};

}  // namespace qd
