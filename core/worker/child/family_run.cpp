#include "core/worker/child/family_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/text/text_rules.hpp"
#include "core/worker/child/extensions.hpp"
#include "core/worker/child/fence.hpp"

namespace qd::worker::child {
namespace {

constexpr std::size_t kMostNotes = 1'000;  // different ones

std::vector<std::vector<ColumnType>> column_types(const Family& family) {
  std::vector<std::vector<ColumnType>> types;
  for (const FamilyInput& input : family.inputs) {
    auto& of_input = types.emplace_back();
    for (const auto& column : input.columns)
      of_input.push_back(input.table.columns[input.table.index_of(column)].type());
  }
  return types;
}

std::string said(const char* message) {
  return text::plain_text(message ? message : "a note without words", text::kLongestNote);
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

void RunTexts::scribble() {
  for (auto& block : blocks_)
    for (char& letter : block)
      if (letter != '\0') letter = '?';
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
  if (part.definition != wanted_.definition || part.reading != wanted_.reading) return;
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
           !parts.stands_alone(wanted_.definition, wanted_.reading, wanted_.breakdown, above))
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
  worker::wire::TraceAnswer answer{static_cast<std::int64_t>(rows.size()), std::move(rows), {}};
  if (answer.rows.size() > kMostRows) answer.rows.resize(kMostRows);
  return answer;
}

FamilyRun::FamilyRun(const qd_family& entry, const worker::wire::RunRequest& request)
    : entry_(entry),
      request_(request),
      types_(column_types(request.family)),
      parts_(request.areas, request.definitions, request.family.breakdowns),
      lists_(request) {
  if (request.scrutiny == worker::wire::Scrutiny::kEveryPart) audit_.emplace();
  if (request.trace) tracer_.emplace(*request.trace, request.family, request.areas);
  lend();
}

FamilyRun::~FamilyRun() { end(); }

void FamilyRun::lend() {
  run_.struct_size = sizeof run_;
  run_.abi_minor = QD_ABI_MINOR;
  run_.known_until = days(request_.known_until);
  lists_.lend(run_);
  run_.host = this;
  run_.option = option;
  run_.emit = emit;
  run_.note = note;
  run_.finding = finding;
  run_.fail = fail_run;
  run_.cancelled = cancelled;
  run_.trace = tracer_ || audit_ ? trace_row : nullptr;
  run_.extension = extension;
}

Result<void> FamilyRun::begin() {
  const auto status = fenced([&] { return entry_.begin(&run_, &state_); });
  begun_ = status && *status == QD_OK;
  return judged(status);
}

Result<void> FamilyRun::consume(std::span<const char> bytes) {
  const auto view = worker::wire::BatchView::read(bytes, types_);
  if (!view) return fail(ErrorCode::kFamilyFailed, "was sent a batch that is none");
  const qd_batch& batch = lend(*view);
  return judged(fenced([&] { return entry_.consume(state_, &run_, &batch); }));
}

const qd_batch& FamilyRun::lend(const worker::wire::BatchView& view) {
  columns_.clear();
  for (const qd_column& column : view.columns()) {
    columns_.emplace_back();
    static_cast<qd_column&>(columns_.back()) = column;
  }
  if (!view.rows() && no_rows_.size() < view.n_rows()) no_rows_.resize(view.n_rows());
  batch_.struct_size = sizeof batch_;
  batch_.input = view.input();
  batch_.n_rows = view.n_rows();
  batch_.rows = view.rows() ? view.rows() : no_rows_.data();
  batch_.columns = columns_.data();
  batch_.n_columns = columns_.size();
  batch_.column_stride = sizeof(Lent<qd_column>);
  batch_.dictionary = texts_.data();
  batch_.n_dictionary = texts_.size();
  return batch_;
}

Result<void> FamilyRun::finish() {
  if (request_.scrutiny != worker::wire::Scrutiny::kNone) texts_.scribble();
  auto done = judged(fenced([&] { return entry_.finish(state_, &run_); }));
  end();
  return done;
}

void FamilyRun::end() {
  if (!std::exchange(begun_, false)) return;
  const auto ended = fenced([&] { return entry_.end(state_), QD_OK; });
  if (!ended) add_note(NoteSeverity::kNote, "end() " + ended.error().message);
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
  for (const auto severity : {NoteSeverity::kFinding, NoteSeverity::kNote})
    for (const auto& [note, count] : notes_)
      if (note.first == severity) notes.push_back({note.second, count, severity});
  for (const auto& [message, count] : parts_.notes()) notes.push_back({message, count});
  if (further_notes_ > 0)
    notes.push_back({"further notes, of more different kinds than are kept", further_notes_});
  return notes;
}

std::optional<worker::wire::TraceAnswer> FamilyRun::trace() {
  if (!tracer_ && !audit_) return std::nullopt;
  auto answer = tracer_ ? tracer_->answer(parts_) : worker::wire::TraceAnswer{};
  if (audit_) answer.untraced = audit_->untraced(request_.definitions);
  return answer;
}

void FamilyRun::add_note(NoteSeverity severity, std::string message) {
  std::pair note{severity, std::move(message)};
  if (notes_.size() < kMostNotes || notes_.contains(note))
    ++notes_[std::move(note)];
  else
    ++further_notes_;
}

const char* FamilyRun::option(const qd_run* run, const char* key) {
  const auto& options = self(run).request_.options;
  const auto found = key ? options.find(key) : options.end();
  return found == options.end() ? nullptr : found->second.c_str();
}

qd_status FamilyRun::emit(const qd_run* run, const qd_fact* facts, std::size_t n_facts,
                          std::size_t stride) {
  FamilyRun& host = self(run);
  if (host.objection_) return QD_BAD_INPUT;
  if (n_facts > 0 && !facts) host.object("facts that are not there");
  if (n_facts > 0 && stride < QD_FACT_SIZE_1_0)
    host.object(
        fmt::format("facts of {} bytes, in ABI 1.0 they have {}", stride, QD_FACT_SIZE_1_0));
  const char* at = reinterpret_cast<const char*>(facts);
  for (std::size_t i = 0; i < n_facts && !host.objection_; ++i, at += stride) {
    qd_fact fact{};  // as much of it as both sides know
    std::memcpy(&fact, at, std::min(stride, sizeof fact));
    const auto added = host.parts_.add(fact, host.texts_.size());
    if (!added) host.objection_ = added.error();
    if (added && host.audit_) host.audit_->emitted(fact);
  }
  return host.objection_ ? QD_BAD_INPUT : QD_OK;
}

void FamilyRun::object(std::string what) {
  objection_ = {ErrorCode::kFamilyRubbish, "answered with rubbish: " + std::move(what), {}};
}

void FamilyRun::note(const qd_run* run, const char* message) {
  self(run).add_note(NoteSeverity::kNote, said(message));
}

void FamilyRun::finding(const qd_run* run, const char* message) {
  self(run).add_note(NoteSeverity::kFinding, said(message));
}

const void* FamilyRun::extension(const qd_run*, const char* id) { return host_extension(id); }

void FamilyRun::fail_run(const qd_run* run, const char* message) {
  if (message) self(run).reason_ = text::plain_text(message, text::kLongestNote);
}

int FamilyRun::cancelled(const qd_run* run) { return self(run).objection_ ? 1 : 0; }

void FamilyRun::trace_row(const qd_run* run, const qd_fact* part, std::uint32_t input,
                          std::int64_t row) {
  FamilyRun& host = self(run);
  if (!part) return;
  if (host.tracer_) host.tracer_->trace(*part, input, row);
  if (host.audit_) host.audit_->traced(*part);
}

}  // namespace qd::worker::child
