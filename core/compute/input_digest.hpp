// What a run was computed from, as one SHA-256: the same rows give the same digest in whatever
// order, batches or database they come, and with whatever dictionary codes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/model/batch.hpp"
#include "core/model/family.hpp"

namespace qd::compute {

// Each row gets a 128-bit hash of its cells (not of its record number, which is the store's); the
// hashes of an input are added up, and the sums are digested with the names of table and columns
// and the number of rows. A sum, unlike XOR, also notices that a row is there twice. It tells
// accidental differences; someone who may choose rows freely could build two sets with one sum.
// Cost: about 0.15 s for 5 million rows of four columns.
class InputDigest {
 public:
  void begin_input(const FamilyInput& input);
  void add(const Batch& batch, const Dictionary& dictionary);

  std::int64_t n_rows() const { return n_rows_; }
  // 64 lower-case hexadecimal digits.
  std::string text() const;

 private:
  using Hash = std::array<std::uint64_t, 2>;
  struct Input {
    std::string names;
    std::uint64_t n_rows = 0;
    Hash sum{};
  };
  void learn_texts(const Dictionary& dictionary);
  void mix_column(const ColumnData& column);

  std::vector<Hash> texts_;  // by dictionary code
  std::vector<Hash> rows_;   // of the batch at hand
  std::vector<Input> inputs_;
  std::int64_t n_rows_ = 0;
};

}  // namespace qd::compute
