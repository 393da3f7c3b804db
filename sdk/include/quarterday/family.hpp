// quarterday/family.hpp: write an indicator family as one class with one function, row().
//
//   class Repairs final : public quarterday::Family {
//     void row(const quarterday::Row& row) override { … count(…); }
//   };
//   QUARTERDAY_FAMILY(Repairs, "repairs", "1.0.0", "Repairs", kInputs, kIndicators)
//
// One object is made for each run and lives on the thread that drives it. What is counted adds up
// here, is emitted sorted, and is traced by itself when somebody asks for an explanation, so a
// family says nothing twice. Throw BadInput when the input breaks its promise; anything thrown
// ends the run with a sentence.
#pragma once

#include <quarterday/plugin.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <quarterday/cells.hpp>
#include <quarterday/declare.hpp>
#include <quarterday/exact.hpp>
#include <quarterday/row.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace quarterday {

// The input breaks what its declaration promises; the run ends with QD_BAD_INPUT and this sentence.
struct BadInput : std::runtime_error {
  using std::runtime_error::runtime_error;
};

namespace detail {

// The host refused facts or wants no answer any more; its status is handed back unchanged.
struct Stopped {
  qd_status status;
};

template <class FamilyClass>
struct Entry;

}  // namespace detail

// Indices of some of a run's readings; kinds are distinct, so there are at most three.
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
  // Hide it with `true` in a family whose indicators may be data (qd_run.definitions).
  static constexpr bool kTakesDefinitions = false;

  virtual ~Family() = default;

 protected:
  // ---- What a family writes. ------------------------------------------------------------------

  virtual void begin() {}                                  // before the first row: read options
  virtual void row(const Row&) {}                          // each row of each input, any order
  virtual void batch(const Batch& batch) { rows(batch); }  // for speed: many rows at once
  virtual void finish() {}                                 // after the last row, before the facts

  // ---- What it may ask. -----------------------------------------------------------------------

  std::uint32_t n_readings() const { return static_cast<std::uint32_t>(run_->n_readings); }
  const qd_reading& reading(std::uint32_t index) const { return run_->readings[index]; }
  // The readings that contain this day; none for a day that is not recorded.
  Readings readings_with(std::optional<qd_date> day) const;
  // The readings that share at least one day with [from, until).
  Readings readings_sharing(qd_date from, qd_date until) const;

  std::size_t n_definitions() const { return run_->n_definitions; }
  const qd_definition& definition(std::size_t index) const { return run_->definitions[index]; }
  std::uint32_t indicator_of_definition(std::size_t index) const {
    return static_cast<std::uint32_t>(n_indicators_ + index);
  }

  // A setting from the configuration; nullopt when unset. option_number throws BadInput on text.
  std::optional<std::string_view> option(const char* key) const;
  std::int64_t option_number(const char* key, std::int64_t unset) const;

  // The text of a code that remember() was told, or that the batch now being consumed knows.
  std::string_view text(Code code) const;
  // Keeps the text of a code beyond its batch. count() and member() do so for areas.
  void remember(Code code);
  // The number of a breakdown such as "age=65+;sex=F" (keys sorted).
  std::uint32_t breakdown(std::string_view text);
  const std::string& breakdown_text(std::uint32_t number) const { return breakdowns_[number]; }

  // ---- What it says. --------------------------------------------------------------------------

  // Adds to a cell, and says that the row at hand went into it.
  void count(const Cell& cell, const Part& part) { count(cell, part, source_); }
  // The same for a row seen before (Row::source); Source{} names none.
  void count(const Cell& cell, const Part& part, const Source& source);
  // One case: denominator 1, numerator 1 if it is one of those sought.
  void count_case(const Cell& cell, bool sought) { count(cell, Part{sought, 1, 1}); }
  // One member of a distinct count, e.g. a person; adding it again changes nothing.
  void member(const Cell& cell, Code code) { member(cell, code, source_); }
  void member(const Cell& cell, Code code, const Source& source);
  // Says "none here, as far as is known", which is not the same as saying nothing.
  void none(const Cell& cell);
  // Says that one more record went into a cell, without adding to it.
  void trace(const Cell& cell, const Source& source) const;
  bool tracing() const { return run_->trace != nullptr; }

  // Something about data quality a person should see. Equal notes are counted by the host.
  void note(const char* message) const { run_->note(run_, message); }
  void note(const std::string& message) const { note(message.c_str()); }

  // For families that keep their own sums: emits now, as plugin.h says. Does not trace.
  void emit(const std::vector<qd_fact>& facts) const;

  void rows(const Batch& batch);  // calls row() for each

 private:
  template <class>
  friend struct detail::Entry;

  void consume(const qd_batch& batch);
  void emit_cells();
  std::vector<std::uint32_t> sorted_cells() const;
  static void append_facts(const Family& family, Sum& sum, std::vector<qd_fact>& facts);
  qd_fact fact_of(const Cell& cell, const Part& part) const;

  const qd_run* run_ = nullptr;
  const Batch* batch_ = nullptr;
  std::size_t n_indicators_ = 0;
  Source source_;
  Cells cells_;
  std::vector<std::string> texts_;  // by code; "" for those not remembered
  std::vector<std::string> breakdowns_{""};
  std::unordered_map<std::string, std::uint32_t> breakdown_numbers_{{"", 0}};
};

// ---- The rest is how it works. ------------------------------------------------------------------

