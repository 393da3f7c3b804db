// The worker's end of the channel: whole frames, blocking.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/worker/wire/wire.hpp"

namespace qd::worker::child {

struct Frame {
  worker::wire::FrameKind kind{};
  std::vector<char> bytes;
};

// A frame of `bytes`, head included, as it is written to a pipe.
std::string framed(worker::wire::FrameKind kind, std::string_view bytes);

class WorkerChannel {
 public:
  WorkerChannel(int in, int out) : in_(in), out_(out) {}

  // The next frame; reuses frame.bytes. false: the other side is gone, or it is no frame.
  bool read(Frame& frame);
  // false: the other side is gone.
  bool write(worker::wire::FrameKind kind, std::string_view bytes);

  // From now on, when memory runs out, `last_frame` is written and the process ends, well. It
  // catches every operator new of this process, the family's too.
  void answer_when_memory_runs_out(std::string last_frame);

 private:
  int in_, out_;
};

}  // namespace qd::worker::child
