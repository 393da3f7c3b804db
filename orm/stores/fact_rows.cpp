#include "orm/stores/fact_rows.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace qd::orm {
namespace {

std::optional<Instant> instant(const rows::MaybeNumber& at) {
  return at ? std::optional(instant_of(*at)) : std::nullopt;
}
std::optional<Date> date(const rows::MaybeDate& days) {
  return days ? std::optional(date_of(*days)) : std::nullopt;
}
std::string text(const rows::MaybeText& text) { return text ? *text : std::string(); }

// Import takes no number that does not fit. One that was written past it becomes the nearest that
// does, and not another that happens to share its last bits.
int fitting(std::int64_t number) {
  using Limits = std::numeric_limits<int>;
  return static_cast<int>(std::clamp<std::int64_t>(number, Limits::min(), Limits::max()));
}

void write_maybe(BulkWriter& writer, const std::optional<std::int64_t>& number) {
  if (number) {
    writer.number(*number);
  } else {
    writer.absent();
  }
}

}  // namespace

rows::RunRow row_of(const Run& run, Instant lease_until) {
  rows::RunRow row;
  row.family = run.family;
  row.family_version = run.family_version;
  row.abi = run.abi;
  row.library_sha256 = run.library_sha256;
  row.period = run.period;
  row.state = static_cast<std::int32_t>(RunState::kRunning);
  row.input_digest = run.input_digest;
  row.input_rows = run.input_rows;
  row.as_of = milliseconds(run.as_of);
  row.started_at = milliseconds(run.started_at);
  row.lease_until = milliseconds(lease_until);
  return row;
}

Run run_of(const rows::RunRow& row) {
  Run run;
  run.id = row.id;
  run.family = row.family;
  run.family_version = row.family_version;
  run.abi = row.abi;
  run.library_sha256 = row.library_sha256;
  run.period = row.period;
  run.state = static_cast<RunState>(row.state);
  run.failure = static_cast<RunFailure>(row.failure);
  run.reason = row.reason;
  run.input_digest = row.input_digest;
  run.input_rows = row.input_rows;
  run.n_facts = row.n_facts;
  run.as_of = instant_of(row.as_of);
  run.started_at = instant_of(row.started_at);
  run.finished_at = instant(row.finished_at);
  return run;
}

Area area_of(const rows::AreaRow& row) {
  return {row.code,
          row.name,
          row.kind,
          text(row.parent),
          date_of(row.valid_from),
          date(row.valid_until)};
}

DefinitionLink link_of(const rows::DefinitionLinkRow& row) {
  return {row.code, row.linked, row.relation, fitting(row.strength), text(row.adds)};
}

const std::vector<std::string>& fact_columns() {
  static const std::vector<std::string> columns = {
      "id",          "run",    "indicator",  "version",     "definition_id",
      "area",        "period", "reading",    "breakdown",   "numerator",
      "denominator", "n",      "population", "null_reason", "flags"};
  return columns;
}

void write_fact(BulkWriter& writer, const Fact& fact, std::int64_t definition_id) {
  writer.number(fact.id);
  writer.number(fact.run);
  writer.text(fact.indicator);
  writer.number(fact.version);
  writer.number(definition_id);
  writer.text(fact.area);
  writer.text(fact.period);
  writer.number(static_cast<std::int64_t>(fact.reading));
  writer.text(fact.breakdown);
  writer.number(fact.numerator.millionths);
  write_maybe(writer,
              fact.denominator ? std::optional(fact.denominator->millionths) : std::nullopt);
  write_maybe(writer, fact.n);
  write_maybe(writer, fact.population);
  writer.number(static_cast<std::int64_t>(fact.null_reason));
  writer.number(fact.flags);
  writer.end_row();
}

FigureView view_fact(Rows& rows, std::int64_t& definition_id) {
  const auto maybe = [&](unsigned column) {
    return rows.absent(column) ? std::nullopt : std::optional(rows.number(column));
  };
  FigureView fact;
  fact.id = rows.number(0);
  fact.run = rows.number(1);
  fact.indicator = rows.text(2);
  fact.version = fitting(rows.number(3));
  definition_id = rows.number(4);
  fact.area = rows.text(5);
  fact.period = rows.text(6);
  fact.reading = static_cast<Reading>(rows.number(7));
  fact.breakdown = rows.text(8);
  fact.value.numerator = Number{rows.number(9)};
  if (const auto denominator = maybe(10)) fact.value.denominator = Number{*denominator};
  fact.value.n = maybe(11);
  fact.value.population = maybe(12);
  fact.value.null_reason = static_cast<NullReason>(rows.number(13));
  fact.value.flags = static_cast<std::uint32_t>(rows.number(14));
  return fact;
}

Fact read_fact(Rows& rows, std::int64_t& definition_id) {
  return fact_of(view_fact(rows, definition_id));
}

}  // namespace qd::orm
