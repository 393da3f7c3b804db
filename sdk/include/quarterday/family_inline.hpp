// quarterday/family_inline.hpp: how Family does what family.hpp says.
// Included by family.hpp; a family does not include it itself.
#pragma once

#include <quarterday/family.hpp>

namespace quarterday {

inline Readings Family::readings_with(std::optional<qd_date> day) const {
  return day ? readings_sharing(*day, *day + 1) : Readings{};
}

inline Readings Family::readings_sharing(qd_date from, qd_date until) const {
  Readings found;
  for (std::uint32_t i = 0; i < n_readings(); ++i)
    if (from < reading(i).until && reading(i).from < until) found.add(i);
  return found;
}

inline void Family::attach(const qd_run* run) {
  run_ = run;
  for (std::size_t i = 0; i < n_definitions(); ++i) {
    const qd_definition& known = definition(DefinitionIndex(i));
    if (known.indicator < 0) continue;
    const std::size_t first = static_cast<std::size_t>(known.indicator) * n_readings();
    if (in_force_.size() < first + n_readings()) in_force_.resize(first + n_readings(), kNone);
    for (std::uint32_t r = 0; r < n_readings(); ++r) {
      const qd_date until = reading(r).until;
      if (known.effective_from < until && until <= known.effective_until)
        in_force_[first + r] = static_cast<std::uint32_t>(i);
    }
  }
}

inline std::optional<DefinitionIndex> Family::in_force(Indicator indicator,
                                                       std::uint32_t reading) const {
  const std::size_t place = std::size_t{indicator.number()} * n_readings() + reading;
  if (place >= in_force_.size() || in_force_[place] == kNone) return std::nullopt;
  return DefinitionIndex(in_force_[place]);
}

inline std::optional<Cell> Family::resolved(const Cell& cell) const {
  if (!cell.measure.is_indicator()) return cell;
  const auto definition = in_force(Indicator(cell.measure.number()), cell.reading);
  if (!definition) return std::nullopt;
  return Cell{*definition, cell.reading, cell.area, cell.breakdown};
}

inline std::optional<std::string_view> Family::parameter(DefinitionIndex index,
                                                         std::string_view key) const {
  const qd_definition& of = definition(index);
  for (std::size_t i = 0; i < of.n_parameters; ++i) {
    const auto& parameter = detail::strided(of.parameters, of.parameter_stride, i);
    if (parameter.key == key) return std::string_view(parameter.text);
  }
  return std::nullopt;
}

inline std::optional<std::string_view> Family::option(const char* key) const {
  const char* value = run_->option(run_, key);
  if (value == nullptr) return std::nullopt;
  return std::string_view(value);
}

inline Number Family::option_number(const char* key) const {
  const auto text = option(key);
  if (!text) throw BadInput(std::string("option ") + key + " is not set");
  if (const auto number = parse_number(*text)) return *number;
  throw BadInput(std::string("option ") + key + " is '" + std::string(*text) + "': write a number");
}

inline std::int64_t Family::option_whole(const char* key) const {
  const Number number = option_number(key);
  if (number.is_whole()) return number.whole_part();
  throw BadInput(std::string("option ") + key + " is " + to_text(number) +
                 ": write a whole number");
}

inline bool Family::option_yes(const char* key) const {
  const std::string_view text = option(key).value_or("");
  if (text == "yes" || text == "true" || text == "1") return true;
  if (text == "no" || text == "false" || text == "0") return false;
  throw BadInput(std::string("option ") + key + " is '" + std::string(text) + "': write yes or no");
}

inline WorkingDays Family::working_days() const {
  const auto* host = static_cast<const qd_working_days*>(run_->extension(run_, QD_WORKING_DAYS_1));
  if (host == nullptr) throw BadInput("the host has no working days");
  return WorkingDays(*host);
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
  const auto found = resolved(cell);
  if (!found) return;
  remember(found->area);
  cells_.add(*found, part);
  trace(*found, source);
}

inline void Family::member(const Cell& cell, Code code, const Source& source) {
  const auto found = resolved(cell);
  if (!found) return;
  remember(found->area);
  cells_.at(*found).members.push_back(code);
  trace(*found, source);
}

inline void Family::sample(const Cell& cell, Number value) {
  const auto found = resolved(cell);
  if (!found) return;
  remember(found->area);
  cells_.at(*found).values.push_back(value.millionths());
  trace(*found, source_);
}

inline void Family::none(const Cell& cell) {
  const auto found = resolved(cell);
  if (!found) return;
  remember(found->area);
  cells_.add(*found, Part{0, 0, 0});
}

inline void Family::trace(const Cell& cell, const Source& source) const {
  if (!tracing() || source.row < 0) return;
  const auto found = resolved(cell);
  if (!found) return;
  const qd_fact part = fact_of(*found, Part{});
  run_->trace(run_, &part, source.input, source.row);
}

inline void Family::emit(const std::vector<qd_fact>& facts) const {
  if (run_->cancelled(run_) != 0) throw detail::Stopped{QD_CANCELLED};
  const qd_status status = run_->emit(run_, facts.data(), facts.size(), sizeof(qd_fact));
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
  fact.definition = cell.measure.number();
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
    return std::make_tuple(cell.measure.number(), cell.reading, text(cell.area),
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
  if (!sum.value.empty() || !sum.members.empty() || !sum.values.empty()) {
    qd_fact fact = family.fact_of(sum.cell, sum.value.sum());
    if (!sum.members.empty()) fact.n = -1;  // members are counted, not cases
    fact.members = sum.members.data();
    fact.n_members = sum.members.size();
    fact.values = sum.values.data();
    fact.n_values = sum.values.size();
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
