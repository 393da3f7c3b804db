// What the manager of services that started the program is told, if there is one (systemd).
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace qd::composition {

class ServiceManager {
 public:
  // It is there for who looks, also while it still waits for something; `state` says for what.
  static void tell_ready(const std::string& state);
  static void tell_stopping();
  static void tell_alive();
  // How long it may stay silent before it is taken for dead; nullopt: nobody listens.
  static std::optional<std::chrono::milliseconds> patience();
};

}  // namespace qd::composition
