// Facts as pages, read so that a run that completes meanwhile does not disturb the reading.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/ports/clock.hpp"
#include "core/ports/figure_query.hpp"
#include "core/ports/run_store.hpp"
#include "core/reading/figure_reading.hpp"
#include "server/faces/area_names.hpp"
#include "server/formats/csv.hpp"
#include "server/formats/format.hpp"
#include "server/formats/json.hpp"

namespace qd::faces {

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
class FactText final : public FigureSink {
 public:
  explicit FactText(FactRendering rendering);
  void begin();
  void take(const FigureView& figure) override;
  void end(Instant as_of, const std::optional<std::string>& next);
  std::string text();  // what was written since it was last asked for

 private:
  FactRendering rendering_;
  formats::Json json_;
  formats::Csv csv_;
};

// Writes the next figures of a reading, at most `limit` (1 or more); one more is read and not
// shown, so the reading ends with this page. Gives the last one shown when there are more. Errors:
// kStoreUnavailable.
Result<std::optional<Fact>> write_page(reading::FigureReading& reading, std::size_t limit,
                                       FactText& text);

// All facts of a reading, piece by piece: memory does not grow with the answer. Used by one thread
// at a time.
class FactStream {
 public:
  // as_of: what the facts were read as of.
  FactStream(std::unique_ptr<reading::FigureReading> reading, Instant as_of,
             FactRendering rendering);
  // Up to 1 MB; empty: that was all. Errors: kStoreUnavailable.
  Result<std::string> next();

 private:
  std::unique_ptr<reading::FigureReading> reading_;
  Instant as_of_;
  FactText text_;
  bool ended_ = false;
};

}  // namespace qd::faces
