// A well-behaved family for tests, written against the bare C header: what residents counted, in
// every way the seam offers. Built as it is, with structs that have grown, and against the 1.0
// header.
#include <quarterday/plugin.h>

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace {

enum Column { kCode, kArea, kDay, kPerson, kGood, kAll, kGroup, kMark };

// In the order in which they are declared.
enum Indicator : std::int32_t { kShare, kPeople, kTotal, kMedian };

// What a later version of the header may have made of the structs: see the contract tests.
#ifdef QUARTERDAY_GROWN_FAMILY
template <class T>
struct Mine : T {
  std::uint64_t of_a_later_version = 0xDEADBEEFDEADBEEF;
};
#else
template <class T>
struct Mine : T {};
#endif

template <class T>
const T& element(const T* first, std::size_t stride, std::size_t i) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(first) + i * stride);
}

// The version of an indicator that holds on the last day of a reading; UINT32_MAX: none does.
std::uint32_t in_force(const qd_run* run, Indicator indicator, std::uint32_t reading) {
  const qd_date until = element(run->readings, run->reading_stride, reading).until;
  for (std::uint32_t i = 0; i < run->n_definitions; ++i) {
    const qd_definition& known = element(run->definitions, run->definition_stride, i);
    if (known.indicator == indicator && known.effective_from < until &&
        until <= known.effective_until)
      return i;
  }
  return UINT32_MAX;
}

qd_status emit_one(const qd_run* run, const qd_fact& fact) {
  Mine<qd_fact> mine{};
  static_cast<qd_fact&>(mine) = fact;
  return run->emit(run, &mine, 1, sizeof mine);
}

bool is_present(const qd_column& column, std::size_t row) {
  return !column.valid || (column.valid[row / 64] >> (row % 64) & 1u) != 0;
}

struct Entry {
  const qd_run* run;
  const qd_batch* batch;
  std::size_t row;

  const qd_column& at(Column column) const {
    return element(batch->columns, batch->column_stride, column);
  }
  bool has(Column column) const { return is_present(at(column), row); }
  std::uint32_t code(Column column) const {
    return static_cast<const std::uint32_t*>(at(column).values)[row];
  }
  const char* text(Column column) const {
    return has(column) ? batch->dictionary[code(column)] : "";
  }
  qd_date day() const { return static_cast<const qd_date*>(at(kDay).values)[row]; }
  qd_number number(Column column) const {
    return static_cast<const qd_number*>(at(column).values)[row];
  }

  qd_status say(qd_fact fact, Indicator indicator) const {
    fact.definition = in_force(run, indicator, fact.reading);
    if (fact.definition == UINT32_MAX) return QD_OK;
    if (run->trace) run->trace(run, &fact, batch->input, batch->rows[row]);
    return emit_one(run, fact);
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
  if (entry.has(kGood)) {
    const qd_number good = entry.number(kGood);
    qd_fact sample = part;
    sample.values = &good;
    sample.n_values = 1;
    if (const qd_status said = entry.say(sample, kMedian); said != QD_OK) return said;
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
      const qd_reading& window = element(run->readings, run->reading_stride, reading);
      if (entry.day() < window.from || entry.day() >= window.until) continue;
      if (const qd_status counted = count(entry, reading); counted != QD_OK) return counted;
    }
    if (!entry.has(kPerson)) run->note(run, "an entry nobody signed");
  }
  return QD_OK;
}

// What people have defined: one fact with the definition's version, at the area that owns it.
qd_status finish(void*, const qd_run* run) {
  for (std::size_t i = 0; i < run->n_definitions; ++i) {
    const qd_definition& definition = element(run->definitions, run->definition_stride, i);
    if (definition.indicator >= 0) continue;
    qd_fact fact = {};
    fact.definition = static_cast<std::uint32_t>(i);
    fact.area = definition.area;
    fact.breakdown = "";
    fact.numerator = definition.version * QD_ONE;
    fact.denominator = QD_ONE;
    fact.n = fact.population = -1;
    if (const qd_status emitted = emit_one(run, fact); emitted != QD_OK) return emitted;
  }
  return QD_OK;
}

void end(void*) {}

Mine<qd_family> described() {
  Mine<qd_family> family{};
  family.struct_size = sizeof family;
  family.abi_major = QD_ABI_MAJOR;
  family.abi_minor = QD_ABI_MINOR;
  family.id = "tally";
  family.version = "1.2.0";
  family.begin = begin;
  family.consume = consume;
  family.finish = finish;
  family.end = end;
  return family;
}

}  // namespace

extern "C" const qd_family* qd_family_entry() {
  static const Mine<qd_family> family = described();
  return &family;
}
