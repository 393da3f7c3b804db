// The worker process, as the program starts it.
#pragma once

namespace qd::worker::child {

// The worker's side: what `quarterday worker` runs; reads requests from in_fd, answers on out_fd.
// Exit code 0 unless the channel itself broke.
int worker_main(int in_fd, int out_fd);

}  // namespace qd::worker::child
