// quarterday/entry.hpp: turns a Family into the functions of plugin.h.
// Included by family.hpp; a family does not include it itself.
#pragma once

#include <cstddef>
#include <exception>
#include <quarterday/family.hpp>

namespace quarterday::detail {

// The one place where C++ exceptions turn into statuses.
template <class Work>
qd_status guarded(const qd_run* run, const Work& work) noexcept {
  try {
    work();
    return QD_OK;
  } catch (const Stopped& stopped) {
    return stopped.status;
  } catch (const BadInput& error) {
    run->fail(run, error.what());
    return QD_BAD_INPUT;
  } catch (const std::exception& error) {
    run->fail(run, error.what());
    return QD_INTERNAL;
  } catch (...) {
    run->fail(run, "the family threw something that is not a std::exception");
    return QD_INTERNAL;
  }
}

template <class FamilyClass>
struct Entry {
  static constexpr std::size_t kMostReadings = 3;

  static qd_status begin(const qd_run* run, void** state) noexcept;
  static qd_status consume(void* state, const qd_run* run, const qd_batch* batch) noexcept {
    return guarded(run, [&] { attached(state, run).consume(*batch); });
  }
  static qd_status finish(void* state, const qd_run* run) noexcept {
    return guarded(run, [&] {
      Family& family = attached(state, run);
      family.finish();
      family.emit_cells();
    });
  }
  static void end(void* state) noexcept { delete static_cast<Family*>(state); }

 private:
  static Family& attached(void* state, const qd_run* run) {
    auto& family = *static_cast<Family*>(state);
    family.run_ = run;
    return family;
  }
};

template <class FamilyClass>
qd_status Entry<FamilyClass>::begin(const qd_run* run, void** state) noexcept {
  if (run->struct_size < QD_RUN_SIZE_1_0) return QD_UNSUPPORTED;
  Family* family = nullptr;
  const qd_status status = guarded(run, [&] {
    if (run->n_readings > kMostReadings) throw BadInput("a run has at most three readings");
    family = new FamilyClass;  // NOLINT(bugprone-unhandled-exception-at-new):
                               // guarded() catches it
    family->attach(run);
    family->begin();
  });
  if (status != QD_OK)
    delete family;
  else
    *state = family;
  return status;
}

template <class FamilyClass>
qd_family describe(const char* id, const char* version) {
  using E = Entry<FamilyClass>;
  qd_family family = {};
  family.struct_size = sizeof(qd_family);
  family.abi_major = QD_ABI_MAJOR;
  family.abi_minor = QD_ABI_MINOR;
  family.id = id;
  family.version = version;
  family.begin = E::begin;
  family.consume = E::consume;
  family.finish = E::finish;
  family.end = E::end;
  return family;
}

}  // namespace quarterday::detail

// What the host calls, and the one exported symbol. Id and version are those of
// the declaration: take them from the generated header of names.
#define QUARTERDAY_FAMILY(Class, id, version)                                         \
  extern "C" const qd_family* qd_family_entry(void) {                                 \
    static const qd_family family = quarterday::detail::describe<Class>(id, version); \
    return &family;                                                                   \
  }
