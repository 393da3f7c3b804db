#include "core/worker/child/lent.hpp"

#include <algorithm>
#include <set>

namespace qd::worker::child {
namespace {

Lent<qd_reading> lent(const ReadingWindow& window) {
  Lent<qd_reading> reading{};
  reading.kind = static_cast<std::int32_t>(window.reading);
  reading.from = days(window.from);
  reading.until = days(window.until);
  return reading;
}

std::vector<Lent<qd_parameter>> lent(const std::vector<Parameter>& parameters) {
  std::vector<Lent<qd_parameter>> all;
  for (const Parameter& parameter : parameters) {
    auto& added = all.emplace_back();
    added.key = parameter.key.c_str();
    added.text = parameter.value.c_str();
  }
  return all;
}

Lent<qd_definition> lent(const Definition& definition,
                         const std::vector<Lent<qd_parameter>>& parameters) {
  Lent<qd_definition> all{};
  all.code = definition.code.c_str();
  all.version = definition.version;
  all.rule = definition.rule.c_str();
  all.parameters = parameters.empty() ? nullptr : parameters.data();
  all.n_parameters = parameters.size();
  all.parameter_stride = sizeof(Lent<qd_parameter>);
  all.area = definition.area.c_str();
  all.title = definition.title.c_str();
  all.unit = definition.unit.c_str();
  all.multiplier = definition.multiplier;
  all.divisor = definition.divisor;
  all.aggregation = static_cast<std::int32_t>(definition.aggregation);
  all.polarity = static_cast<std::int32_t>(definition.polarity);
  all.interval = static_cast<std::int32_t>(definition.interval);
  all.is_count = definition.is_count() ? 1 : 0;
  all.effective_from = days(definition.effective_from);
  all.effective_until =
      definition.effective_until ? days(*definition.effective_until) : QD_FOR_EVER;
  return all;
}

}  // namespace

std::int32_t indicator_number(const Family& family, const Definition& definition) {
  if (definition.captured) return -1;
  std::int32_t number = 0;
  std::set<std::string_view> seen;
  for (const Definition& declared : family.indicators) {
    if (!seen.insert(declared.code).second) continue;
    if (declared.code == definition.code) return number;
    ++number;
  }
  return -1;
}

LentLists::LentLists(const wire::RunRequest& request) {
  for (const ReadingWindow& window : request.readings) readings_.push_back(lent(window));
  for (const Definition& definition : request.definitions)
    parameters_.push_back(lent(definition.parameters));
  for (std::size_t i = 0; i < request.definitions.size(); ++i) {
    definitions_.push_back(lent(request.definitions[i], parameters_[i]));
    definitions_.back().indicator = indicator_number(request.family, request.definitions[i]);
  }
}

void LentLists::lend(qd_run& run) const {
  run.readings = readings_.data();
  run.n_readings = readings_.size();
  run.reading_stride = sizeof(Lent<qd_reading>);
  run.definitions = definitions_.empty() ? nullptr : definitions_.data();
  run.n_definitions = definitions_.size();
  run.definition_stride = sizeof(Lent<qd_definition>);
}

}  // namespace qd::worker::child
