#include "core/compute/input_digest.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include "core/model/digest.hpp"

namespace qd::compute {
namespace {

using Hash = std::array<std::uint64_t, 2>;

// Odd constants with about half their bits set; any two would serve.
constexpr Hash kSeed = {0x243F6A8885A308D3, 0x13198A2E03707344};
constexpr Hash kFactor = {0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F};
constexpr Hash kAbsent = {0xA4093822299F31D0, 0x082EFA98EC4E6C89};

// The same for ever: a digest is compared with those of earlier runs.
constexpr std::array<unsigned char, crypto_shorthash_siphashx24_KEYBYTES> kTextKey = {};

// One to one in `value` for a given state, so two rows that differ in one cell never meet.
inline void mix(Hash& row, std::uint64_t first, std::uint64_t second) {
  row[0] = (row[0] ^ first) * kFactor[0];
  row[1] = (row[1] ^ second) * kFactor[1];
  row[0] ^= row[0] >> 32;
  row[1] ^= row[1] >> 29;
}

inline std::uint64_t spread(std::uint64_t bits) {
  bits = (bits ^ (bits >> 33)) * 0xFF51AFD7ED558CCD;
  bits = (bits ^ (bits >> 33)) * 0xC4CEB9FE1A85EC53;
  return bits ^ (bits >> 33);
}

template <class ValueAt>
void mix_all(std::vector<Hash>& rows, const ColumnData& column, ValueAt value_at) {
  const bool all_present = column.valid.empty();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Hash value = all_present || column.present(i) ? value_at(i) : kAbsent;
    mix(rows[i], value[0], value[1]);
  }
}

Hash twice(std::uint64_t value) { return {value, value}; }

}  // namespace

void InputDigest::begin_input(const FamilyInput& input) {
  Input next;
  next.names = input.table.name;
  for (const auto& column : input.columns) next.names += ',' + column;
  inputs_.push_back(std::move(next));
}

void InputDigest::learn_texts(const Dictionary& dictionary) {
  while (texts_.size() < dictionary.size()) {
    const auto text = dictionary.text(static_cast<std::uint32_t>(texts_.size()));
    Hash hash;
    crypto_shorthash_siphashx24(reinterpret_cast<unsigned char*>(hash.data()),
                                reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                                kTextKey.data());
    texts_.push_back(hash);
  }
}

void InputDigest::mix_column(const ColumnData& column) {
  switch (column.type) {
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      return mix_all(rows_, column, [&](std::size_t i) {
        return twice(static_cast<std::uint64_t>(column.wide[i]));
      });
    case ColumnType::kDate:
      return mix_all(rows_, column, [&](std::size_t i) {
        return twice(static_cast<std::uint64_t>(std::int64_t{column.narrow[i]}));
      });
    case ColumnType::kText:
      return mix_all(rows_, column, [&](std::size_t i) { return texts_[column.codes[i]]; });
  }
}

void InputDigest::add(const Batch& batch, const Dictionary& dictionary) {
  learn_texts(dictionary);
  rows_.assign(batch.n_rows, kSeed);
  for (const ColumnData& column : batch.columns) mix_column(column);
  Input& input = inputs_.back();
  for (const Hash& row : rows_) {
    input.sum[0] += spread(row[0]);
    input.sum[1] += spread(row[1]);
  }
  input.n_rows += batch.n_rows;
  n_rows_ += static_cast<std::int64_t>(batch.n_rows);
}

std::string InputDigest::text() const {
  std::string all;
  for (const Input& input : inputs_)
    all += fmt::format("{}\n{}\n{:016x}{:016x}\n", input.names, input.n_rows, input.sum[0],
                       input.sum[1]);
  return sha256(all);
}

}  // namespace qd::compute
