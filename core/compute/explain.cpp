// Who made this figure, from what: the same computation once more, asking for the rows.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/compute/engine.hpp"
#include "core/compute/ground.hpp"
#include "core/compute/run_failure.hpp"
#include "core/ports/figures/figure_store.hpp"

namespace qd::compute {
namespace {

std::optional<std::uint32_t> place_of(const Fact& fact,
                                      const std::vector<Definition>& definitions) {
  const auto found =
      std::find_if(definitions.begin(), definitions.end(), [&](const Definition& known) {
        return known.code == fact.indicator && known.version == fact.version;
      });
  if (found == definitions.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - definitions.begin());
}

std::optional<worker::wire::TraceWanted> trace_of(const Fact& fact,
                                                  const std::vector<Definition>& definitions,
                                                  const AreaTree& areas, const Period& period) {
  const auto definition = place_of(fact, definitions);
  const auto area = areas.find(fact.area);
  const auto readings = period.readings();
  const auto reading =
      std::find_if(readings.begin(), readings.end(),
                   [&](const ReadingWindow& window) { return window.reading == fact.reading; });
  if (!definition || !area || reading == readings.end()) return std::nullopt;
  const auto place = static_cast<std::uint32_t>(reading - readings.begin());
  return worker::wire::TraceWanted{*definition, place, fact.breakdown, areas.subtree(place, *area)};
}

bool is_same_key(const Fact& a, const Fact& b) {
  return a.indicator == b.indicator && a.version == b.version && a.area == b.area &&
         a.reading == b.reading && a.breakdown == b.breakdown;
}

bool is_same_figure(const Fact& a, const Fact& b) {
  return a.numerator == b.numerator && a.denominator == b.denominator && a.n == b.n &&
         a.population == b.population && a.null_reason == b.null_reason && a.flags == b.flags;
}

std::string figure_text(const Fact& fact, const Definition& definition) {
  auto shown = display(fact, definition);
  if (!fact.denominator) return shown;
  return fmt::format("{} ({} of {})", shown, fact.numerator.text(), fact.denominator->text());
}

// What has changed since, a sentence; empty: nothing, the figure came out again.
std::string difference_of(const Explanation& then, const Family& family, const Computed& now) {
  std::vector<std::string> differences;
  if (family.library_sha256 != then.run.library_sha256)
    differences.push_back(fmt::format("the library has changed since (version {} then, {} now)",
                                      then.run.family_version, family.version));
  if (now.input_digest != then.run.input_digest)
    differences.push_back(fmt::format("the rows known as of {} are others ({} then, {} now)",
                                      to_text(then.run.as_of), then.run.input_rows,
                                      now.input_rows));
  const Fact& fact = then.figure.fact;
  const auto again = std::find_if(now.facts.begin(), now.facts.end(),
                                  [&](const Fact& other) { return is_same_key(fact, other); });
  if (again == now.facts.end())
    differences.emplace_back("there is no such figure any more");
  else if (!is_same_figure(fact, *again))
    differences.push_back(fmt::format("the figure is {} now, {} then",
                                      figure_text(*again, then.figure.definition),
                                      figure_text(fact, then.figure.definition)));
  return fmt::format("{}", fmt::join(differences, "; "));
}

Result<Explanation> known(const EngineStores& stores, std::int64_t fact_id) {
  auto figure = stores.figures.fact(fact_id);
  if (!figure) return fail(figure.error());
  auto run = *figure ? stores.runs.run((*figure)->fact.run) : std::optional<Run>{};
  if (!run) return fail(run.error());
  if (!*run)
    return fail(ErrorCode::kFactUnknown, fmt::format("there is no fact {}", fact_id),
                "quarterday facts lists facts with their numbers");
  return Explanation{**std::move(figure), **std::move(run), {}, 0, false, {}};
}

Result<std::vector<ExplainedRow>> explained_rows(const Family& family,
                                                 const worker::wire::TraceAnswer& trace,
                                                 ObservationStore& observations) {
  std::map<std::string, std::pair<const TableSpec*, std::vector<std::int64_t>>> by_table;
  for (const worker::wire::TracedRow& row : trace.rows) {
    if (row.input >= family.inputs.size()) continue;
    const TableSpec& table = family.inputs[row.input].table;
    by_table.try_emplace(table.name, &table, std::vector<std::int64_t>{})
        .first->second.second.push_back(row.row);
  }
  std::vector<ExplainedRow> rows;
  for (const auto& [name, found] : by_table) {
    std::vector<std::string> columns;
    for (const ColumnSpec& column : found.first->columns) columns.push_back(column.name);
    auto records = observations.records(*found.first, found.second);
    if (!records) return fail(records.error());
    for (StoredRecord& record : *records) rows.push_back({name, columns, std::move(record)});
  }
  return rows;
}

}  // namespace

Result<Family> Engine::family_of(const Run& run) {
  auto listings = wanted_families({run.family});
  if (!listings) return fail(listings.error());
  return listings->front().family;
}

Result<Explanation> Engine::explain(std::int64_t fact_id) {
  auto explanation = known(stores_, fact_id);
  if (!explanation) return explanation;
  const Fact& fact = explanation->figure.fact;
  const auto family = family_of(explanation->run);
  if (!family) return fail(family.error());
  const auto period = Period::parse(fact.period);
  if (!period) return fail(period.error());
  const auto ground = this->ground(*period, explanation->run.as_of);
  if (!ground) return fail(ground.error());
  std::vector<RunNote> notes;
  auto definitions = definitions_in_force(ground->definitions, *family, period->readings(), notes);
  auto wanted = trace_of(fact, definitions, ground->areas, *period);
  if (!wanted) {
    explanation->difference = "its indicator or its area is not there any more";
    return explanation;
  }
  NoProgress progress;
  const auto computed = compute_family(
      {*family, period->id(), period->readings(), ground->as_of, std::move(definitions),
       ground->known_until, ground->areas, std::move(wanted)},
      stores_.observations, settings_, progress);
  if (!computed) {
    Run again = explanation->run;
    again.family_version = family->version;
    return fail(fail_with(again, computed.error()));
  }
  explanation->difference = difference_of(*explanation, *family, *computed);
  explanation->reproduced = explanation->difference.empty();
  if (!computed->trace) return explanation;
  auto rows = explained_rows(*family, *computed->trace, stores_.observations);
  if (!rows) return fail(rows.error());
  explanation->rows = *std::move(rows);
  explanation->n_rows = computed->trace->n_rows;
  return explanation;
}

}  // namespace qd::compute
