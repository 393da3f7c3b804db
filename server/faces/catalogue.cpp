#include "server/faces/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/period.hpp"

namespace qd::faces {
using enum formats::FieldKind;
namespace {

using Texts = std::vector<std::string>;

formats::Cell instant(const std::optional<Instant>& at) {
  return at ? formats::Cell{to_text(*at)} : formats::Cell{};
}

std::vector<std::string> links_of(const Definition& definition,
                                  const std::vector<DefinitionLink>& links) {
  std::vector<std::string> texts;
  for (const auto& link : links)
    if (link.code == definition.code) texts.push_back(link.relation + " " + link.linked);
  return texts;
}

formats::FieldKind kind_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::kInteger:
      return kInteger;
    case FieldKind::kNumber:
      return kDecimal;
    case FieldKind::kTruth:
      return kTruth;
    case FieldKind::kList:
      return kList;
    case FieldKind::kText:
    case FieldKind::kDate:
    case FieldKind::kWord:
      break;
  }
  return kText;
}

// A field of a definition; none where there is nothing to say.
formats::Cell field_cell(bool value) { return formats::truth(value); }
formats::Cell field_cell(const std::vector<std::string>& list) { return formats::joined(list); }
formats::Cell field_cell(const std::vector<Parameter>& parameters) {
  return formats::joined(pairs_of(parameters));
}
template <class Value>
formats::Cell field_cell(const Value& value) {
  return formats::unless_empty(field_text(value));
}

std::vector<std::string> note_texts(const std::vector<RunNote>& notes) {
  std::vector<std::string> texts;
  texts.reserve(notes.size());
  for (const auto& note : notes) texts.push_back(fmt::format("{} ({})", note.message, note.count));
  return texts;
}

template <class Item, class Text>
formats::Cell names_of(const std::vector<Item>& items, Text text) {
  std::vector<std::string> names;
  for (const auto& item : items)
    if (const auto& name = text(item); std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  return formats::joined(names);
}

std::vector<formats::Cell> family_row(const FamilyListing& listing) {
  const auto library = listing.library.filename().string();
  if (!listing.family)
    return {{}, {}, {}, library, {}, {}, {}, {}, {}, {}, {}, {}, listing.family.error().message};
  const auto& family = *listing.family;
  return {family.id,
          family.version,
          family.title,
          library,
          formats::unless_empty(family.abi),
          family.library_sha256,
          family.declaration_sha256,
          names_of(family.inputs, [](const FamilyInput& input) { return input.table.name; }),
          names_of(family.tables, [](const TableSpec& table) { return table.name; }),
          names_of(family.indicators, [](const Definition& one) { return one.code; }),
          names_of(family.options, [](const FamilyOption& option) { return option.key; }),
          names_of(family.breakdowns, [](const FamilyBreakdown& one) { return one.key; }),
          {}};
}

bool is_owed(const std::string& schedule, const jobs::SchedulerView& view) {
  return std::any_of(view.due.owed.begin(), view.due.owed.end(),
                     [&](const jobs::Due& due) { return due.schedule.id == schedule; });
}

std::vector<std::string> owed_periods(const std::string& schedule,
                                      const jobs::SchedulerView& view) {
  std::vector<std::string> periods;
  for (const auto& due : view.due.owed)
    if (due.schedule.id == schedule) periods.push_back(due.period.id());
  return periods;
}

formats::Cell first_due(const std::string& schedule, const jobs::SchedulerView& view) {
  for (const auto& due : view.due.owed)
    if (due.schedule.id == schedule) return to_text(due.due_at);
  return {};
}

std::vector<formats::Cell> period_row(const std::string& id) {
  const auto period = Period::parse(id);
  if (!period) return {id, {}, {}, {}};
  std::vector<std::string> readings;
  for (const auto& window : period->readings()) readings.emplace_back(to_text(window.reading));
  return {id, to_text(period->from()), to_text(period->until()), formats::joined(readings)};
}

}  // namespace

formats::TextTable indicator_table(const std::vector<Definition>& definitions,
                                   const std::vector<DefinitionLink>& links) {
  formats::TextTable table;
  for_each_field(Definition{}, [&]<class Value>(const DefinitionField& field, const Value&) {
    table.columns.push_back({field.name, kind_of(field_kind<Value>())});
  });
  table.columns.push_back({"revision", kInteger});
  table.columns.push_back({"links", kList});
  for (const auto& definition : definitions) {
    auto& row = table.rows.emplace_back();
    for_each_field(definition, [&](const DefinitionField&, const auto& value) {
      row.push_back(field_cell(value));
    });
    row.push_back(formats::cell(definition.revision));
    row.push_back(formats::joined(links_of(definition, links)));
  }
  return table;
}

formats::TextTable link_table(const std::vector<DefinitionLink>& links) {
  formats::TextTable table{{{"code"}, {"linked"}, {"relation"}, {"strength", kInteger}, {"adds"}},
                           {}};
  for (const auto& link : links)
    table.rows.push_back({link.code, link.linked, link.relation, formats::cell(link.strength),
                          formats::unless_empty(link.adds)});
  return table;
}

formats::TextTable area_table(const std::vector<Area>& areas) {
  formats::TextTable table{
      {{"code"}, {"name"}, {"kind"}, {"parent"}, {"valid_from"}, {"valid_until"}}, {}};
  for (const auto& area : areas)
    table.rows.push_back(
        {area.code, area.name, area.kind, formats::unless_empty(area.parent),
         to_text(area.valid_from),
         area.valid_until ? formats::Cell{to_text(*area.valid_until)} : formats::Cell{}});
  return table;
}

