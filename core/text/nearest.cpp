#include "core/text/nearest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

namespace qd::text {
namespace {

constexpr std::size_t kLongestWord = 64;  // nothing known is longer, and distance() is quadratic
constexpr std::size_t kMostNamed = 20;

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

// Optimal string alignment: insert, delete, replace, swap of neighbours, each 1; capitals aside.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string lowered(std::string_view word) {
  std::string text(word.substr(0, kLongestWord));
  std::transform(text.begin(), text.end(), text.begin(), lower);
  return text;
}

// Each once, in the order given.
std::vector<std::string> distinct(const std::vector<std::string>& words) {
  std::vector<std::string> found;
  for (const auto& word : words)
    if (std::find(found.begin(), found.end(), word) == found.end()) found.push_back(word);
  return found;
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  const std::string* best = nullptr;
  const auto typed = lowered(word);
  std::size_t least = typed.size() / 2 + 1;
  for (const auto& candidate : known) {
    const auto d = distance(typed, lowered(candidate));
    if (d >= least) continue;
    least = d;
    best = &candidate;
  }
  return best == nullptr ? std::string{} : *best;
}

std::string nearest_hint(std::string_view word, const std::vector<std::string>& known) {
  const auto best = nearest(word, known);
  if (!best.empty()) return fmt::format("did you mean '{}'?", best);
  auto named = distinct(known);
  if (named.empty()) return "none is known yet";
  const auto n = named.size();
  named.resize(std::min(n, kMostNamed));
  const auto others = n > kMostNamed ? fmt::format(" and {} more", n - kMostNamed) : "";
  return fmt::format("known are: {}{}", fmt::join(named, ", "), others);
}

}  // namespace qd::text
