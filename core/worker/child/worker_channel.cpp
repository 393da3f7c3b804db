#include "core/worker/child/worker_channel.hpp"

#include <unistd.h>

#include <cerrno>
#include <new>

namespace qd::worker::child {
namespace {

constexpr std::uint64_t kLongestFrame = std::uint64_t{1} << 32;  // of what the server sends

bool read_all(int fd, char* into, std::size_t count) {
  while (count > 0) {
    const auto got = ::read(fd, into, count);
    if (got == 0 || (got < 0 && errno != EINTR)) return false;
    if (got < 0) continue;
    into += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno != EINTR) return false;
    if (put > 0) bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

// What the new-handler needs; a new-handler takes no arguments. One worker, one thread.
struct {
  int out = -1;
  std::string frame;
} last_words;

void say_last_words() {
  write_all(last_words.out, last_words.frame);
  ::_exit(0);
}

}  // namespace

std::string framed(worker::wire::FrameKind kind, std::string_view bytes) {
  const worker::wire::FrameHead head{worker::wire::kFrameMark, kind, bytes.size()};
  std::string frame(reinterpret_cast<const char*>(&head), sizeof head);
  return frame.append(bytes);
}

bool WorkerChannel::read(Frame& frame) {
  worker::wire::FrameHead head{};
  if (!read_all(in_, reinterpret_cast<char*>(&head), sizeof head)) return false;
  if (head.mark != worker::wire::kFrameMark || head.length > kLongestFrame) return false;
  frame.kind = head.kind;
  frame.bytes.resize(static_cast<std::size_t>(head.length));
  return read_all(in_, frame.bytes.data(), frame.bytes.size());
}

bool WorkerChannel::write(worker::wire::FrameKind kind, std::string_view bytes) {
  return write_all(out_, framed(kind, bytes));
}

void WorkerChannel::answer_when_memory_runs_out(std::string last_frame) {
  last_words = {out_, std::move(last_frame)};
  std::set_new_handler(say_last_words);
}

}  // namespace qd::worker::child
