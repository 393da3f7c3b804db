#include "server/cli/hidden_words.hpp"

#include <algorithm>
#include <string_view>

namespace qd::cli {
namespace {

constexpr std::string_view kUrl = "mysql://";

// The last @ ends a password, as it does where URLs are read.
void hide_password(char* argument) {
  const std::string_view text(argument);
  const auto begin = text.find(kUrl);
  if (begin == std::string_view::npos) return;
  const auto account = begin + kUrl.size();
  const auto colon = text.find(':', account), end = text.rfind('@');
  if (colon == std::string_view::npos || end == std::string_view::npos || end < colon) return;
  std::fill(argument + colon + 1, argument + end, '*');
}

}  // namespace

void hide_passwords(int argc, char** argv) { std::for_each(argv, argv + argc, hide_password); }

}  // namespace qd::cli
