// quarterday/counted.hpp: observations that were counted for a period of their own (a month's
// repairs, the state on the last day of a quarter), and what they give for a reading.
//
// A record that covers exactly the reading stands alone. Else:
//   kFlow, kSurvey  the records inside the reading are added up
//   kSnapshot       the latest record taken inside it stands
//   kRate           events inside it are added up, over the stock of the latest record
// Where records overlap, longer ones are taken first, so nothing is counted twice. A mean of
// percentages is never taken. Free of state, safe on any thread.
#pragma once

#include <quarterday/plugin.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <quarterday/cells.hpp>
#include <stdexcept>
#include <tuple>
#include <vector>

namespace quarterday {

enum class Rule { kFlow, kSnapshot, kRate, kSurvey };

struct Counted {
  qd_date from = 0, until = 0;  // half-open; a snapshot is the state on the day before `until`
  std::int64_t version = 1;     // of the definition it was counted by
  Part part;                    // null_reason set: it is known that the figures are missing
  Source source;
};

struct Answer {
  Part part;  // QD_PROVISIONAL: records for a part of the reading are missing
  std::vector<const Counted*> from;  // those that went in, by date
  bool overlap = false;              // records cut across each other; the shorter were left out
  bool too_large = false;            // their sum cannot be kept exactly: not available
};

namespace detail {

inline auto record_order(const Counted& c) {
  return std::make_tuple(c.from, c.until, c.version, c.part.null_reason == QD_HAS_VALUE,
                         c.part.numerator.millionths(), c.part.denominator.millionths());
}

// A record without figures leaves a gap; a denominator of 0 is a figure.
inline bool has_figures(const Counted& record) {
  return record.part.null_reason == QD_HAS_VALUE || record.part.null_reason == QD_ZERO_DENOMINATOR;
}

inline bool inside(const Counted& record, const qd_reading& reading) {
  return reading.from <= record.from && record.from < record.until && record.until <= reading.until;
}

inline bool covers(const Counted& record, const qd_reading& reading) {
  return record.from == reading.from && record.until == reading.until;
}

// The latest state known in the reading; several for the same day: of the shortest period.
inline void choose_snapshot(const std::vector<const Counted*>& sorted, const qd_reading& reading,
                            Answer& answer) {
  const Counted* latest = nullptr;
  for (const Counted* record : sorted) {
    if (record->until <= reading.from || record->until > reading.until) continue;
    if (latest == nullptr || record->until >= latest->until) latest = record;
  }
  if (latest != nullptr) answer.from = {latest};
}

inline bool nested(const Counted& a, const Counted& b) {
  return b.from <= a.from && a.until <= b.until;
}

// Longest first, each only if it shares no day with those taken.
inline void choose_disjoint(std::vector<const Counted*> records, Answer& answer) {
  std::stable_sort(records.begin(), records.end(), [](const Counted* a, const Counted* b) {
    return std::make_tuple(!has_figures(*a), b->until - b->from) <
           std::make_tuple(!has_figures(*b), a->until - a->from);
  });
  for (const Counted* record : records) {
    const auto clash =
        std::find_if(answer.from.begin(), answer.from.end(), [&](const Counted* taken) {
          return record->from < taken->until && taken->from < record->until;
        });
    if (clash == answer.from.end())
      answer.from.push_back(record);
    else
      answer.overlap |= !nested(*record, **clash) && has_figures(*record);
  }
  std::sort(answer.from.begin(), answer.from.end(),
            [](const Counted* a, const Counted* b) { return a->from < b->from; });
}

inline bool fills(const std::vector<const Counted*>& records, const qd_reading& reading) {
  qd_date day = reading.from;
  for (const Counted* record : records)
    if (has_figures(*record) && record->from == day) day = record->until;
  return day == reading.until;
}

// The sum of those with figures; without any, why there are none.
inline Part add_up(const std::vector<const Counted*>& records, Rule rule) {
  Total value, no_value;
  const Counted* latest = nullptr;
  for (const Counted* record : records) {
    const bool has_value = record->part.null_reason == QD_HAS_VALUE;
    (has_value ? value : no_value).add(record->part);
    if (has_value) latest = record;
  }
  if (value.empty()) return no_value.sum();
  Part part = value.sum();
  if (rule != Rule::kRate) return part;
  part.denominator = latest->part.denominator;
  part.population = latest->part.population;
  return part;
}

// One sum that is too large costs its own figure, not those of a whole run.
inline bool sum_up(Answer& answer, Rule rule) {
  try {
    answer.part = add_up(answer.from, rule);
  } catch (const std::overflow_error&) {
    answer.too_large = true;
    answer.part.null_reason = QD_NOT_AVAILABLE;
  }
  return !answer.too_large;
}

// Sorted, and of several versions for the same days only the latest.
inline std::vector<const Counted*> latest_versions(const std::vector<Counted>& records) {
  std::vector<const Counted*> sorted;
  sorted.reserve(records.size());
  for (const Counted& record : records) sorted.push_back(&record);
  std::sort(sorted.begin(), sorted.end(),
            [](const Counted* a, const Counted* b) { return record_order(*a) < record_order(*b); });
  std::vector<const Counted*> latest;
  for (const Counted* record : sorted) {
    if (!latest.empty() && latest.back()->from == record->from &&
        latest.back()->until == record->until)
      latest.pop_back();
    latest.push_back(record);
  }
  return latest;
}

}  // namespace detail

// What the records of one series say of a reading; nullopt when they say nothing.
// The order of the records does not matter; the answer points into them.
inline std::optional<Answer> answer_for(const std::vector<Counted>& records,
                                        const qd_reading& reading, Rule rule) {
  const auto sorted = detail::latest_versions(records);
  Answer answer;
  const auto exact = std::find_if(sorted.begin(), sorted.end(), [&](const Counted* record) {
    return detail::covers(*record, reading);
  });
  if (exact != sorted.end()) {
    answer.from = {*exact};
  } else if (rule == Rule::kSnapshot) {
    detail::choose_snapshot(sorted, reading, answer);
  } else {
    std::vector<const Counted*> within;
    for (const Counted* record : sorted)
      if (detail::inside(*record, reading)) within.push_back(record);
    detail::choose_disjoint(within, answer);
  }
  if (answer.from.empty()) return std::nullopt;

  if (!detail::sum_up(answer, rule)) return answer;
  const bool complete =
      rule == Rule::kSurvey || (rule == Rule::kSnapshot ? answer.from[0]->until == reading.until
                                                        : detail::fills(answer.from, reading));
  if (!complete && answer.part.null_reason == QD_HAS_VALUE) answer.part.flags |= QD_PROVISIONAL;
  return answer;
}

}  // namespace quarterday
