// A family run in a worker process: the server's side of the conversation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/batch.hpp"
#include "core/model/family.hpp"
#include "core/worker/parent/settings.hpp"
#include "core/worker/parent/worker_process.hpp"
#include "core/worker/wire/message.hpp"

namespace qd::worker::parent {

struct RunAnswer {
  std::vector<worker::wire::FactRow> rows;  // as the worker says; nothing about them is checked yet
  std::vector<worker::wire::RowMembers> members;
  std::vector<std::string> breakdowns;
  std::vector<RunNote> notes;
  std::optional<worker::wire::TraceAnswer> trace;
};

// What an explain or ordinary run needs beside the family.
struct RunInputs {
  std::vector<ReadingWindow> readings;
  std::vector<Definition> definitions;  // in force in any of the readings
  Date known_until{};                   // the local day of the newest thing that is known
  AreaTree areas;
  std::optional<worker::wire::TraceWanted> trace;
  worker::wire::Scrutiny scrutiny = worker::wire::Scrutiny::kNone;
};

// One run in a worker of its own. Used by the thread that started it.
class WorkerRun {
 public:
  // Errors: kWorkerUnavailable.
  static Result<WorkerRun> start(const Family& family, RunInputs inputs,
                                 const WorkerSettings& settings);

  // false: no more rows are wanted, finish() says why.
  bool send(std::uint32_t input, const Batch& batch, const Dictionary& dictionary);

  // Once, after the last row of the last input. Errors, each with what the family did, beginning
  // with a verb (a refusal with "family … refused"): kFamilyFailed, kFamilyStopped,
  // kFamilyTimedOut, kFamilyFlooded, kFamilyRubbish, kFamilyRefused.
  Result<RunAnswer> finish();

 private:
  WorkerRun(const Family& family, WorkerProcess worker, const WorkerSettings& settings)
      : family_(family), worker_(std::move(worker)), settings_(settings) {}
  Result<RunAnswer> read_answer() const;

  const Family& family_;
  WorkerProcess worker_;
  const WorkerSettings& settings_;
  std::size_t texts_sent_ = 0;
  bool with_rows_ = false;
};

}  // namespace qd::worker::parent
