#include "core/capture/csv/seen_keys.hpp"

#include <sodium.h>

#include <cstring>

namespace qd::capture::csv {

static_assert(crypto_shorthash_siphashx24_KEYBYTES == 16);
static_assert(crypto_shorthash_siphashx24_BYTES == 16);

SeenKeys::SeenKeys(const TableSpec& table) : entries_(1024) {
  for (std::size_t i = 0; i < table.n_key; ++i) types_.push_back(table.columns[i].type());
  [[maybe_unused]] const int started = sodium_init();  // does nothing the second time
  randombytes_buf(secret_.data(), secret_.size());
}

std::optional<std::uint64_t> SeenKeys::meet(std::span<const tables::Cell> cells,
                                            std::uint64_t place) {
  write_key(cells);
  unsigned char hash[16];
  crypto_shorthash_siphashx24(hash, key_.data(), key_.size(), secret_.data());
  std::uint64_t halves[2];
  std::memcpy(halves, hash, sizeof halves);
  Entry& entry = slot(halves[0], halves[1]);
  if (entry.place != kFree) return entry.place;
  entry = {halves[0], halves[1], place};
  if (++n_ * 3 > entries_.size() * 2) grow();
  return std::nullopt;
}

// Values and not texts: 1 and 01 are the same key. Lengths keep neighbours apart.
void SeenKeys::write_key(std::span<const tables::Cell> cells) {
  key_.clear();
  for (std::size_t i = 0; i < types_.size(); ++i) {
    const bool text = types_[i] == ColumnType::kText;
    const std::int64_t value =
        text ? static_cast<std::int64_t>(cells[i].text.size()) : cells[i].value;
    const auto* bytes = reinterpret_cast<const unsigned char*>(&value);
    key_.insert(key_.end(), bytes, bytes + sizeof value);
    if (text) key_.insert(key_.end(), cells[i].text.begin(), cells[i].text.end());
  }
}

SeenKeys::Entry& SeenKeys::slot(std::uint64_t high, std::uint64_t low) {
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = static_cast<std::size_t>(high) & mask;
  while (entries_[at].place != kFree && (entries_[at].high != high || entries_[at].low != low)) {
    at = (at + 1) & mask;
  }
  return entries_[at];
}

void SeenKeys::grow() {
  std::vector<Entry> old(entries_.size() * 2);
  old.swap(entries_);
  for (const Entry& entry : old) {
    if (entry.place != kFree) slot(entry.high, entry.low) = entry;
  }
}

}  // namespace qd::capture::csv
