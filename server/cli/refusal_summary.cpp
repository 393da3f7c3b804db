#include "server/cli/refusal_summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace qd::cli {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The sentence without what differs from line to line: what is quoted, and numbers.
std::string without_values(const std::string& sentence) {
  std::string kept;
  bool quoted = false;
  for (const char c : sentence) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && !is_digit(c)) kept += c;
  }
  return kept;
}

std::string key_of(const capture::Refusal& refusal) {
  return fmt::format("{}\n{}\n{}\n{}\n{}", refusal.file, refusal.sheet, refusal.heading,
                     code_text(refusal.error.code), without_values(refusal.error.message));
}

}  // namespace

std::string refusal_text(const capture::Refusal& refusal) {
  std::string place = refusal.file;
  if (!refusal.sheet.empty()) place += fmt::format("[{}]", refusal.sheet);
  if (refusal.line > 0) place += fmt::format(":{}", refusal.line);
  if (refusal.column > 0) place += fmt::format(":{}", refusal.column);
  if (!refusal.heading.empty()) place += " " + refusal.heading;
  const auto hint = refusal.error.hint.empty() ? "" : fmt::format(" ({})", refusal.error.hint);
  return fmt::format("{}: {}{}", place, refusal.error.message, hint);
}

void RefusalSummary::add(const capture::Refusal& refusal) {
  const auto key = key_of(refusal);
  const auto known = by_key_.find(key);
  if (known == by_key_.end() && causes_.size() == kMostCauses) {
    ++beyond_;
    return;
  }
  if (known == by_key_.end()) {
    by_key_[key] = causes_.size();
    causes_.push_back({refusal_text(refusal), {}, 1});
    return;
  }
  auto& cause = causes_[known->second];
  ++cause.n;
  if (cause.lines.size() < kLinesNamed) cause.lines.push_back(refusal.line);
}

std::vector<std::string> RefusalSummary::texts() const {
  std::vector<std::string> texts;
  for (const auto& cause : causes_) {
    texts.push_back(cause.first);
    if (cause.n == 1) continue;
    const auto others = cause.n - 1;
    texts.back() +=
        fmt::format("\n  and {} more like it: line{} {}{}", others, others == 1 ? "" : "s",
                    fmt::join(cause.lines, ", "), others > cause.lines.size() ? ", …" : "");
  }
  if (beyond_ > 0) texts.push_back(fmt::format("and {} refusals of other causes", beyond_));
  return texts;
}

}  // namespace qd::cli
