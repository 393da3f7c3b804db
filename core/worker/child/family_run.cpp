#include "core/worker/child/family_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/text/text_rules.hpp"
#include "core/worker/child/fence.hpp"

namespace qd::worker::child {
namespace {

constexpr std::size_t kMostNotes = 1'000;  // different ones

std::vector<const Definition*> all_indicators(const Family& family,
                                              const worker::wire::RunRequest& request) {
  std::vector<const Definition*> all;
  for (const Definition& own : family.indicators) all.push_back(&own);
  for (const Definition& written : request.definitions) all.push_back(&written);
  return all;
}

std::vector<std::vector<ColumnType>> column_types(const Family& family) {
  std::vector<std::vector<ColumnType>> types;
  for (const FamilyInput& input : family.inputs) {
    auto& of_input = types.emplace_back();
    for (const auto& column : input.columns)
      of_input.push_back(input.table.columns[input.table.index_of(column)].type());
  }
  return types;
}

qd_definition lent(const Definition& definition) {
  const auto until = definition.effective_until;
  return {definition.code.c_str(),
          definition.version,
          0,
          definition.formula.c_str(),
          definition.area.c_str(),
          days(definition.effective_from),
          until ? days(*until) : std::numeric_limits<qd_date>::max()};
}

}  // namespace

bool RunTexts::grow(std::vector<char> bytes) {
  worker::wire::Decoder in(bytes);
  const auto lengths = in.array<std::uint32_t>();
  for (const auto length : lengths) {
    const auto text = in.take(std::size_t{length} + 1);
    if (text.empty() || text.back() != '\0') return false;
    texts_.push_back(text.data());
  }
  if (!in.complete()) return false;
  blocks_.push_back(std::move(bytes));  // moving a vector leaves its memory where it is
  return true;
}

namespace {

template <class T>
void sort_once(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

Tracer::Tracer(const worker::wire::TraceWanted& wanted, const Family& family, const AreaTree& areas)
    : wanted_(wanted), areas_(areas) {
  for (const FamilyInput& input : family.inputs) {
    const auto same = std::find_if(
        family.inputs.begin(), family.inputs.end(),
        [&](const FamilyInput& other) { return other.table.name == input.table.name; });
    first_input_.push_back(static_cast<std::uint32_t>(same - family.inputs.begin()));
  }
}

void Tracer::trace(const qd_fact& part, std::uint32_t input, std::int64_t row) {
  if (part.indicator != wanted_.indicator || part.reading != wanted_.reading) return;
  if (!part.area || !part.breakdown || input >= first_input_.size()) return;
  if (wanted_.breakdown != part.breakdown) return;
  const auto area = areas_.find(part.area);
  if (!area || !std::binary_search(wanted_.areas.begin(), wanted_.areas.end(), *area)) return;
  said_.push_back({*area, {first_input_[input], 0, row}});
  constexpr std::size_t kWorthSettling = 100'000;
  if (said_.size() > 2 * settled_ + kWorthSettling) drop_repeats();
}

void Tracer::drop_repeats() {
  sort_once(said_);
  settled_ = said_.size();
}

// Of the areas asked for, those whose parts reach the topmost.
std::vector<std::uint32_t> Tracer::areas_in(const PartTable& parts) const {
  const auto& parents = areas_.parents(wanted_.reading);
  const auto asked = [&](std::uint32_t area) {
    return std::binary_search(wanted_.areas.begin(), wanted_.areas.end(), area);
  };
  std::vector<std::uint32_t> reaching;
  for (const auto area : wanted_.areas) {
    auto above = parents[area];
    while (asked(above) &&
           !parts.stands_alone(wanted_.indicator, wanted_.reading, wanted_.breakdown, above))
      above = parents[above];
    if (!asked(above)) reaching.push_back(area);
  }
  return reaching;
}

worker::wire::TraceAnswer Tracer::answer(const PartTable& parts) {
  const auto areas = areas_in(parts);
  std::vector<worker::wire::TracedRow> rows;
  for (const Said& said : said_)
    if (std::binary_search(areas.begin(), areas.end(), said.area)) rows.push_back(said.row);
  sort_once(rows);
  worker::wire::TraceAnswer answer{static_cast<std::int64_t>(rows.size()), std::move(rows)};
  if (answer.rows.size() > kMostRows) answer.rows.resize(kMostRows);
  return answer;
}

FamilyRun::FamilyRun(const LoadedFamily& family, const worker::wire::RunRequest& request)
    : entry_(*family.entry),
      request_(request),
      types_(column_types(family.family)),
      parts_(request.areas, all_indicators(family.family, request)) {
  if (request.trace) tracer_.emplace(*request.trace, family.family, request.areas);
  for (const ReadingWindow& window : request.readings)
    readings_.push_back(
        {static_cast<std::int32_t>(window.reading), days(window.from), days(window.until)});
  for (const Definition& definition : request.definitions) definitions_.push_back(lent(definition));
  lend();
}

FamilyRun::~FamilyRun() { end(); }

void FamilyRun::lend() {
  run_.struct_size = sizeof run_;
  run_.abi_minor = QD_ABI_MINOR;
  run_.readings = readings_.data();
  run_.n_readings = readings_.size();
  run_.definitions = definitions_.data();
  run_.n_definitions = definitions_.size();
  run_.host = this;
  run_.option = option;
  run_.emit = emit;
  run_.note = note;
  run_.fail = fail_run;
  run_.cancelled = cancelled;
  run_.trace = tracer_ ? trace_row : nullptr;
}

Result<void> FamilyRun::begin() {
  const auto status = fenced([&] { return entry_.begin(&run_, &state_); });
  begun_ = status && *status == QD_OK;
  return judged(status);
}

Result<void> FamilyRun::consume(std::span<const char> bytes) {
  const auto view = worker::wire::BatchView::read(bytes, types_);
  if (!view) return fail(ErrorCode::kFamilyFailed, "was sent a batch that is none");
  qd_batch batch = view->batch(no_rows_);
  batch.dictionary = texts_.data();
  batch.n_dictionary = texts_.size();
  return judged(fenced([&] { return entry_.consume(state_, &run_, &batch); }));
}

Result<void> FamilyRun::finish() {
  auto done = judged(fenced([&] { return entry_.finish(state_, &run_); }));
  end();
  return done;
}

void FamilyRun::end() {
  if (!std::exchange(begun_, false)) return;
  const auto ended = fenced([&] { return entry_.end(state_), QD_OK; });
  if (!ended) add_note("end() " + ended.error().message);
}

// What the host objected to comes first: a family may well go on regardless of emit's status.
Result<void> FamilyRun::judged(Result<qd_status> status) {
  if (objection_) return fail(*objection_);
  if (!status) return fail(status.error());
  if (*status == QD_OK) return {};
  const auto reason =
      reason_.empty() ? fmt::format("status {} without a reason", *status) : reason_;
  return fail(ErrorCode::kFamilyFailed, "failed: " + reason);
}

Result<std::vector<worker::wire::FactRow>> FamilyRun::roll_up() { return parts_.roll_up(); }

std::vector<RunNote> FamilyRun::notes() const {
  std::vector<RunNote> notes;
  for (const auto& [message, count] : notes_) notes.push_back({message, count});
  for (const auto& [message, count] : parts_.notes()) notes.push_back({message, count});
  if (further_notes_ > 0)
    notes.push_back({"further notes, of more different kinds than are kept", further_notes_});
  return notes;
}

std::optional<worker::wire::TraceAnswer> FamilyRun::trace() {
  if (!tracer_) return std::nullopt;
  return tracer_->answer(parts_);
}

void FamilyRun::add_note(std::string message) {
  if (notes_.size() < kMostNotes || notes_.contains(message))
    ++notes_[std::move(message)];
  else
    ++further_notes_;
}

const char* FamilyRun::option(const qd_run* run, const char* key) {
  const auto& options = self(run).request_.options;
  const auto found = key ? options.find(key) : options.end();
  return found == options.end() ? nullptr : found->second.c_str();
}

qd_status FamilyRun::emit(const qd_run* run, const qd_fact* facts, std::size_t n_facts) {
  FamilyRun& host = self(run);
  if (host.objection_) return QD_BAD_INPUT;
  if (n_facts > 0 && !facts)
    host.objection_ = {
        ErrorCode::kFamilyRubbish, "answered with rubbish: facts that are not there", {}};
  for (std::size_t i = 0; i < n_facts && !host.objection_; ++i)
    if (const auto added = host.parts_.add(facts[i], host.texts_.size()); !added)
      host.objection_ = added.error();
  return host.objection_ ? QD_BAD_INPUT : QD_OK;
}

void FamilyRun::note(const qd_run* run, const char* message) {
  self(run).add_note(
      text::plain_text(message ? message : "a note without words", text::kLongestNote));
}

void FamilyRun::fail_run(const qd_run* run, const char* message) {
  if (message) self(run).reason_ = text::plain_text(message, text::kLongestNote);
}

int FamilyRun::cancelled(const qd_run* run) { return self(run).objection_ ? 1 : 0; }

void FamilyRun::trace_row(const qd_run* run, const qd_fact* part, std::uint32_t input,
                          std::int64_t row) {
  FamilyRun& host = self(run);
  if (part && host.tracer_) host.tracer_->trace(*part, input, row);
}

}  // namespace qd::worker::child
