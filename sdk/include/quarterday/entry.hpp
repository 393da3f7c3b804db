// quarterday/entry.hpp: turns a Family into the functions and the descriptor of plugin.h.
// Included by family.hpp; a family does not include it itself.
#pragma once

#include <cstddef>
#include <exception>
#include <iterator>
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

  static inline std::size_t n_indicators = 0;  // set once, before any run

 private:
  static Family& attached(void* state, const qd_run* run) {
    auto& family = *static_cast<Family*>(state);
    family.run_ = run;
    return family;
  }
};

template <class FamilyClass>
qd_status Entry<FamilyClass>::begin(const qd_run* run, void** state) noexcept {
  Family* family = nullptr;
  const qd_status status = guarded(run, [&] {
    if (run->n_readings > kMostReadings) throw BadInput("a run has at most three readings");
    family = new FamilyClass;  // NOLINT(bugprone-unhandled-exception-at-new): guarded() catches it
    family->run_ = run;
    family->n_indicators_ = n_indicators;
    family->begin();
  });
  if (status != QD_OK)
    delete family;
  else
    *state = family;
  return status;
}

template <class FamilyClass, class Inputs, class Indicators>
qd_family describe(const char* id, const char* version, const char* title, const Inputs& inputs,
                   const Indicators& indicators) {
  using E = Entry<FamilyClass>;
  E::n_indicators = std::size(indicators);
  qd_family family = {};
  family.struct_size = sizeof(qd_family);
  family.abi_major = QD_ABI_MAJOR;
  family.abi_minor = QD_ABI_MINOR;
  family.id = id;
  family.version = version;
  family.title = title;
  family.inputs = std::data(inputs);
  family.n_inputs = std::size(inputs);
  family.indicators = std::data(indicators);
  family.n_indicators = std::size(indicators);
  family.takes_definitions = FamilyClass::kTakesDefinitions ? 1 : 0;
  family.begin = E::begin;
  family.consume = E::consume;
  family.finish = E::finish;
  family.end = E::end;
  return family;
}

}  // namespace quarterday::detail

// The descriptor and the one exported symbol. `indicators` may be a std::array of size 0.
#define QUARTERDAY_FAMILY(Class, id, version, title, inputs, indicators)             \
  extern "C" const qd_family* qd_family_entry(void) {                                \
    static const qd_family family =                                                  \
        quarterday::detail::describe<Class>(id, version, title, inputs, indicators); \
    return &family;                                                                  \
  }
