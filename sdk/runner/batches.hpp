// Rows as columnar batches, made hard to misuse: absent values hold rubbish, and once the last
// batch has been consumed the texts do as well.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "runner/feed.hpp"

namespace quarterday::runner {

// The run's dictionary: a code keeps its meaning, and there are only ever more.
class Words {
 public:
  std::uint32_t code(const std::string& text);
  const std::string& text(std::uint32_t code) const { return texts_[code]; }
  std::size_t size() const { return texts_.size(); }
  // The family's copy of a text; stays where it is.
  const char* lent(std::uint32_t code) const { return lent_[code].c_str(); }
  // Whoever kept a pointer beyond its batch reads rubbish, in every run and not only under a
  // sanitizer.
  void scribble();

 private:
  std::deque<std::string> texts_, lent_;
  std::map<std::string, std::uint32_t> codes_;
};

class LentBatch {
 public:
  // rows[from, until) of the input with this index.
  LentBatch(const qd_family& family, std::uint32_t input, const std::vector<TypedRow>& rows,
            std::size_t from, std::size_t until, Words& words);
  LentBatch(const LentBatch&) = delete;
  LentBatch& operator=(const LentBatch&) = delete;

  const qd_batch& batch() const { return batch_; }

 private:
  struct ColumnMemory {
    std::vector<std::uint64_t> valid;
    std::vector<std::int64_t> wide;
    std::vector<std::int32_t> days;
    std::vector<std::uint32_t> codes;
  };
  void fill(ColumnMemory& memory, std::size_t column, std::size_t row, const Value& value,
            Words& words);
  const void* values_of(const ColumnMemory& memory, std::int32_t type) const;

  const qd_input_spec& spec_;
  std::vector<ColumnMemory> memory_;
  std::vector<qd_column> columns_;
  std::vector<std::int64_t> ids_;
  std::vector<const char*> dictionary_;
  qd_batch batch_ = {};
};

}  // namespace quarterday::runner
