#include "core/worker/parent/worker_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>

namespace qd::worker::parent {
namespace {

constexpr int kPipeBytes = 1 << 20;  // as much as Linux grants without privilege; fewer switches
constexpr auto kTick = std::chrono::milliseconds(100);  // between looks, where there is no pidfd

tl::unexpected<Error> unavailable(const char* what, int error) {
  return fail(ErrorCode::kWorkerUnavailable,
              fmt::format("a worker could not be started: {}: {}", what, std::strerror(error)),
              "check that the program is in place and that processes may be started");
}

void close_fd(int& fd) {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

// A pipe nobody reads any more must give EPIPE, not a signal to the whole server.
class NoBrokenPipeSignal {
 public:
  NoBrokenPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoBrokenPipeSignal() {
    const timespec at_once{};
    if (!was_pending_) sigtimedwait(&pipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoBrokenPipeSignal(const NoBrokenPipeSignal&) = delete;
  NoBrokenPipeSignal& operator=(const NoBrokenPipeSignal&) = delete;

 private:
  sigset_t pipe_, before_;
  bool was_pending_;
};

// What the worker is born with: its own process group, no blocked signal, every signal with its
// usual effect, only 0, 1 and 2 open.
class SpawnPlan {
 public:
  SpawnPlan(int in, int out) {
    posix_spawnattr_init(&attributes_);
    posix_spawn_file_actions_init(&actions_);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    // Its ends lie above 2 (see open_pipes), so neither copy overwrites the other.
    posix_spawn_file_actions_adddup2(&actions_, in, 0);
    posix_spawn_file_actions_adddup2(&actions_, out, 1);
    posix_spawn_file_actions_addclosefrom_np(&actions_, 3);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  int spawn(const char* program, pid_t& pid) {
    std::string name = "quarterday", command = "worker";
    std::array<char*, 3> arguments = {name.data(), command.data(), nullptr};
    std::array<char*, 1> environment = {nullptr};
    return ::posix_spawn(&pid, program, &actions_, &attributes_, arguments.data(),
                         environment.data());
  }

 private:
  posix_spawnattr_t attributes_;
  posix_spawn_file_actions_t actions_;
};

// Moves a descriptor above the standard three, where a server without standard input might get it.
bool lift(int& fd) {
  if (fd > 2) return true;
  const int above = ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
  close_fd(fd);
  fd = above;
  return fd >= 0;
}

bool make_pipe(int& read_end, int& write_end) {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  read_end = ends[0];
  write_end = ends[1];
  ::fcntl(write_end, F_SETPIPE_SZ, kPipeBytes);  // only speed depends on it
  return lift(read_end) && lift(write_end);
}

bool never_block(int fd) { return ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK) == 0; }

// Drops the first `count` bytes.
void drop_front(std::vector<iovec>& pieces, std::size_t count) {
  auto piece = pieces.begin();
  for (; piece != pieces.end() && count >= piece->iov_len; ++piece) count -= piece->iov_len;
  if (piece != pieces.end()) {
    piece->iov_base = static_cast<char*>(piece->iov_base) + count;
    piece->iov_len -= count;
  }
  pieces.erase(pieces.begin(), piece);
}

}  // namespace

Result<WorkerProcess> WorkerProcess::start(const WorkerBounds& bounds) {
  WorkerProcess worker;
  worker.left_ = bounds.time_out;
  worker.answer_bytes_ = bounds.answer_bytes;
  if (const auto opened = worker.open_pipes(); !opened) return fail(opened.error());
  if (const auto spawned = worker.spawn(bounds.executable); !spawned) return fail(spawned.error());
  return worker;
}

Result<void> WorkerProcess::open_pipes() {
  if (!make_pipe(child_in_, to_) || !make_pipe(from_, child_out_))
    return unavailable("pipe", errno);
  if (!never_block(to_) || !never_block(from_)) return unavailable("fcntl", errno);
  return {};
}

Result<void> WorkerProcess::spawn(const std::filesystem::path& executable) {
  SpawnPlan plan(child_in_, child_out_);
  const int error = plan.spawn(executable.c_str(), pid_);
  close_fd(child_in_);
  close_fd(child_out_);
  if (error != 0) {
    pid_ = -1;
    return unavailable(executable.c_str(), error);
  }
  death_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));  // -1 where it is forbidden
  return {};
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      to_(std::exchange(other.to_, -1)),
      from_(std::exchange(other.from_, -1)),
      death_(std::exchange(other.death_, -1)),
      child_in_(std::exchange(other.child_in_, -1)),
      child_out_(std::exchange(other.child_out_, -1)),
      left_(other.left_),
      answer_bytes_(other.answer_bytes_),
      answer_(std::move(other.answer_)),
      scanned_(other.scanned_),
      ended_(other.ended_),
      wait_status_(other.wait_status_) {}

WorkerProcess::~WorkerProcess() {
  reap();
  for (int* fd : {&to_, &from_, &death_, &child_in_, &child_out_}) close_fd(*fd);
}

// The group goes while its leader is not yet reaped, so the number cannot belong to anyone else.
void WorkerProcess::reap() {
  if (pid_ < 0) return;
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, &wait_status_, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

bool WorkerProcess::send(worker::wire::FrameKind kind, std::string_view bytes) {
  return send(kind, std::vector<iovec>{{const_cast<char*>(bytes.data()), bytes.size()}});
}

bool WorkerProcess::send(worker::wire::FrameKind kind, const std::vector<iovec>& pieces) {
  worker::wire::FrameHead head{worker::wire::kFrameMark, kind, 0};
  std::vector<iovec> all{{&head, sizeof head}};
  for (const iovec& piece : pieces) {
    head.length += piece.iov_len;
    if (piece.iov_len > 0) all.push_back(piece);
  }
  return write_pieces(std::move(all));
}

bool WorkerProcess::write_pieces(std::vector<iovec> pieces) {
  const NoBrokenPipeSignal quiet;
  while (!ended_ && !pieces.empty()) {
    if (write_some(pieces)) continue;
    if (errno == EPIPE || !wait(true)) break;
  }
  return !ended_ && pieces.empty();
}

// false: nothing could be written now; errno says why.
bool WorkerProcess::write_some(std::vector<iovec>& pieces) {
  const auto count = static_cast<int>(std::min<std::size_t>(pieces.size(), IOV_MAX));
  const auto put = ::writev(to_, pieces.data(), count);
  if (put < 0) return errno == EINTR;
  drop_front(pieces, static_cast<std::size_t>(put));
  return true;
}

// Waits until something can be done, and takes in what there is to read. false: it is over.
bool WorkerProcess::wait(bool for_writing) {
  if (ended_) return false;
  using std::chrono::milliseconds, std::chrono::steady_clock;
  const auto left = std::chrono::ceil<milliseconds>(left_);
  if (left <= milliseconds(0)) {
    end(WorkerEnd::kTimedOut);
    return false;
  }
  std::array<pollfd, 3> fds = {{{from_, POLLIN, 0}, {death_, POLLIN, 0}, {to_, POLLOUT, 0}}};
  const auto longest = death_ < 0 ? std::min<milliseconds>(left, kTick) : left;
  const auto patience = std::min<std::int64_t>(longest.count(), INT_MAX);
  const auto before = steady_clock::now();
  ::poll(fds.data(), for_writing ? 3 : 2, static_cast<int>(patience));
  left_ -= steady_clock::now() - before;
  siginfo_t dead{};
  const bool died =
      ::waitid(P_PID, static_cast<id_t>(pid_), &dead, WEXITED | WNOHANG | WNOWAIT) != 0 ||
      dead.si_pid == pid_;
  read_available();  // after the look: what it wrote before it died is in the pipe by now
  if (died) end(WorkerEnd::kDied);
  return !ended_;
}

void WorkerProcess::read_available() {
  constexpr std::size_t kPiece = 1 << 18;
  while (!ended_ && from_ >= 0) {
    const auto before = answer_.size();
    answer_.resize(before + kPiece);
    const auto got = ::read(from_, answer_.data() + before, kPiece);
    answer_.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got == 0) close_fd(from_);  // then only its death is left to wait for
    if (got < 0 && errno != EINTR) return;
    if (answer_.size() > answer_bytes_) end(WorkerEnd::kFlooded);
    scan_frames();
  }
}

void WorkerProcess::scan_frames() {
  while (!ended_ && answer_.size() - scanned_ >= sizeof(worker::wire::FrameHead)) {
    worker::wire::FrameHead head;
    std::memcpy(&head, answer_.data() + scanned_, sizeof head);
    if (head.mark != worker::wire::kFrameMark || head.kind < worker::wire::FrameKind::kNotes ||
        head.kind > worker::wire::FrameKind::kStatus)
      return end(WorkerEnd::kMalformed);
    if (head.length > answer_bytes_) return end(WorkerEnd::kFlooded);
    const auto whole = sizeof head + static_cast<std::size_t>(head.length);
    if (answer_.size() - scanned_ < whole) return;
    scanned_ += whole;
    if (head.kind == worker::wire::FrameKind::kStatus) end(WorkerEnd::kAnswered);
  }
}

void WorkerProcess::close_input() { close_fd(to_); }

WorkerEnd WorkerProcess::finish() {
  while (wait(false)) {
  }
  reap();
  return *ended_;
}

std::vector<AnswerFrame> WorkerProcess::frames() const {
  std::vector<AnswerFrame> frames;
  for (std::size_t at = 0; at < scanned_;) {
    worker::wire::FrameHead head;
    std::memcpy(&head, answer_.data() + at, sizeof head);
    at += sizeof head;
    frames.push_back({head.kind, {answer_.data() + at, static_cast<std::size_t>(head.length)}});
    at += static_cast<std::size_t>(head.length);
  }
  return frames;
}

std::string WorkerProcess::death() const {
  if (WIFEXITED(wait_status_))
    return fmt::format("ended by itself with exit code {} before it was done",
                       WEXITSTATUS(wait_status_));
  const int signal = WTERMSIG(wait_status_);
  const char* const words = ::sigdescr_np(signal);
  return fmt::format("stopped with signal {} ({})", signal, words ? words : "unknown");
}

}  // namespace qd::worker::parent
