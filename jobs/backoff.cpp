#include "jobs/backoff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace qd::jobs {
namespace {

// FNV-1a: the same on every machine, unlike std::hash.
std::uint64_t digest(std::uint64_t seed, std::string_view text) {
  std::uint64_t sum = 14695981039346656037ULL ^ seed;
  for (const char byte : text) sum = (sum ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  return sum;
}

}  // namespace

std::chrono::milliseconds wait_after(const Backoff& backoff, std::string_view run, int attempt) {
  constexpr int kMostDoublings = 30;  // beyond every cap, far from overflow
  const int doublings = std::clamp(attempt - 1, 0, kMostDoublings);
  const auto whole = std::min(backoff.cap, backoff.first * (std::int64_t{1} << doublings));
  std::mt19937_64 generator(digest(backoff.seed, fmt::format("{}#{}", run, attempt)));
  const auto half = static_cast<std::uint64_t>(whole.count() / 2);
  return whole - std::chrono::milliseconds(static_cast<std::int64_t>(generator() % (half + 1)));
}

Instant not_before(const Backoff& backoff, const ReturnRun& run) {
  if (run.state == ReturnState::kFailed) {
    const auto name = fmt::format("{}/{}/{}", run.schedule, run.period, run.revision);
    return run.claimed_at +
           wait_after(backoff, name, static_cast<int>(std::min<std::int64_t>(run.fence, 1000)));
  }
  if (run.state == ReturnState::kDelivered) return Instant{};
  return run.lease_until;
}

}  // namespace qd::jobs
