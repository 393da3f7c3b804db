// What the host offers a family beyond the seam's header.
#pragma once

namespace qd::worker::child {

// The extension of that name and revision; nullptr: there is none. It stays for good.
const void* host_extension(const char* id);

}  // namespace qd::worker::child
