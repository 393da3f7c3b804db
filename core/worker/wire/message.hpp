// What server and worker say to each other. Encoding never fails; decoding gives nullopt for bytes
// that are not what they should be, and checks only shape: who believes the content checks it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/model/area_tree.hpp"
#include "core/model/family.hpp"
#include "core/model/period.hpp"
#include "core/model/run.hpp"
#include "core/worker/wire/fact_row.hpp"
#include "core/worker/wire/layers.hpp"
#include "core/worker/wire/wire.hpp"

namespace qd::worker::wire {

// What the worker may use; it binds itself before it loads the library.
struct WorkerLimits {
  std::uint64_t memory_bytes = 0;
  std::uint64_t cpu_seconds = 0;
  Layers may_lack = 0;  // layers of the sandbox that it goes without where there are none
};

// The one fact whose rows an explain run wants to know.
struct TraceWanted {
  std::uint32_t definition = 0;  // as in FactRow
  std::uint32_t reading = 0;
  std::string breakdown;
  std::vector<std::uint32_t> areas;  // ascending
};

// How closely a run is watched. A run of a case is made so that misuse of the seam shows.
enum class Scrutiny : std::uint8_t {
  kNone = 0,
  kTextsEnd,   // texts are overwritten before finish(): whoever kept a pointer reads rubbish
  kEveryPart,  // so they are, and every part must name the rows it is made of
};

struct RunRequest {
  WorkerLimits limits;
  Family family;  // as it is declared
  std::vector<ReadingWindow> readings;
  std::vector<Definition> definitions;         // in force in any of the readings
  std::map<std::string, std::string> options;  // of those declared: what is set, or the default
  Date known_until{};                          // the local day of the newest thing that is known
  AreaTree areas;
  std::optional<TraceWanted> trace;
  Scrutiny scrutiny = Scrutiny::kNone;
};

struct TracedRow {
  std::uint32_t input = 0;
  std::uint32_t spare = 0;
  std::int64_t row = 0;  // record number
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 inside <=> for a pointer
  friend auto operator<=>(const TracedRow&, const TracedRow&) = default;
};

struct TraceAnswer {
  std::int64_t n_rows = 0;            // all of them, each once in its table
  std::vector<TracedRow> rows;        // the first of them, ascending
  std::vector<std::string> untraced;  // under kEveryPart: parts that named no row, in words
};

// How it ended: nullopt when well, else the code and what the family did, beginning with a verb.
using WorkerStatus = std::optional<Error>;

std::string encode(const RunRequest& request);
std::string encode(const WorkerLimits& limits);
std::string encode(Layers layers);
std::string encode(const std::vector<RunNote>& notes);
std::string encode(const std::vector<std::string>& texts);
std::string encode(std::span<const FactRow> rows);
std::string encode(const std::vector<RowMembers>& members);
std::string encode(const TraceAnswer& trace);
std::string encode(const WorkerStatus& status);

std::optional<RunRequest> decode_run_request(std::span<const char> bytes);
std::optional<WorkerLimits> decode_limits(std::span<const char> bytes);
std::optional<Layers> decode_layers(std::span<const char> bytes);
std::optional<std::vector<RunNote>> decode_notes(std::span<const char> bytes);
std::optional<std::vector<std::string>> decode_texts(std::span<const char> bytes);
std::optional<std::vector<FactRow>> decode_facts(std::span<const char> bytes);
std::optional<std::vector<RowMembers>> decode_members(std::span<const char> bytes);
std::optional<TraceAnswer> decode_trace(std::span<const char> bytes);
std::optional<WorkerStatus> decode_status(std::span<const char> bytes);

}  // namespace qd::worker::wire
