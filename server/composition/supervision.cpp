#include "server/composition/supervision.hpp"

#include <systemd/sd-daemon.h>

namespace qd::composition::supervision {
namespace {

void tell(const std::string& state) { static_cast<void>(sd_notify(0, state.c_str())); }

}  // namespace

void tell_ready(const std::string& state) { tell("READY=1\nSTATUS=" + state); }
void tell_stopping() { tell("STOPPING=1\nSTATUS=answers are being finished"); }
void tell_alive() { tell("WATCHDOG=1"); }

std::optional<std::chrono::milliseconds> patience() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::milliseconds(microseconds / 1000);
}

}  // namespace qd::composition::supervision
