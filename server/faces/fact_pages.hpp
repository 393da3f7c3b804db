// Facts as pages, read so that a run that completes meanwhile does not disturb the reading.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/ports/clock.hpp"
#include "core/ports/figure_store.hpp"
#include "core/ports/run_store.hpp"
#include "server/faces/area_names.hpp"
#include "server/formats/csv.hpp"
#include "server/formats/format.hpp"
#include "server/formats/json.hpp"

namespace qd::faces {

struct FactPage {
  std::vector<Figure> figures;
  std::optional<Fact> more_after;  // the last one shown, when there are more
};

// At most `limit` figures after query.after. Errors: kStoreUnavailable.
Result<FactPage> read_page(FigureStore& store, FactQuery query, std::size_t limit);

// The instant at which everything of this data version was known: later than now when another
// server's clock is ahead. Thread-safe.
class ReadingInstant {
 public:
  ReadingInstant(RunStore& store, const Clock& clock) : store_(store), clock_(clock) {}
  Result<Instant> of(std::int64_t data_version);

 private:
  RunStore& store_;
  const Clock& clock_;
  std::mutex mutex_;
  std::int64_t data_version_ = -1;
  Instant newest_{};
};

struct FactRendering {
  formats::Format format = formats::Format::kJson;
  formats::CsvDialect dialect = formats::CsvDialect::kExact;
  std::shared_ptr<const NameTable> names;
};

// Text of a page: head("[" or the CSV heading), figures, tail. Used for whole answers and pieces.
class FactText {
 public:
  explicit FactText(FactRendering rendering);
  void begin();
  void add(const std::vector<Figure>& figures);
  void end(Instant as_of, const std::optional<std::string>& next);
  std::string take();

 private:
  FactRendering rendering_;
  formats::Json json_;
  formats::Csv csv_;
};

// All facts of a query, piece by piece: memory does not grow with the answer. Used by one thread at
// a time; the store outlives it.
class FactStream {
 public:
  FactStream(FigureStore& store, FactQuery query, FactRendering rendering);
  // 32 kB to 1 MB; empty: that was all. Errors: kStoreUnavailable.
  Result<std::string> next();

 private:
  FigureStore& store_;
  FactQuery query_;
  FactText text_;
  bool ended_ = false;
};

}  // namespace qd::faces
