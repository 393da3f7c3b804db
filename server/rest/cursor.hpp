// Where a paged reading goes on: after which fact, and what was known when it began.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ports/figure_query.hpp"

namespace qd::rest {

// A page follows from the one before it whatever is computed meanwhile: as_of is pinned.
struct Cursor {
  Fact after;  // only the fields facts are sorted by
  Instant as_of{};
};

// Opaque text for a URL. It is bound to the filter it was made for, so that a cursor of another
// question is refused and not answered wrongly.
std::string cursor_text(const Cursor& cursor, const FactQuery& filter);

// Errors: kParameterMalformed (damaged, of another version, or of another filter).
Result<Cursor> parse_cursor(std::string_view text, const FactQuery& filter);

}  // namespace qd::rest
