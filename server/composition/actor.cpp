#include "server/composition/actor.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <array>

namespace qd::composition {
std::string machine() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "an unnamed machine";
}

std::string account() {
  const auto* known = ::getpwuid(::getuid());
  return known != nullptr ? fmt::format("user {}", known->pw_name)
                          : fmt::format("user {}", ::getuid());
}

std::string who_acts(const std::string& command) {
  return fmt::format("{} on {}, quarterday{}{}", account(), machine(), command.empty() ? "" : " ",
                     command);
}

}  // namespace qd::composition
