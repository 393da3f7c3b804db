// quarterday/family.hpp: write an indicator family as one class with one
// function, row().
//
//   #include <quarterday/family.hpp>
//   #include "repairs_names.hpp"  // made of the declaration, repairs.toml
//
//   class Repairs final : public quarterday::Family {
//     void row(const quarterday::Row& row) override { … count(…); }
//   };
//   QUARTERDAY_FAMILY(Repairs, repairs_names::kId, repairs_names::kVersion)
//
// One object is made for each run and lives on the thread that drives it. What
// is counted adds up here, is emitted sorted, and is traced by itself when
// somebody asks for an explanation, so a family says nothing twice. Throw
// BadInput when the input breaks its promise; anything thrown ends the run with
// a sentence.
#pragma once

#include <quarterday/plugin.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <quarterday/cells.hpp>
#include <quarterday/exact.hpp>
#include <quarterday/row.hpp>
#include <quarterday/working_days.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace quarterday {

// The input breaks what its declaration promises; the run ends with
// QD_BAD_INPUT and this sentence.
struct BadInput : std::runtime_error {
  using std::runtime_error::runtime_error;
};

namespace detail {

// The host refused facts or wants no answer any more; its status is handed back
// unchanged.
struct Stopped {
  qd_status status;
};

template <class FamilyClass>
struct Entry;

// An element of an array of the host, whose elements may be larger than those
// known here.
template <class T>
const T& strided(const T* first, std::size_t stride, std::size_t index) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(first) + index * stride);
}

}  // namespace detail

// Indices of some of a run's readings; kinds are distinct, so there are at most
// three.
class Readings {
 public:
  void add(std::uint32_t reading) { indices_[size_++] = reading; }
  const std::uint32_t* begin() const { return indices_; }
  const std::uint32_t* end() const { return indices_ + size_; }
  bool empty() const { return size_ == 0; }

 private:
  static constexpr std::size_t kMost = 3;
  std::uint32_t indices_[kMost] = {};
  std::size_t size_ = 0;
};

class Family {
 public:
  virtual ~Family() = default;

 protected:
  // ---- What a family writes.
  // ------------------------------------------------------------------

  virtual void begin() {}                                  // before the first row: read options
  virtual void row(const Row&) {}                          // each row of each input, any order
  virtual void batch(const Batch& batch) { rows(batch); }  // for speed: many rows at once
  virtual void finish() {}                                 // after the last row, before the facts

  // ---- What it may ask.
  // -----------------------------------------------------------------------

  std::uint32_t n_readings() const { return static_cast<std::uint32_t>(run_->n_readings); }
  const qd_reading& reading(std::uint32_t index) const {
    return detail::strided(run_->readings, run_->reading_stride, index);
  }
  // The readings that contain this day; none for a day that is not recorded.
  Readings readings_with(std::optional<qd_date> day) const;
  // The readings that share at least one day with [from, until).
  Readings readings_sharing(qd_date from, qd_date until) const;

  // The local day of the newest thing this run knows.
  qd_date known_until() const { return run_->known_until; }

  // Definitions that are in force on some day of the readings, declared or
  // written by others.
  std::size_t n_definitions() const { return run_->n_definitions; }
  const qd_definition& definition(DefinitionIndex definition) const {
    return detail::strided(run_->definitions, run_->definition_stride, definition.index());
  }
  // A parameter of its rule; nullopt when it states none of that key.
  std::optional<std::string_view> parameter(DefinitionIndex definition, std::string_view key) const;
  // The version of an indicator that holds on the last day of a reading;
  // nullopt: none does.
  std::optional<DefinitionIndex> in_force(Indicator indicator, std::uint32_t reading) const;

  // The setting of a declared option, or its default; nullopt when there is
  // neither. The others throw BadInput then, and for what is not of their kind.
  std::optional<std::string_view> option(const char* key) const;
  std::int64_t option_whole(const char* key) const;
  Number option_number(const char* key) const;
  bool option_yes(const char* key) const;

  // Throws BadInput when the host has none.
  WorkingDays working_days() const;

  // The text of a code that remember() was told, or that the batch now being
  // consumed knows.
  std::string_view text(Code code) const;
  // Keeps the text of a code beyond its batch. count() and member() do so for
  // areas.
  void remember(Code code);
  // The number of a breakdown such as "age=65+;sex=F" (keys sorted).
  std::uint32_t breakdown(std::string_view text);
  const std::string& breakdown_text(std::uint32_t number) const { return breakdowns_[number]; }

  // ---- What it says.
  // --------------------------------------------------------------------------

  // Adds to a cell, and says that the row at hand went into it.
  void count(const Cell& cell, const Part& part) { count(cell, part, source_); }
  // The same for a row seen before (Row::source); Source{} names none.
  void count(const Cell& cell, const Part& part, const Source& source);
  // One case: denominator 1, numerator 1 if it is one of those sought.
  void count_case(const Cell& cell, bool sought) { count(cell, Part{sought, 1, 1}); }
  // The same in every reading that contains the day.
  void count_case(Measure measure, std::optional<qd_date> day, Code area, bool sought) {
    for (const auto reading : readings_with(day)) count_case({measure, reading, area}, sought);
  }
  // One value of a sample (QD_QUANTILE), of which the host takes the
  // percentile.
  void sample(const Cell& cell, Number value);
  // One member of a distinct count, e.g. a person; adding it again changes
  // nothing.
  void member(const Cell& cell, Code code) { member(cell, code, source_); }
  void member(const Cell& cell, Code code, const Source& source);
  // Says "none here, as far as is known", which is not the same as saying
  // nothing.
  void none(const Cell& cell);
  void none(Measure measure, std::optional<qd_date> day, Code area) {
    for (const auto reading : readings_with(day)) none({measure, reading, area});
  }
  // Says that one more record went into a cell, without adding to it.
  void trace(const Cell& cell, const Source& source) const;
  bool tracing() const { return run_->trace != nullptr; }

  // Something about data quality a person should see. Equal notes are counted
  // by the host.
  void note(const char* message) const { run_->note(run_, message); }
  void note(const std::string& message) const { note(message.c_str()); }
  // The same where it must be seen beside the figures, e.g. a limit that is
  // passed.
  void finding(const std::string& message) const { run_->finding(run_, message.c_str()); }

  // For families that keep their own sums: emits now, as plugin.h says. Does
  // not trace.
  void emit(const std::vector<qd_fact>& facts) const;

  void rows(const Batch& batch);  // calls row() for each

 private:
  template <class>
  friend struct detail::Entry;

  void attach(const qd_run* run);
  void consume(const qd_batch& batch);
  void emit_cells();
  std::optional<Cell> resolved(const Cell& cell) const;
  std::vector<std::uint32_t> sorted_cells() const;
  static void append_facts(const Family& family, Sum& sum, std::vector<qd_fact>& facts);
  qd_fact fact_of(const Cell& cell, const Part& part) const;

  static constexpr std::uint32_t kNone = UINT32_MAX;

  const qd_run* run_ = nullptr;
  const Batch* batch_ = nullptr;
  std::vector<std::uint32_t> in_force_;  // by indicator and reading: a definition, or kNone
  Source source_;
  Cells cells_;
  std::vector<std::string> texts_;  // by code; "" for those not remembered
  std::vector<std::string> breakdowns_{""};
  std::unordered_map<std::string, std::uint32_t> breakdown_numbers_{{"", 0}};
};

}  // namespace quarterday

#include <quarterday/entry.hpp>
#include <quarterday/family_inline.hpp>
