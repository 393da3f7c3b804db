// Where captured records are kept: append-only, and both when it happened and when we learnt it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/model/batch.hpp"
#include "core/model/cell.hpp"
#include "core/model/date.hpp"
#include "core/model/error.hpp"
#include "core/model/table.hpp"
#include "core/ports/clock.hpp"

namespace qd {

struct LoadCounts {
  std::int64_t inserted = 0;    // records not seen before
  std::int64_t superseded = 0;  // records that replace an earlier version of themselves
  std::int64_t unchanged = 0;   // records that are there already, word for word
};

// One load: everything or nothing becomes visible, at commit. Rolled back when destroyed before.
// Used by one thread.
class Load {
 public:
  virtual ~Load() = default;
  // One record: the cells of the table's columns, in its order; none of them refused. Of several
  // records with the same key in one load the caller hands over only one.
  virtual Result<void> add(const TableSpec& table, std::span<const Cell> cells) = 0;
  // What adding did so far, table by table in the order first added.
  virtual Result<std::vector<std::pair<std::string, LoadCounts>>> finish() = 0;  // still invisible
  virtual Result<void> commit() = 0;
};

struct LoadSource {
  std::string name;    // file name without folder, or who brought it
  std::string sha256;  // of the file; empty when there is none
};

struct ScanRequest {
  const TableSpec& table;
  std::vector<std::string> columns;  // of the table; batches carry them in this order
  Instant as_of;                     // versions known at that instant
};

struct StoredRecord {
  std::int64_t id;
  std::vector<std::optional<std::string>> cells;  // in the table's column order, as text
  std::string source;                             // file or person that brought it
  Instant recorded_at;
  std::optional<Instant> superseded_at;
};

class ObservationStore {
 public:
  virtual ~ObservationStore() = default;

  // recorded_at of everything the load adds is the instant it is committed at, later than that of
  // every load committed before: what was known at an instant never changes afterwards. The clock
  // must outlive the load. Errors: kStoreUnavailable.
  virtual Result<std::unique_ptr<Load>> begin_load(const LoadSource& source,
                                                   const Clock& clock) = 0;
  // recorded_at of the newest load that is committed; nullopt: there is none.
  virtual Result<std::optional<Instant>> last_recorded() = 0;

  // Rows known at request.as_of, in no particular order, in batches of up to 65,536 rows, ids
  // included. The sink runs on the calling thread; an error it returns ends the scan and is
  // returned. Texts are added to the dictionary. Reads one consistent state. Thread-safe.
  using Sink = std::function<Result<void>(const Batch&)>;
  virtual Result<void> scan(const ScanRequest& request, Dictionary& dictionary,
                            const Sink& sink) = 0;

  // Texts of the single key column of a table, now. For reference checks at import.
  virtual Result<std::unordered_set<std::string>> keys(const TableSpec& table) = 0;

  // Records by number, ascending; unknown numbers are left out.
  virtual Result<std::vector<StoredRecord>> records(const TableSpec& table,
                                                    const std::vector<std::int64_t>& ids) = 0;

  // Makes room for a table a family declares; does nothing when it is there with these columns.
  // Errors: kStoreConflict when it is there with other columns.
  virtual Result<void> declare(const TableSpec& table) = 0;
};

}  // namespace qd
