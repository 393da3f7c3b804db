#include "server/cli/terminal_progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace qd::cli {
namespace {

constexpr std::chrono::milliseconds kRedraw{100};
constexpr int kWidth = 20;

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

}  // namespace

std::string progress_line(std::string_view what, std::int64_t done, std::int64_t total) {
  if (total <= 0) return fmt::format("{} {}", what, grouped(done));
  const auto share = std::clamp<std::int64_t>(done * 100 / total, 0, 100);
  const auto filled = static_cast<std::size_t>(share * kWidth / 100);
  return fmt::format("{} [{}{}] {:3} %  {} of {}", what, std::string(filled, '#'),
                     std::string(kWidth - filled, '-'), share, grouped(done), grouped(total));
}

TerminalProgress::TerminalProgress() : on_terminal_(::isatty(STDERR_FILENO) == 1) {}

void TerminalProgress::at(std::string_view what, std::int64_t done, std::int64_t total) {
  const auto now = std::chrono::steady_clock::now();
  if (!on_terminal_ || (now < next_ && done != total)) return;
  next_ = now + kRedraw;
  drawn_ = true;
  fmt::print(stderr, "\r\x1b[K{}", progress_line(what, done, total));
}

void TerminalProgress::finished() {
  if (drawn_) fmt::print(stderr, "\r\x1b[K");
  drawn_ = false;
}

}  // namespace qd::cli