inline Readings Family::readings_with(std::optional<qd_date> day) const {
  return day ? readings_sharing(*day, *day + 1) : Readings{};
}

inline Readings Family::readings_sharing(qd_date from, qd_date until) const {
  Readings found;
  for (std::uint32_t i = 0; i < n_readings(); ++i)
    if (from < reading(i).until && reading(i).from < until) found.add(i);
  return found;
}

inline std::optional<std::string_view> Family::option(const char* key) const {
  const char* value = run_->option(run_, key);
  if (value == nullptr) return std::nullopt;
  return std::string_view(value);
}

inline std::int64_t Family::option_number(const char* key, std::int64_t unset) const {
  const auto text = option(key);
  if (!text) return unset;
  const auto number = parse_number(*text);
  if (number && number->is_whole()) return number->whole_part();
  throw BadInput(std::string("option ") + key + " is '" + std::string(*text) +
                 "': write a whole number");
}

inline std::string_view Family::text(Code code) const {
  if (code < texts_.size() && !texts_[code].empty()) return texts_[code];
  if (batch_ != nullptr && code < batch_->dictionary_size()) return batch_->text(code);
  throw std::logic_error("the text of a code was asked for after its batch: remember() it");
}

inline void Family::remember(Code code) {
  if (code >= texts_.size()) texts_.resize(code + code / 2 + 64);
  if (texts_[code].empty() && batch_ != nullptr) texts_[code] = batch_->text(code);
}

inline std::uint32_t Family::breakdown(std::string_view text) {
  const auto next = static_cast<std::uint32_t>(breakdowns_.size());
  const auto [found, is_new] = breakdown_numbers_.try_emplace(std::string(text), next);
  if (is_new) breakdowns_.emplace_back(text);
  return found->second;
}

inline void Family::count(const Cell& cell, const Part& part, const Source& source) {
  remember(cell.area);
  cells_.add(cell, part);
  trace(cell, source);
}

inline void Family::member(const Cell& cell, Code code, const Source& source) {
  remember(cell.area);
  cells_.at(cell).members.push_back(code);
  trace(cell, source);
}

inline void Family::none(const Cell& cell) {
  remember(cell.area);
  cells_.add(cell, Part{0, 0, 0});
}

inline void Family::trace(const Cell& cell, const Source& source) const {
  if (!tracing() || source.row < 0) return;
  const qd_fact part = fact_of(cell, Part{});
  run_->trace(run_, &part, source.input, source.row);
}

inline void Family::emit(const std::vector<qd_fact>& facts) const {
  if (run_->cancelled(run_) != 0) throw detail::Stopped{QD_CANCELLED};
  const qd_status status = run_->emit(run_, facts.data(), facts.size());
  if (status != QD_OK) throw detail::Stopped{status};
}

inline void Family::rows(const Batch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Row row_i(batch, i);
    source_ = row_i.source();
    row(row_i);
  }
  source_ = Source{};
}

inline void Family::consume(const qd_batch& raw) {
  if (run_->cancelled(run_) != 0) throw detail::Stopped{QD_CANCELLED};
  const Batch view(raw);
  batch_ = &view;
  batch(view);
  batch_ = nullptr;
}

inline qd_fact Family::fact_of(const Cell& cell, const Part& part) const {
  qd_fact fact = {};
  fact.indicator = cell.indicator;
  fact.reading = cell.reading;
  fact.area = text(cell.area).data();
  fact.breakdown = breakdowns_[cell.breakdown].c_str();
  fact.numerator = part.numerator.millionths();
  fact.denominator = part.denominator.millionths();
  fact.n = part.n;
  fact.population = part.population;
  fact.null_reason = part.null_reason;
  fact.flags = part.flags;
  return fact;
}

inline std::vector<std::uint32_t> Family::sorted_cells() const {
  const auto& sums = cells_.sums();
  const auto key = [&](std::uint32_t i) {
    const Cell& cell = sums[i].cell;
    return std::make_tuple(cell.indicator, cell.reading, text(cell.area),
                           std::string_view(breakdowns_[cell.breakdown]));
  };
  std::vector<std::uint32_t> order(sums.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  return order;
}

inline void Family::append_facts(const Family& family, Sum& sum, std::vector<qd_fact>& facts) {
  std::sort(sum.members.begin(), sum.members.end());
  sum.members.erase(std::unique(sum.members.begin(), sum.members.end()), sum.members.end());
  if (!sum.value.empty() || !sum.members.empty()) {
    qd_fact fact = family.fact_of(sum.cell, sum.value.sum());
    if (!sum.members.empty()) fact.n = -1;  // members are counted, not cases
    fact.members = sum.members.data();
    fact.n_members = sum.members.size();
    facts.push_back(fact);
  }
  if (!sum.no_value.empty()) facts.push_back(family.fact_of(sum.cell, sum.no_value.sum()));
}

inline void Family::emit_cells() {
  constexpr std::size_t kAtOnce = 4096;  // so that a cancelled run stops soon
  std::vector<qd_fact> facts;
  for (const std::uint32_t i : sorted_cells()) {
    append_facts(*this, cells_.sums()[i], facts);
    if (facts.size() < kAtOnce) continue;
    emit(facts);
    facts.clear();
  }
  if (!facts.empty()) emit(facts);
}

}  // namespace quarterday

#include <quarterday/entry.hpp>
