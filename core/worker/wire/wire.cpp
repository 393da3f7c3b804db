#include "core/worker/wire/wire.hpp"

namespace qd::worker::wire {

void Encoder::text(std::string_view text) {
  number<std::uint64_t>(text.size());
  bytes_.append(text);
}

std::string Decoder::text() {
  const auto bytes = take(elements(1));
  return {bytes.data(), bytes.size()};
}

std::size_t Decoder::elements(std::size_t at_least_bytes) {
  const auto count = number<std::uint64_t>();
  if (count <= rest_.size() / at_least_bytes) return static_cast<std::size_t>(count);
  intact_ = false;
  return 0;
}

std::span<const char> Decoder::take(std::size_t count) {
  if (!intact_ || count > rest_.size()) {
    intact_ = false;
    return {};
  }
  const auto bytes = rest_.first(count);
  rest_ = rest_.subspan(count);
  return bytes;
}

}  // namespace qd::worker::wire
