// Where a text holds the password of a database.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace qd::composition {

struct TextPart {
  std::size_t begin = 0, size = 0;
};
// Of a URL in it; nullopt: it has none.
std::optional<TextPart> password_in(std::string_view text);
// The same text with three stars in its place.
std::string without_password(std::string text);

}  // namespace qd::composition
