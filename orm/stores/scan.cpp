#include "orm/stores/scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "orm/guarded.hpp"
#include "orm/stores/physical_table.hpp"
#include "orm/stores/row_reader.hpp"

namespace qd::orm {
namespace {

constexpr std::int64_t kRangeIds = kBatchRows;      // what a reader takes at a time: one batch
constexpr std::int64_t kWorthThreads = kBatchRows;  // fewer ids than that: one reader
constexpr std::size_t kMostWaiting = 8;             // batches read but not yet taken by the sink

struct Query {
  std::string sql;  // parameters: first id, id after the last
  std::vector<ColumnType> types;
};

// Versions known at that instant. When no load is newer, those are the live ones, and one column
// says which instead of two.
std::string known_at(SqlConnection& connection, Instant as_of) {
  const std::int64_t instant = milliseconds(as_of);
  if (connection.number("SELECT max(recorded_at) FROM loads") <= instant) return "live = 1";
  return fmt::format("recorded_at <= {0} AND (superseded_at IS NULL OR superseded_at > {0})",
                     instant);
}

Query make_query(SqlConnection& connection, const ScanRequest& request,
                 const PhysicalTable& table) {
  const Dialect dialect(connection.engine());
  Query query;
  for (const auto& column : request.columns) {
    query.types.push_back(request.table.columns[request.table.index_of(column)].type());
  }
  query.sql = fmt::format("SELECT id{}{} FROM {} WHERE {} AND id >= ? AND id < ?",
                          request.columns.empty() ? "" : ", ", dialect.list(request.columns),
                          dialect.quoted(table.name), known_at(connection, request.as_of));
  return query;
}

// What a reader hands over: its codes mean its own texts, of which these are new.
struct Portion {
  Batch batch;
  NewTexts new_texts;
  std::size_t reader = 0;
};

// Portions on their way to the calling thread, and batches it is done with on their way back. All
// members are thread-safe.
class Queue {
 public:
  explicit Queue(std::size_t n_readers) : n_open_(n_readers) {}

  // False: nobody wants more.
  bool push(Portion portion) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return waiting_.size() < kMostWaiting || stopped_; });
    if (stopped_) return false;
    waiting_.push_back(std::move(portion));
    filled_.notify_one();
    return true;
  }
  void give_back(Batch done) {
    const std::lock_guard lock(mutex_);
    done_.push_back(std::move(done));
  }
  // A batch whose memory may be used again.
  Batch take_back() {
    const std::lock_guard lock(mutex_);
    if (done_.empty()) return {};
    Batch done = std::move(done_.back());
    done_.pop_back();
    return done;
  }
  // Once for each reader.
  void close(std::optional<Error> error) {
    const std::lock_guard lock(mutex_);
    if (error && !error_) error_ = std::move(error);
    --n_open_;
    filled_.notify_one();
  }
  // nullopt: every reader is done.
  std::optional<Portion> pop() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return !waiting_.empty() || n_open_ == 0 || error_; });
    if (waiting_.empty() || error_) return std::nullopt;
    Portion portion = std::move(waiting_.front());
    waiting_.pop_front();
    room_.notify_one();
    return portion;
  }
  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    room_.notify_all();
  }
  std::optional<Error> error() {
    const std::lock_guard lock(mutex_);
    return error_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable room_, filled_;
  std::deque<Portion> waiting_;
  std::vector<Batch> done_;
  std::optional<Error> error_;
  std::size_t n_open_;
  bool stopped_ = false;
};

// Ids still to be read, shared by all readers.
class Ranges {
 public:
  Ranges(std::int64_t first, std::int64_t last) : next_(first), end_(last + 1) {}

  // The parameters of the next query; nullopt: all are handed out.
  std::optional<std::vector<std::int64_t>> take() {
    const std::int64_t from = next_.fetch_add(kRangeIds);
    if (from >= end_) return std::nullopt;
    return std::vector<std::int64_t>{from, std::min(from + kRangeIds, end_)};
  }

 private:
  std::atomic<std::int64_t> next_;
  std::int64_t end_;
};

// Gives each batch with its new texts to `take`, until that says false. `done` gives batches that
// are done with.
template <class Done, class Take>
void read_ranges(SqlConnection& connection, const Query& query, Ranges& ranges, RowReader& reader,
                 Done done, Take take) {
  while (const auto numbers = ranges.take()) {
    const auto rows = connection.stream(query.sql, *numbers);
    Batch batch = reader.read(*rows, done());
    if (batch.n_rows > 0 && !take(std::move(batch), reader.take_new_texts())) return;
  }
}

// The calling thread's side: from a reader's codes to the dictionary's.
class Recoder {
 public:
  explicit Recoder(Dictionary& dictionary) : dictionary_(dictionary) {}

  void recode(Batch& batch, const NewTexts& new_texts) {
    codes_.resize(new_texts.size());
    for (std::size_t at = 0; at < new_texts.size(); ++at) {
      auto& codes = codes_[at];
      const std::size_t n_known = codes.size();
      codes.resize(n_known + new_texts[at].size());
      dictionary_.codes(new_texts[at], codes.data() + n_known);
      if (codes.empty()) continue;  // no text here yet: absent cells stay 0
      for (auto& code : batch.columns[at].codes) code = codes[code];
    }
  }

 private:
  Dictionary& dictionary_;
  std::vector<std::vector<std::uint32_t>> codes_;  // by column and reader's code
};

