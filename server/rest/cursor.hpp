// Where a paged reading goes on: after which fact, and what was known when it began.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/figure_query.hpp"
#include "core/ports/secret_store.hpp"

namespace qd::rest {

// A page follows from the one before it whatever is computed meanwhile: as_of is pinned.
struct Cursor {
  Fact after;  // only the fields facts are sorted by
  Instant as_of{};
  std::size_t offset = 0;  // of figures that were put in order: after so many
};

// Makes cursors and takes them back: opaque texts for a URL, signed with what the servers of one
// database share. A cursor is bound to the question it was made for, so that one of another
// question is refused and not answered wrongly. It opens nothing: what is given is decided anew.
// Thread-safe.
class CursorSigner {
 public:
  explicit CursorSigner(SecretStore& secrets) : secrets_(secrets) {}

  // Errors: kStoreUnavailable.
  Result<std::string> text(const Cursor& cursor, const std::string& question);
  // Errors: kParameterMalformed (changed, made by nobody here, of another version or of another
  // question), kStoreUnavailable.
  Result<Cursor> parse(std::string_view text, const std::string& question);

 private:
  Result<std::string> key();

  SecretStore& secrets_;
  std::mutex mutex_;
  std::string key_;  // "": not asked for yet
};

}  // namespace qd::rest
