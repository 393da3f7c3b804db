#include "server/composition/service_manager.hpp"

#include <systemd/sd-daemon.h>

namespace qd::composition {
namespace {

void tell(const std::string& state) { static_cast<void>(sd_notify(0, state.c_str())); }

}  // namespace

void ServiceManager::tell_ready(const std::string& state) { tell("READY=1\nSTATUS=" + state); }
void ServiceManager::tell_stopping() { tell("STOPPING=1\nSTATUS=answers are being finished"); }
void ServiceManager::tell_alive() { tell("WATCHDOG=1"); }

std::optional<std::chrono::milliseconds> ServiceManager::patience() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::milliseconds(microseconds / 1000);
}

}  // namespace qd::composition
