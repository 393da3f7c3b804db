#include "server/composition/passwords.hpp"

namespace qd::composition {

// The last @ ends a password, as it does where URLs are read.
std::optional<TextPart> password_in(std::string_view text) {
  constexpr std::string_view kUrl = "mysql://";
  const auto begin = text.find(kUrl);
  if (begin == std::string_view::npos) return std::nullopt;
  const auto colon = text.find(':', begin + kUrl.size()), end = text.rfind('@');
  if (colon == std::string_view::npos || end == std::string_view::npos || end < colon)
    return std::nullopt;
  return TextPart{colon + 1, end - colon - 1};
}

std::string without_password(std::string text) {
  if (const auto password = password_in(text)) text.replace(password->begin, password->size, "***");
  return text;
}

}  // namespace qd::composition
