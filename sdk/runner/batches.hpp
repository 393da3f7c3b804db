// Rows as columnar batches, made hard to misuse: every batch has memory of its own, which is
// scribbled over when it has been consumed, and absent values hold rubbish.
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

 private:
  std::deque<std::string> texts_;
  std::map<std::string, std::uint32_t> codes_;
};

class LentBatch {
 public:
  // rows[from, until) of the input with this index.
  LentBatch(const qd_family& family, std::uint32_t input, const std::vector<TypedRow>& rows,
            std::size_t from, std::size_t until, Words& words);
  ~LentBatch();
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
  std::vector<std::string> texts_;
  std::vector<const char*> dictionary_;
  qd_batch batch_ = {};
};

}  // namespace quarterday::runner
