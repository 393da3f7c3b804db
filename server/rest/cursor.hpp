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
  std::size_t offset = 0;  // of figures that were put in order: after so many
};

// Opaque text for a URL. It is bound to the question it was made for, so that a cursor of another
// one is refused and not answered wrongly. It opens nothing: what is given is decided anew.
std::string cursor_text(const Cursor& cursor, const std::string& question);

// Errors: kParameterMalformed (damaged, of another version, or of another question).
Result<Cursor> parse_cursor(std::string_view text, const std::string& question);

}  // namespace qd::rest
