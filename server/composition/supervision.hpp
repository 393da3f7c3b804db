// What whoever started the program and looks after it is told (systemd), if there is anybody.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace qd::composition::supervision {

// It is there for who looks, also while it still waits for something; `state` says for what.
void tell_ready(const std::string& state);
void tell_stopping();
void tell_alive();
// How long it may stay silent before it is taken for dead; nullopt: nobody listens.
std::optional<std::chrono::milliseconds> patience();

}  // namespace qd::composition::supervision
