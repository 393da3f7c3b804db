// Facts as pages, read so that a run that completes meanwhile does not disturb the reading.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/ports/clock.hpp"
#include "core/ports/figure_query.hpp"
#include "core/ports/run_store.hpp"
#include "core/reading/access/figure_door.hpp"
#include "core/reading/figure_reading.hpp"
#include "server/faces/figure_text.hpp"

namespace qd::faces {

// An instant at which all that is stored was known: that of the run that ended last, later than now
// when another server's clock is ahead.
struct KnownAt {
  Instant instant{};
  bool is_of_version = false;  // nothing was stored since the version that was asked about
};

// Thread-safe.
class ReadingInstant {
 public:
  ReadingInstant(RunStore& store, reading::access::FigureDoor& figures, const Clock& clock)
      : store_(store), figures_(figures), clock_(clock) {}
  // Errors: kStoreUnavailable.
  Result<KnownAt> of(std::int64_t data_version);

 private:
  Result<Instant> newest() const;

  RunStore& store_;
  reading::access::FigureDoor& figures_;
  const Clock& clock_;
  std::mutex mutex_;
  std::int64_t data_version_ = -1;
  Instant newest_{};
};

// Writes the next figures of a reading, at most `limit` (1 or more); one more is read and not
// shown, so the reading ends with this page. Gives the last one shown when there are more. Errors:
// kStoreUnavailable.
Result<std::optional<Fact>> write_page(reading::FigureReading& reading, std::size_t limit,
                                       FigureText& text);

// All facts of a reading, piece by piece: memory does not grow with the answer. Used by one thread
// at a time.
class FactStream {
 public:
  // as_of: what the facts were read as of.
  FactStream(std::unique_ptr<reading::FigureReading> reading, Instant as_of,
             FigureRendering rendering);
  // Up to 1 MB; empty: that was all. Errors: kStoreUnavailable.
  Result<std::string> next();

 private:
  std::unique_ptr<reading::FigureReading> reading_;
  Instant as_of_;
  std::unique_ptr<FigureText> text_;
  bool ended_ = false;
};

}  // namespace qd::faces
