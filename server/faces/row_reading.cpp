#include "server/faces/row_reading.hpp"

#include <fmt/format.h>

#include "core/text/text_rules.hpp"

namespace qd::faces {
namespace {

constexpr std::size_t kLongestReason = 500;

bool is_said(const std::optional<std::string>& reason) {
  return reason && reason->find_first_not_of(" \t") != std::string::npos;
}

Result<void> check(const RowReader& reader) {
  if (!reader.may_read_records)
    return fail(ErrorCode::kScopeMissing, "the key may not read the rows behind figures",
                "ask the operator for a key with the scope 'records'");
  if (reader.reason->size() > kLongestReason)
    return fail(ErrorCode::kParameterMalformed,
                fmt::format("reason: it is longer than {} bytes", kLongestReason),
                "say in a sentence what the rows are read for");
  if (!text::is_plain_text(*reader.reason))
    return fail(ErrorCode::kParameterMalformed, "reason: it is not plain text",
                "say in a sentence what the rows are read for");
  return {};
}

}  // namespace

Result<std::string> hand_out_rows(compute::Explanation& explanation, const RowReader& reader,
                                  ReadingLog& log, Instant now) {
  if (is_said(reader.reason))
    if (auto allowed = check(reader); !allowed) return fail(allowed.error());
  if (!reader.is_told_of_people) {
    explanation.rows.clear();
    explanation.n_rows.reset();
    explanation.difference.clear();
    return "it is a figure of people: this audience is given neither the rows behind it nor their "
           "number";
  }
  if (!is_said(reader.reason)) {
    explanation.rows.clear();
    return reader.may_read_records
               ? "rows are given to who says why they are read: reason=…"
               : "the key may not read rows; those that may have the scope 'records'";
  }
  RecordReading reading;
  reading.read_at = now;
  reading.reader = reader.name;
  reading.fact = explanation.figure.fact.id;
  reading.n_rows = static_cast<std::int64_t>(explanation.rows.size());
  reading.reason = *reader.reason;
  if (auto written = log.add(reading); !written) return fail(written.error());
  return std::string();
}

}  // namespace qd::faces
