// Whether more people belong to a level of the pyramid of engagement than may, once the lines of a
// load are among them. It is worth a note: the load goes on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/ports/observation_store.hpp"
#include "core/tables/cells.hpp"

namespace qd::capture {

// One thread.
class LevelCaps {
 public:
  // Reads the memberships that are known now, and who of the persons does not count. Errors:
  // kStoreUnavailable.
  static Result<LevelCaps> read(ObservationStore& store);

  // cells: those of memberships.
  void take(std::span<const Cell> cells);
  // A sentence for each level with a cap that was taken into and is too full.
  std::vector<std::string> notes() const;

  static constexpr std::int64_t kCapOfLevel3 = 20;
  static constexpr std::int64_t kCapOfLevel4 = 12;

 private:
  // Of one level: first day and the day after the last, by person and first day.
  using Key = std::pair<std::string, std::int64_t>;
  using Memberships = std::map<Key, std::int64_t>;
  struct Crowd {
    std::int64_t most = 0;       // persons on one day
    std::int64_t first_day = 0;  // on which there are more than the cap
  };

  LevelCaps();
  Result<void> read_uncounted(ObservationStore& store);
  Result<void> read_memberships(ObservationStore& store);
  void keep(std::int64_t level, std::string_view person, std::int64_t from,
            std::optional<std::int64_t> last);
  Crowd crowd_of(const Memberships& memberships, std::int64_t cap) const;

  std::size_t person_, level_, opened_on_, closed_on_;  // columns of memberships
  std::unordered_set<std::string> uncounted_;
  std::map<std::int64_t, Memberships> by_level_;
  std::map<std::int64_t, bool> taken_into_;
};

}  // namespace qd::capture
