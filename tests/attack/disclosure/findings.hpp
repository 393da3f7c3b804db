// Which populations are tried, and what was found of them.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "tests/attack/disclosure/told_year.hpp"

namespace qd::test {

using Seeds = std::vector<int>;

inline Seeds first_seeds(int n) {
  Seeds seeds(static_cast<std::size_t>(n));
  std::iota(seeds.begin(), seeds.end(), 1);
  return seeds;
}

// The first so many, and those in which something was once found; with QUARTERDAY_ATTACK=full
// 1,000, with QUARTERDAY_ATTACK=47,225 those two.
inline Seeds populations(int n_first, const Seeds& found_once) {
  const char* how = std::getenv("QUARTERDAY_ATTACK");
  if (how != nullptr && std::string(how) == "full") return first_seeds(1000);
  Seeds seeds = how == nullptr ? first_seeds(n_first) : Seeds{};
  if (how == nullptr) seeds.insert(seeds.end(), found_once.begin(), found_once.end());
  std::istringstream named(how == nullptr ? "" : how);
  for (std::string seed; std::getline(named, seed, ',');) seeds.push_back(std::stoi(seed));
  return seeds;
}

struct Findings {
  int n_populations = 0, n_attacked = 0;
  std::vector<std::string> found;

  std::string text() const {
    std::string all = std::to_string(n_attacked) + " of " + std::to_string(n_populations);
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 20); ++i)
      all += "\n" + found[i];
    return all;
  }
};

enum class Until { kAll, kFirst };

// Which population is reported in which way.
using Ways = Reported (*)(int seed);
inline Reported in_time(int seed) {
  return seed % 2 == 0 ? Reported::kTwoQuarters : Reported::kQuarterAndYear;
}
inline Reported again(int seed) {
  return seed % 2 == 0 ? Reported::kMoreLater : Reported::kFewerLater;
}

// attack: what it finds of the population of a seed.
inline Findings attacked(const Seeds& seeds, Until until,
                         const std::function<std::vector<std::string>(int seed)>& attack) {
  Findings findings;
  for (const int seed : seeds) {
    if (until == Until::kFirst && findings.n_attacked > 0) break;
    const auto found = attack(seed);
    ++findings.n_populations;
    findings.n_attacked += found.empty() ? 0 : 1;
    for (const auto& text : found)
      findings.found.push_back("population " + std::to_string(seed) + ": " + text);
  }
  return findings;
}

}  // namespace qd::test
