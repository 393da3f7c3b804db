// One family a misbehaviour: compiled once for each name in CMakeLists.txt, as MISBEHAVIOUR.
#include <quarterday/plugin.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

qd_fact good_fact() {
  qd_fact fact = {};
  fact.area = "L1";
  fact.breakdown = "";
  fact.numerator = QD_ONE;
  fact.n = fact.population = -1;
  return fact;
}

qd_status emit_one(const qd_run* run, const qd_fact& fact) {
  return run->emit(run, &fact, 1, sizeof fact);
}

using Deed = qd_status (*)(const qd_run*);

qd_status unknown_definition(const qd_run* run) {
  qd_fact fact = good_fact();
  fact.definition = 7;
  return emit_one(run, fact);
}
qd_status unknown_reading(const qd_run* run) {
  qd_fact fact = good_fact();
  fact.reading = 9;
  return emit_one(run, fact);
}
qd_status unknown_area(const qd_run* run) {
  qd_fact fact = good_fact();
  fact.area = "ATLANTIS";
  return emit_one(run, fact);
}
qd_status odd_breakdown(const qd_run* run) {
  qd_fact fact = good_fact();
  fact.breakdown = "sex=F;age=NaN";  // keys not in order
  return emit_one(run, fact);
}
qd_status undeclared_key(const qd_run* run) {
  qd_fact fact = good_fact();
  fact.breakdown = "age=65+";
  return emit_one(run, fact);
}
qd_status undeclared_value(const qd_run* run) {
  qd_fact fact = good_fact();
  fact.breakdown = "sex=X";
  return emit_one(run, fact);
}
qd_status others_key(const qd_run* run) {
  qd_fact fact = good_fact();
  fact.definition = 1;
  fact.breakdown = "k=1;sex=F";
  return emit_one(run, fact);
}
qd_status small_facts(const qd_run* run) {
  const qd_fact fact = good_fact();
  return run->emit(run, &fact, 1, sizeof fact - 8);
}
qd_status odd_null_reason(const qd_run* run) {
  qd_fact fact = good_fact();
  fact.null_reason = 99;
  return emit_one(run, fact);
}
qd_status garbage_members(const qd_run* run) {
  qd_fact fact = good_fact();
  const std::uint32_t members[] = {0, 0xDEADBEEF};
  fact.definition = 1;
  fact.members = members;
  fact.n_members = std::size(members);
  return emit_one(run, fact);
}
qd_status counts_too_far(const qd_run* run) {
  const std::vector<qd_fact> facts(4, good_fact());
  return run->emit(run, facts.data(), std::size_t{1} << 40, sizeof(qd_fact));
}
// Goes on as if nothing had been said.
qd_status deaf(const qd_run* run) {
  unknown_area(run);
  emit_one(run, good_fact());
  return QD_OK;
}
qd_status throws(const qd_run*) { throw std::runtime_error("the sky fell"); }
qd_status throws_a_number(const qd_run*) { throw 42; }
qd_status fails(const qd_run* run) {
  run->fail(run, "the register is upside down");
  return QD_BAD_INPUT;
}
qd_status aborts(const qd_run*) { std::abort(); }
qd_status follows_null(const qd_run*) {
  volatile int* nothing = nullptr;
  *nothing = 1;
  return QD_OK;
}
qd_status leaves(const qd_run*) { std::exit(0); }
qd_status loops(const qd_run*) {
  for (volatile unsigned turn = 0;; turn = turn + 1) {
  }
}
qd_status eats_memory(const qd_run*) {
  std::vector<std::vector<char>> eaten;
  for (;;) eaten.emplace_back(std::size_t{16} << 20, 'x');
}
qd_status floods(const qd_run* run) {
  qd_fact fact = good_fact();
  for (std::size_t i = 0;; ++i) {
    const std::string breakdown = "k=" + std::to_string(i);
    fact.breakdown = breakdown.c_str();
    if (const qd_status emitted = emit_one(run, fact); emitted != QD_OK) return emitted;
  }
}
// Past the host: whatever it may have open. That it can write at all is what the answer's limit
// is for.
qd_status scribbles(const qd_run*) {
  const std::vector<char> noise(1 << 16, '#');
  for (;;)
    for (int fd = 0; fd < 32; ++fd)
      if (::write(fd, noise.data(), noise.size()) < 0) continue;
}
// Frames that are well formed and never end.
qd_status writes_frames(const qd_run*) {
  struct {
    std::uint32_t mark = 0x31574451, kind = 104;
    std::uint64_t length = 1 << 16;
    char bytes[1 << 16] = {};
  } static const frame;
  for (;;)
    for (int fd = 3; fd < 32; ++fd)
      if (::write(fd, &frame, sizeof frame) < 0) continue;
}
qd_status prints(const qd_run* run) {
  const char words[] = "QDW1 is not for families\n";
  for (int fd = 0; fd < 3; ++fd)
    if (::write(fd, words, sizeof words) < 0) return QD_INTERNAL;
  return emit_one(run, good_fact());
}
// Leaves a child behind that holds the channel open for ever, and dies. As another user than root
// it may not fork, which is as good.
qd_status forks(const qd_run*) {
  if (::fork() == 0)
    for (;;) ::pause();
  std::abort();
}
qd_status adds_past_the_end(const qd_run* run) {
  qd_fact fact = good_fact();
  fact.numerator = INT64_MAX;
  if (const qd_status emitted = emit_one(run, fact); emitted != QD_OK) return emitted;
  return emit_one(run, fact);
}
qd_status writes_a_file(const qd_run* run) {
  const char* const path = run->option(run, "path");
  std::FILE* file = path ? std::fopen(path, "w") : nullptr;
  if (!file) return QD_INTERNAL;
  std::fputs("figures", file);
  std::fclose(file);
  return emit_one(run, good_fact());
}

