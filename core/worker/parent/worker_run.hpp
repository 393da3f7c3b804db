// A family described, or run, in a worker process: the server's side of the conversation.
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

// What the library declares; library and library_sha256 are left empty.
// Errors: kFamilyRefused with the sentence why, kWorkerUnavailable.
Result<Family> describe_library(const std::filesystem::path& library,
                                const WorkerSettings& settings);

struct RunAnswer {
  std::vector<worker::wire::FactRow> rows;  // as the worker says; nothing about them is checked yet
  std::vector<std::string> breakdowns;
  std::vector<RunNote> notes;
  std::optional<worker::wire::TraceAnswer> trace;
};

// What an explain or ordinary run needs beside the family.
struct RunInputs {
  std::vector<ReadingWindow> readings;
  std::vector<Definition> definitions;
  AreaTree areas;
  std::optional<worker::wire::TraceWanted> trace;
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
