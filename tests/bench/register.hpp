// A register of five million participations, the same on every engine for the same seed.
#pragma once

#include "core/model/error.hpp"
#include "core/ports/observation_store.hpp"

namespace bench {

struct RegisterSize {
  std::int64_t areas = 20'000;
  std::int64_t persons = 400'000;
  std::int64_t events = 40'000;
  std::int64_t participations = 5'000'000;
};

// Areas under one landlord, persons, events of FY2026-27-Q1 at levels 1 to 4, participations.
qd::Result<void> fill_register(qd::ObservationStore& store, const RegisterSize& size);

}  // namespace bench
