// Whether a finished figure can be right, by what its definition says it is.
#pragma once

#include <string>

#include "core/model/definition.hpp"
#include "core/worker/wire/fact_row.hpp"

namespace qd::worker::child {

// What is wrong with a figure that has a value: "is above 100 %", "is below 0"; empty: nothing.
//   a part of a whole   lies between nothing and the whole
//   a count, a rate, a mean duration   is not negative
std::string implausible(const wire::FactRow& row, const Definition& definition);

}  // namespace qd::worker::child
