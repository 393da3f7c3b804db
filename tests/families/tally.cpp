// A well-behaved family for tests, written against the bare C header: what residents counted, in
// every way the seam offers. One table of its own, one of the host's.
#include <quarterday/plugin.h>

#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace {

constexpr qd_column_spec kAreas[] = {{"code", QD_TEXT, 1, "", ""}};
constexpr qd_column_spec kEntries[] = {
    {"code", QD_TEXT, 1, "", "number of the entry"},
    {"area", QD_TEXT, 1, "", "where"},
    {"day", QD_DATE, 1, "", "when"},
    {"person", QD_TEXT, 0, "", "who"},
    {"good", QD_NUMBER, 0, "homes", "how many were good"},
    {"all", QD_INTEGER, 0, "homes", "how many there were"},
    {"group", QD_TEXT, 0, "", "breakdown it belongs to"},
    {"mark", QD_TEXT, 0, "", "x, z or c: why there is no figure; w: of the whole area"},
};
constexpr qd_input_spec kInputs[] = {
    {"areas", "", kAreas, std::size(kAreas), 0},
    {"tally_entries", "What residents counted.", kEntries, std::size(kEntries), 1},
};
enum Column { kCode, kArea, kDay, kPerson, kGood, kAll, kGroup, kMark };

enum Indicator : std::uint32_t { kShare, kPeople, kTotal };
constexpr qd_indicator_spec kIndicators[] = {
    {"tally.share", "Share of good homes", "good homes", "homes", "%", "tests", 100, 1, 1, QD_HIGH,
     QD_FLOW_RATIO, QD_SAMPLE_MARGIN},
    {"tally.people", "People who counted", "people", "", "persons", "tests", 1, 1, 0, QD_HIGH,
     QD_DISTINCT_COUNT, QD_NO_INTERVAL},
    {"tally.total", "Homes counted", "homes", "", "homes", "tests", 1, 1, 0, QD_CONTEXT,
     QD_ADDITIVE_COUNT, QD_NO_INTERVAL},
};

bool is_present(const qd_column& column, std::size_t row) {
  return !column.valid || (column.valid[row / 64] >> (row % 64) & 1u) != 0;
}

struct Entry {
  const qd_run* run;
  const qd_batch* batch;
  std::size_t row;

  bool has(Column column) const { return is_present(batch->columns[column], row); }
  std::uint32_t code(Column column) const {
    return static_cast<const std::uint32_t*>(batch->columns[column].values)[row];
  }
  const char* text(Column column) const {
    return has(column) ? batch->dictionary[code(column)] : "";
  }
  qd_date day() const { return static_cast<const qd_date*>(batch->columns[kDay].values)[row]; }
  qd_number number(Column column) const {
    return static_cast<const qd_number*>(batch->columns[column].values)[row];
  }

  qd_status say(qd_fact fact, Indicator indicator) const {
    fact.indicator = indicator;
    if (run->trace) run->trace(run, &fact, batch->input, batch->rows[row]);
    return run->emit(run, &fact, 1);
  }
  std::uint32_t null_reason() const {
    const char mark = *text(kMark);
    if (mark == 'x') return QD_NOT_AVAILABLE;
    if (mark == 'z') return QD_NOT_APPLICABLE;
    return mark == 'c' ? QD_SUPPRESSED : QD_HAS_VALUE;
  }
};

// Every row is emitted as a part of its own: adding up is the host's work here.
qd_status count(const Entry& entry, std::uint32_t reading) {
  qd_fact part = {};
  part.reading = reading;
  part.area = entry.text(kArea);
  part.breakdown = entry.text(kGroup);
  part.n = part.population = -1;
  part.null_reason = entry.null_reason();
  part.flags = *entry.text(kMark) == 'w' ? QD_WHOLE_AREA : 0;
  if (entry.has(kAll)) {
    part.denominator = entry.number(kAll) * QD_ONE;
    part.numerator = entry.has(kGood) ? entry.number(kGood) : 0;
    part.n = entry.number(kAll);
    part.population = entry.number(kAll) * 2;
  }
  if (const qd_status said = entry.say(part, kShare); said != QD_OK) return said;
  if (entry.has(kPerson)) {
    const std::uint32_t person = entry.code(kPerson);
    part.members = &person;
    part.n_members = 1;
    if (const qd_status said = entry.say(part, kPeople); said != QD_OK) return said;
  }
  part.numerator = part.denominator;
  return entry.say(part, kTotal);
}

qd_status begin(const qd_run*, void** state) {
  *state = nullptr;
  return QD_OK;
}

qd_status consume(void*, const qd_run* run, const qd_batch* batch) {
  if (batch->input == 0) return QD_OK;
  for (std::size_t i = 0; i < batch->n_rows; ++i) {
    const Entry entry{run, batch, i};
    for (std::uint32_t reading = 0; reading < run->n_readings; ++reading) {
      const qd_reading& window = run->readings[reading];
      if (entry.day() < window.from || entry.day() >= window.until) continue;
      if (const qd_status counted = count(entry, reading); counted != QD_OK) return counted;
    }
    if (!entry.has(kPerson)) run->note(run, "an entry nobody signed");
  }
  return QD_OK;
}

// What is data: one fact with the definition's version, at the area that owns it.
qd_status finish(void*, const qd_run* run) {
  for (std::size_t i = 0; i < run->n_definitions; ++i) {
    qd_fact fact = {};
    fact.indicator = static_cast<std::uint32_t>(std::size(kIndicators) + i);
    fact.area = run->definitions[i].area;
    fact.breakdown = "";
    fact.numerator = run->definitions[i].version * QD_ONE;
    fact.denominator = QD_ONE;
    fact.n = fact.population = -1;
    if (const qd_status emitted = run->emit(run, &fact, 1); emitted != QD_OK) return emitted;
  }
  return QD_OK;
}

void end(void*) {}

constexpr qd_family kFamily = {sizeof(qd_family),
                               QD_ABI_MAJOR,
                               QD_ABI_MINOR,
                               0,
                               "tally",
                               "1.2.0",
                               "Tally",
                               kInputs,
                               std::size(kInputs),
                               kIndicators,
                               std::size(kIndicators),
                               1,
                               0,
                               begin,
                               consume,
                               finish,
                               end,
                               nullptr};

}  // namespace

extern "C" const qd_family* qd_family_entry() { return &kFamily; }