// So many connections that all see the same loads.
std::vector<Loan> borrow_snapshots(Pool& pool, std::size_t n) {
  std::vector<Loan> loans;
  while (loans.size() < n) loans.push_back(pool.borrow());
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    std::vector<std::int64_t> seen;
    for (auto& loan : loans) {
      loan->begin_snapshot();
      seen.push_back(loan->number("SELECT count(*) FROM loads"));
    }
    if (std::all_of(seen.begin(), seen.end(), [&](auto loads) { return loads == seen[0]; })) {
      return loans;
    }
    for (auto& loan : loans) loan->roll_back();
  }
  throw Raced("loads come too fast for a scan to begin");
}

void end_snapshots(std::vector<Loan>& loans) {
  for (auto& loan : loans) {
    loan->roll_back();
    loan.keep();
  }
}

struct Plan {
  Query query;
  std::int64_t first = 1, last = 0;
};

Result<void> scan_alone(SqlConnection& connection, const Plan& plan, Dictionary& dictionary,
                        const ObservationStore::Sink& sink) {
  Ranges ranges(plan.first, plan.last);
  Recoder recoder(dictionary);
  Result<void> outcome;
  RowReader reader(plan.query.types);
  Batch done;
  const auto take = [&](Batch batch, const auto& new_texts) {
    recoder.recode(batch, new_texts);
    outcome = sink(batch);
    done = std::move(batch);
    return outcome.has_value();
  };
  read_ranges(
      connection, plan.query, ranges, reader, [&] { return std::move(done); }, take);
  return outcome;
}

// The readers and what they share. The texts of a portion are its reader's, so that must outlive
// it.
struct Readers {
  const Query& query;
  std::vector<RowReader> readers;
  Ranges ranges;
  Queue queue;
};

// Everything a reader's thread does; nothing leaves it but through the queue.
void run_reader(SqlConnection& connection, Readers& readers, std::size_t number) {
  const auto done = guarded([&] {
    const auto push = [&](Batch batch, NewTexts texts) {
      return readers.queue.push({std::move(batch), std::move(texts), number});
    };
    read_ranges(
        connection, readers.query, readers.ranges, readers.readers[number],
        [&] { return readers.queue.take_back(); }, push);
  });
  readers.queue.close(done ? std::nullopt : std::optional(done.error()));
}

Result<void> drain(Queue& queue, std::size_t n_readers, Dictionary& dictionary,
                   const ObservationStore::Sink& sink) {
  std::vector<Recoder> recoders(n_readers, Recoder(dictionary));
  while (auto portion = queue.pop()) {
    recoders[portion->reader].recode(portion->batch, portion->new_texts);
    if (auto taken = sink(portion->batch); !taken) return taken;
    queue.give_back(std::move(portion->batch));
  }
  if (auto error = queue.error()) return fail(*error);
  return {};
}

Result<void> scan_together(std::vector<Loan>& loans, const Plan& plan, Dictionary& dictionary,
                           const ObservationStore::Sink& sink) {
  Readers readers{plan.query, {}, Ranges(plan.first, plan.last), Queue(loans.size())};
  for (std::size_t at = 0; at < loans.size(); ++at) readers.readers.emplace_back(plan.query.types);
  // Stopped and joined however this function is left: a sink may throw, too.
  struct Crew {
    Queue& queue;
    std::vector<std::thread> threads;
    ~Crew() {
      queue.stop();
      for (auto& thread : threads) thread.join();
    }
  } crew{readers.queue, {}};
  for (std::size_t at = 0; at < loans.size(); ++at) {
    crew.threads.emplace_back([&, at] { run_reader(*loans[at], readers, at); });
  }
  return drain(readers.queue, loans.size(), dictionary, sink);
}

// Leaves first above last when the table is empty. One question each: asked for both at once,
// SQLite reads the whole table.
void find_bounds(SqlConnection& connection, const PhysicalTable& table, Plan& plan) {
  const std::string from = " FROM " + Dialect(connection.engine()).quoted(table.name);
  plan.last = connection.number("SELECT max(id)" + from);  // ids count from 1
  plan.first = plan.last == 0 ? 1 : connection.number("SELECT min(id)" + from);
}

std::size_t reader_count() { return std::clamp(std::thread::hardware_concurrency(), 2U, 4U); }

}  // namespace

Result<void> scan_table(Pool& pool, const ScanRequest& request, Dictionary& dictionary,
                        const ObservationStore::Sink& sink) {
  const auto table = physical_table(request.table);
  if (!table) return fail(table.error());
  for (const auto& column : request.columns) {
    if (request.table.index_of(column) < request.table.columns.size()) continue;
    return fail(ErrorCode::kStoreConflict,
                fmt::format("table {} has no column {}", request.table.name, column));
  }
  Plan plan;
  auto loans = borrow_snapshots(pool, 1);
  find_bounds(*loans[0], *table, plan);
  const bool together = plan.last - plan.first >= kWorthThreads;
  if (together) {
    end_snapshots(loans);
    loans = borrow_snapshots(pool, reader_count());
    find_bounds(*loans[0], *table, plan);
  }
  plan.query = make_query(*loans[0], request, *table);
  auto outcome = together ? scan_together(loans, plan, dictionary, sink)
                          : scan_alone(*loans[0], plan, dictionary, sink);
  if (outcome) end_snapshots(loans);  // otherwise the connections are closed: who knows their state
  return outcome;
}

}  // namespace qd::orm
