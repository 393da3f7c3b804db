// One worker process as the server sees it: started, spoken to, and ended whatever it does.
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/model/error.hpp"
#include "core/worker/wire/wire.hpp"

namespace qd::worker::parent {

struct WorkerBounds {
  std::filesystem::path executable;
  std::chrono::milliseconds time_out;  // spent waiting for it, by the wall
  std::uint64_t answer_bytes;
};

// How a conversation ended.
enum class WorkerEnd {
  kAnswered,  // its last frame, the status, is there
  kTimedOut,
  kFlooded,    // more than answer_bytes
  kMalformed,  // what it wrote is not a frame
  kDied,       // before its status was there
};

// A frame as it lies in the answer.
struct AnswerFrame {
  worker::wire::FrameKind kind{};
  std::span<const char> bytes;
};

// Used by the thread that started it, which must outlive it: the kernel ends the worker when that
// thread ends. All calls together wait no longer than the time-out, whatever the worker or its
// children do; what the caller does between them does not count.
class WorkerProcess {
 public:
  // Errors: kWorkerUnavailable.
  static Result<WorkerProcess> start(const WorkerBounds& bounds);
  WorkerProcess(WorkerProcess&& other) noexcept;
  WorkerProcess& operator=(WorkerProcess&&) = delete;
  // Kills the worker and its process group, and reaps it.
  ~WorkerProcess();

  // Writes one frame, taking in what the worker answers meanwhile. false: the conversation is over
  // (see finish) and nothing more will be read; not an error of its own.
  bool send(worker::wire::FrameKind kind, const std::vector<iovec>& pieces);
  bool send(worker::wire::FrameKind kind, std::string_view bytes);

  // Nothing more will be sent.
  void close_input();

  // Waits for the rest of the answer, then ends the worker. Once.
  WorkerEnd finish();
  // After finish, when it answered: every frame, the status last. Valid as long as this.
  std::vector<AnswerFrame> frames() const;
  // After finish, when it died: "stopped with signal 11 (Segmentation fault)".
  std::string death() const;

 private:
  WorkerProcess() = default;
  Result<void> open_pipes();
  Result<void> spawn(const std::filesystem::path& executable);
  bool write_pieces(std::vector<iovec> pieces);
  bool write_some(std::vector<iovec>& pieces);
  bool wait(bool for_writing);
  void read_available();
  void scan_frames();
  void end(WorkerEnd how) { ended_ = ended_ ? ended_ : how; }
  void reap();

  pid_t pid_ = -1;
  int to_ = -1, from_ = -1, death_ = -1;        // death_: a pidfd, readable once the worker is dead
  int child_in_ = -1, child_out_ = -1;          // its ends, until it is started
  std::chrono::steady_clock::duration left_{};  // to be waited for it yet
  std::uint64_t answer_bytes_ = 0;
  std::vector<char> answer_;
  std::size_t scanned_ = 0;  // whole frames end here
  std::optional<WorkerEnd> ended_;
  int wait_status_ = 0;
};

}  // namespace qd::worker::parent
