#include "core/capture/level_caps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

#include "core/tables/shipped_tables.hpp"

namespace qd::capture {
namespace {

constexpr std::int64_t kOpen = std::numeric_limits<std::int64_t>::max();

// Structure of engagement, appendix. Level 2 has a planning ceiling and no cap.
struct Cap {
  std::int64_t level, most;
};
constexpr Cap kCaps[] = {{3, LevelCaps::kCapOfLevel3}, {4, LevelCaps::kCapOfLevel4}};

const TableSpec& memberships_table() { return *tables::shipped_table("memberships"); }

}  // namespace

LevelCaps::LevelCaps()
    : person_(memberships_table().index_of("person")),
      level_(memberships_table().index_of("level")),
      opened_on_(memberships_table().index_of("opened_on")),
      closed_on_(memberships_table().index_of("closed_on")) {}

Result<LevelCaps> LevelCaps::read(ObservationStore& store) {
  LevelCaps caps;
  if (auto read = caps.read_uncounted(store); !read) return fail(read.error());
  if (auto read = caps.read_memberships(store); !read) return fail(read.error());
  return caps;
}

// Who sits on a panel by office takes nobody's place.
Result<void> LevelCaps::read_uncounted(ObservationStore& store) {
  Dictionary dictionary;
  const ScanRequest request{
      *tables::shipped_table("persons"), {"code", "relationship"}, Instant::max()};
  return store.scan(request, dictionary, [&](const Batch& batch) -> Result<void> {
    for (std::size_t row = 0; row < batch.n_rows; ++row) {
      const auto relationship = dictionary.text(batch.columns[1].codes[row]);
      if (relationship == "BOARD_MEMBER" || relationship == "STAFF")
        uncounted_.emplace(dictionary.text(batch.columns[0].codes[row]));
    }
    return {};
  });
}

Result<void> LevelCaps::read_memberships(ObservationStore& store) {
  Dictionary dictionary;
  const ScanRequest request{
      memberships_table(), {"person", "level", "opened_on", "closed_on"}, Instant::max()};
  return store.scan(request, dictionary, [&](const Batch& batch) -> Result<void> {
    const auto& columns = batch.columns;
    for (std::size_t row = 0; row < batch.n_rows; ++row) {
      const bool closed = columns[3].present(row);
      keep(columns[1].wide[row], dictionary.text(columns[0].codes[row]), columns[2].narrow[row],
           closed ? std::optional<std::int64_t>(columns[3].narrow[row]) : std::nullopt);
    }
    return {};
  });
}

// The last day belongs to the membership: one of a single day begins and ends on it.
void LevelCaps::keep(std::int64_t level, std::string_view person, std::int64_t from,
                     std::optional<std::int64_t> last) {
  by_level_[level][{std::string(person), from}] = last ? *last + 1 : kOpen;
}

void LevelCaps::take(std::span<const Cell> cells) {
  const Cell& closed = cells[closed_on_];
  const std::int64_t level = cells[level_].value;
  keep(level, cells[person_].text, cells[opened_on_].value,
       closed.present ? std::optional(closed.value) : std::nullopt);
  taken_into_[level] = true;
}

// Persons and not memberships: who belongs twice on one day is there once.
LevelCaps::Crowd LevelCaps::crowd_of(const Memberships& memberships, std::int64_t cap) const {
  std::vector<std::tuple<std::int64_t, int, const std::string*>> changes;  // leaving before joining
  for (const auto& [key, until] : memberships) {
    if (uncounted_.contains(key.first)) continue;
    changes.emplace_back(key.second, +1, &key.first);
    changes.emplace_back(until, -1, &key.first);
  }
  std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  Crowd crowd;
  std::map<std::string_view, int> present;
  for (const auto& [day, change, person] : changes) {
    const auto place = present.try_emplace(*person, 0).first;
    place->second += change;
    if (place->second == 0) present.erase(place);
    const auto now = static_cast<std::int64_t>(present.size());
    if (now > cap && crowd.most <= cap) crowd.first_day = day;
    crowd.most = std::max(crowd.most, now);
  }
  return crowd;
}

std::vector<std::string> LevelCaps::notes() const {
  std::vector<std::string> notes;
  for (const Cap& cap : kCaps) {
    const auto memberships = by_level_.find(cap.level);
    if (!taken_into_.contains(cap.level) || memberships == by_level_.end()) continue;
    const Crowd crowd = crowd_of(memberships->second, cap.most);
    if (crowd.most <= cap.most) continue;
    notes.push_back(fmt::format(
        "level {} has up to {} members at once, and {} may belong to it; the first day with more "
        "is {}",
        cap.level, crowd.most, cap.most,
        to_text(date_of(static_cast<std::int32_t>(crowd.first_day)))));
  }
  return notes;
}

}  // namespace qd::capture