formats::TextTable period_table(const std::vector<std::string>& ids) {
  formats::TextTable table{{{"id"}, {"from"}, {"until"}, {"readings", kList}}, {}};
  for (const auto& id : ids) table.rows.push_back(period_row(id));
  return table;
}

formats::TextTable family_table(const std::vector<FamilyListing>& listings) {
  formats::TextTable table{{{"id"},
                            {"version"},
                            {"title"},
                            {"library"},
                            {"abi"},
                            {"library_sha256"},
                            {"declaration_sha256"},
                            {"inputs", kList},
                            {"tables", kList},
                            {"indicators", kList},
                            {"options", kList},
                            {"breakdowns", kList},
                            {"refused"}},
                           {}};
  for (const auto& listing : listings) table.rows.push_back(family_row(listing));
  return table;
}

formats::TextTable run_table(const std::vector<Run>& runs, RunDetail detail) {
  formats::TextTable table{{{"id", kInteger},
                            {"family"},
                            {"family_version"},
                            {"period"},
                            {"state"},
                            {"reason"},
                            {"facts", kInteger},
                            {"input_rows", kInteger},
                            {"input_digest"},
                            {"library_sha256"},
                            {"abi"},
                            {"as_of"},
                            {"started_at"},
                            {"finished_at"},
                            {"notes", kList}},
                           {}};
  const bool tells = detail == RunDetail::kAll;
  const auto told = [tells](formats::Cell cell) {
    return tells ? std::move(cell) : formats::Cell{};
  };
  for (const auto& run : runs)
    table.rows.push_back(
        {formats::cell(run.id), run.family, run.family_version, run.period,
         std::string(to_text(run.state)), told(formats::unless_empty(failure_text(run))),
         told(formats::cell(run.n_facts)), told(formats::cell(run.input_rows)),
         told(formats::unless_empty(run.input_digest)), run.library_sha256, run.abi,
         to_text(run.as_of), to_text(run.started_at), instant(run.finished_at),
         formats::joined(tells ? note_texts(run.notes) : Texts{})});
  return table;
}

formats::TextTable return_table(const std::vector<ReturnRun>& returns) {
  formats::TextTable table{{{"schedule"},
                            {"period"},
                            {"revision", kInteger},
                            {"state"},
                            {"reason"},
                            {"file_name"},
                            {"sha256"},
                            {"as_of"},
                            {"runs", kList},
                            {"delivered_at"},
                            {"due_rule"}},
                           {}};
  for (const auto& run : returns) {
    std::vector<std::string> runs;
    for (const auto id : run.fact_runs) runs.push_back(std::to_string(id));
    const bool built = !run.sha256.empty();
    table.rows.push_back({run.schedule, run.period, formats::cell(run.revision),
                          std::string(to_text(run.state)), formats::unless_empty(run.reason),
                          formats::unless_empty(run.file_name), formats::unless_empty(run.sha256),
                          built ? formats::Cell{to_text(run.as_of)} : formats::Cell{},
                          formats::joined(runs), instant(run.delivered_at),
                          formats::unless_empty(run.due_rule)});
  }
  return table;
}

formats::TextTable key_table(const std::vector<ApiKey>& keys) {
  formats::TextTable table{{{"prefix"},
                            {"name"},
                            {"scopes", kList},
                            {"audience"},
                            {"areas", kList},
                            {"families", kList},
                            {"addresses", kList},
                            {"created_at"},
                            {"expires_at"},
                            {"last_used_at"},
                            {"revoked_at"}},
                           {}};
  for (const auto& key : keys)
    table.rows.push_back({key.prefix, key.name, formats::joined(key.scopes.names()),
                          std::string(name_of(key.viewer.audience)),
                          formats::joined(key.viewer.areas), formats::joined(key.viewer.families),
                          formats::joined(key.addresses), to_text(key.created_at),
                          instant(key.expires_at), instant(key.last_used_at),
                          instant(key.revoked_at)});
  return table;
}

formats::TextTable reading_table(const std::vector<RecordReading>& readings) {
  formats::TextTable table{{{"id", kInteger},
                            {"read_at"},
                            {"reader"},
                            {"fact", kInteger},
                            {"rows", kInteger},
                            {"reason"}},
                           {}};
  for (const auto& reading : readings)
    table.rows.push_back({formats::cell(reading.id), to_text(reading.read_at), reading.reader,
                          formats::cell(reading.fact), formats::cell(reading.n_rows),
                          reading.reason});
  return table;
}

formats::TextTable schedule_table(const std::vector<Schedule>& schedules,
                                  const jobs::SchedulerView& view) {
  formats::TextTable table{{{"id"},
                            {"title"},
                            {"audience"},
                            {"cadence"},
                            {"working_day", kInteger},
                            {"time"},
                            {"catch_up"},
                            {"paused", kTruth},
                            {"pause_reason"},
                            {"is_due", kTruth},
                            {"due_periods", kList},
                            {"due_since"}},
                           {}};
  for (const auto& s : schedules)
    table.rows.push_back({s.id, s.title, s.audience, s.cadence, formats::cell(s.working_day),
                          fmt::format("{:02}:{:02}", s.minute_of_day / 60, s.minute_of_day % 60),
                          s.catch_up, formats::truth(s.paused),
                          formats::unless_empty(s.pause_reason),
                          formats::truth(is_owed(s.id, view)),
                          formats::joined(owed_periods(s.id, view)), first_due(s.id, view)});
  return table;
}

}  // namespace qd::faces
