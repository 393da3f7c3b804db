#include "runner/feed.hpp"

#include <algorithm>
#include <random>

#include "runner/batches.hpp"

namespace quarterday::runner {
namespace {

// What the functions of qd_run write to.
struct Host {
  const qd_family* family = nullptr;
  const RunRequest* request = nullptr;
  Outcome* outcome = nullptr;
  Words words;
};

Host& host_of(const qd_run* run) { return *static_cast<Host*>(run->host); }

qd_status refuse(Host& host, const std::string& sentence) {
  if (host.outcome->failure.empty()) host.outcome->failure = "rubbish: " + sentence;
  return QD_BAD_INPUT;
}

// Keys strictly ascending, none empty: "age=65+;sex=F".
bool is_breakdown(const std::string& text) {
  std::string last;
  for (std::size_t from = 0; from < text.size();) {
    const auto end = std::min(text.find(';', from), text.size());
    const std::string pair = text.substr(from, end - from);
    const auto equals = pair.find('=');
    if (equals == pair.npos || equals == 0 || equals + 1 == pair.size()) return false;
    const std::string key = pair.substr(0, equals);
    if (key <= last || end + 1 == text.size()) return false;
    last = key;
    from = end + 1;
  }
  return true;
}

std::string objection_to(const Host& host, const qd_fact& fact) {
  const std::size_t n_indicators = host.family->n_indicators + host.request->definitions.size();
  if (fact.indicator >= n_indicators) return "an indicator that does not exist";
  if (fact.reading >= host.request->readings.size()) return "a reading that does not exist";
  if (fact.area == nullptr || *fact.area == '\0') return "a fact without area";
  if (fact.breakdown == nullptr || !is_breakdown(fact.breakdown))
    return "a breakdown that is not KEY=VALUE;… with keys sorted";
  if (fact.null_reason > QD_EXCLUDED) return "a null reason that does not exist";
  if (fact.flags > 31u) return "flags that do not exist";
  if (fact.n < -1 || fact.population < -1) return "a negative number of cases";
  if (fact.denominator < 0) return "a negative denominator";
  if (fact.n_members > 0 && fact.members == nullptr) return "members that are not there";
  for (std::size_t i = 0; i < fact.n_members; ++i)
    if (fact.members[i] >= host.words.size()) return "a member that is not in the dictionary";
  return "";
}

EmittedPart copy_of(const Host& host, const qd_fact& fact) {
  EmittedPart part;
  part.indicator = fact.indicator;
  part.reading = fact.reading;
  part.area = fact.area;
  part.breakdown = fact.breakdown;
  part.numerator = Number::of_millionths(fact.numerator);
  part.denominator = Number::of_millionths(fact.denominator);
  part.n = fact.n;
  part.population = fact.population;
  part.null_reason = fact.null_reason;
  part.flags = fact.flags;
  for (std::size_t i = 0; i < fact.n_members; ++i)
    part.members.push_back(host.words.text(fact.members[i]));
  return part;
}

const char* give_option(const qd_run* run, const char* key) {
  const auto& options = host_of(run).request->options;
  const auto found = options.find(key);
  return found == options.end() ? nullptr : found->second.c_str();
}

qd_status take_facts(const qd_run* run, const qd_fact* facts, size_t n_facts) {
  Host& host = host_of(run);
  for (std::size_t i = 0; i < n_facts; ++i) {
    const std::string objection = objection_to(host, facts[i]);
    if (!objection.empty()) return refuse(host, objection);
    host.outcome->parts.push_back(copy_of(host, facts[i]));
  }
  return QD_OK;
}

void take_note(const qd_run* run, const char* message) { ++host_of(run).outcome->notes[message]; }

void take_failure(const qd_run* run, const char* message) {
  host_of(run).outcome->failure = message;
}

int not_cancelled(const qd_run*) { return 0; }

void take_trace(const qd_run* run, const qd_fact* part, uint32_t input, int64_t row) {
  host_of(run)
      .outcome->traces[{part->indicator, part->reading, part->area, part->breakdown}]
      .insert({input, row});
}

std::vector<qd_definition> lent_definitions(const std::vector<Definition>& definitions) {
  std::vector<qd_definition> lent;
  lent.reserve(definitions.size());
  for (const Definition& definition : definitions)
    lent.push_back({definition.code.c_str(), definition.version, 0, definition.formula.c_str(),
                    definition.area.c_str(), definition.from, definition.until});
  return lent;
}

// The same order on every platform, which std::shuffle does not promise.
void shuffle(std::vector<TypedRow>& rows, unsigned seed) {
  std::mt19937 random(seed);
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random() % i]);
}

class Drive {
 public:
  Drive(const qd_family& family, const RunRequest& request, const Variation& variation,
        Outcome& outcome)
      : family_(family),
        request_(request),
        variation_(variation),
        outcome_(outcome),
        definitions_(lent_definitions(request.definitions)) {
    host_.family = &family;
    host_.request = &request;
    host_.outcome = &outcome;
    run_.struct_size = sizeof(qd_run);
    run_.abi_minor = QD_ABI_MINOR;
    run_.readings = request.readings.data();
    run_.n_readings = request.readings.size();
    run_.definitions = definitions_.data();
    run_.n_definitions = definitions_.size();
    run_.host = &host_;
    run_.option = give_option;
    run_.emit = take_facts;
    run_.note = take_note;
    run_.fail = take_failure;
    run_.cancelled = not_cancelled;
    run_.trace = variation.tracing ? take_trace : nullptr;
  }

  void run() {
    void* state = nullptr;
    outcome_.status = family_.begin(&run_, &state);
    if (outcome_.status != QD_OK) return;
    for (std::uint32_t input = 0; input < family_.n_inputs && outcome_.status == QD_OK; ++input)
      feed(input, state);
    host_.words.scribble();
    if (outcome_.status == QD_OK) outcome_.status = family_.finish(state, &run_);
    family_.end(state);
  }

 private:
  void feed(std::uint32_t input, void* state) {
    std::vector<TypedRow> rows = request_.inputs[input];
    if (variation_.shuffle != 0) shuffle(rows, variation_.shuffle);
    for (std::size_t from = 0; from < rows.size(); from += variation_.batch_rows) {
      const std::size_t until = std::min(from + variation_.batch_rows, rows.size());
      const LentBatch lent(family_, input, rows, from, until, host_.words);
      outcome_.status = family_.consume(state, &run_, &lent.batch());
      if (outcome_.status != QD_OK) return;
    }
  }

  const qd_family& family_;
  const RunRequest& request_;
  const Variation& variation_;
  Outcome& outcome_;
  std::vector<qd_definition> definitions_;
  Host host_;
  qd_run run_ = {};
};

}  // namespace

Outcome drive(const qd_family& family, const RunRequest& request, const Variation& variation) {
  Outcome outcome;
  Drive(family, request, variation, outcome).run();
  if (outcome.status != QD_OK && outcome.failure.empty())
    outcome.failure = "stopped with status " + std::to_string(outcome.status);
  if (outcome.status == QD_OK && !outcome.failure.empty()) outcome.status = QD_BAD_INPUT;
  return outcome;
}

}  // namespace quarterday::runner
