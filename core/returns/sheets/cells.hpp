// A figure, a number, a count as a cell.
#pragma once

#include <cstdint>
#include <optional>

#include "core/ports/figure_query.hpp"
#include "core/render/form.hpp"

namespace qd::returns::sheets::cells {

// Value as it is shown everywhere, or its mark; nullptr: [x], it is not there.
render::Cell cell(const Figure* figure);
render::Cell number(const std::optional<Number>& number);  // nullopt: [z], it does not apply
render::Cell count(const std::optional<std::int64_t>& count);

}  // namespace qd::returns::sheets::cells
