// What a house shows to the network: the API behind an edge.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "server/composition/composition.hpp"

namespace qd::composition {

class Front {
 public:
  // Listens as `configuration` says. schedule_is_started: asked when somebody asks whether the
  // server is ready; empty: it makes no returns. Errors: kListenRefused. The house outlives it.
  static Result<std::unique_ptr<Front>> open(House& house, const Configuration& configuration,
                                             std::function<bool()> schedule_is_started = {});
  ~Front();  // stops at once

  std::uint16_t port() const;
  // Does it once a thread that answers is free: never, where they all hang.
  void when_answering(std::function<void()> work);
  // Takes no more connections, lets requests that are being answered finish, at most so long.
  void stop(std::chrono::milliseconds grace);

 private:
  struct Parts;
  explicit Front(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace qd::composition