constexpr struct {
  const char* name;
  Deed deed;
} kDeeds[] = {
    {"unknown_definition", unknown_definition},
    {"unknown_reading", unknown_reading},
    {"unknown_area", unknown_area},
    {"odd_breakdown", odd_breakdown},
    {"undeclared_key", undeclared_key},
    {"undeclared_value", undeclared_value},
    {"others_key", others_key},
    {"small_facts", small_facts},
    {"odd_null_reason", odd_null_reason},
    {"garbage_members", garbage_members},
    {"counts_too_far", counts_too_far},
    {"deaf", deaf},
    {"throws", throws},
    {"throws_a_number", throws_a_number},
    {"fails", fails},
    {"aborts", aborts},
    {"follows_null", follows_null},
    {"leaves", leaves},
    {"loops", loops},
    {"eats_memory", eats_memory},
    {"floods", floods},
    {"scribbles", scribbles},
    {"writes_frames", writes_frames},
    {"prints", prints},
    {"forks", forks},
    {"adds_past_the_end", adds_past_the_end},
    {"writes_a_file", writes_a_file},
};

qd_status begin(const qd_run*, void** state) {
  *state = nullptr;
  return QD_OK;
}
qd_status consume(void*, const qd_run*, const qd_batch*) { return QD_OK; }
qd_status finish(void*, const qd_run* run) {
  for (const auto& [name, deed] : kDeeds)
    if (std::strcmp(name, MISBEHAVIOUR) == 0) return deed(run);
  return QD_UNSUPPORTED;
}
void end(void*) {}

constexpr qd_family kFamily = {
    sizeof(qd_family), QD_ABI_MAJOR, QD_ABI_MINOR, 0,      MISBEHAVIOUR, "1.0.0", begin,
    consume,           finish,       end,          nullptr};

}  // namespace

extern "C" const qd_family* qd_family_entry() { return &kFamily; }
