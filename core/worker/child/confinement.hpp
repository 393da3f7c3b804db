// Binds the worker process before any code of a family runs in it.
#pragma once

#include "core/worker/wire/message.hpp"

namespace qd::worker::child {

// The worker's two ends of the channel, moved out of the way of a family that prints.
struct WorkerPipes {
  int in = -1, out = -1;
};

// Duplicates the two, points 0, 1 and 2 at /dev/null, closes every other descriptor and clears the
// environment. Returns {-1, -1} when that is not possible. Call once, at the start.
WorkerPipes take_pipes(int in_fd, int out_fd);

// Limits of this process from now on: address space, processor time, no files written, few files
// open, no new processes (not enforced for root), no core dump, no new privileges; and it dies
// with the thread that started it. What a limit cannot bind the sandbox does. false when a limit
// cannot be set.
bool confine(const worker::wire::WorkerLimits& limits);

}  // namespace qd::worker::child
