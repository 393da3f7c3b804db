#include "server/cli/hidden_words.hpp"

#include <algorithm>

#include "server/composition/passwords.hpp"

namespace qd::cli {
namespace {

void hide_password(char* argument) {
  const auto password = composition::password_in(argument);
  if (password) std::fill_n(argument + password->begin, password->size, '*');
}

}  // namespace

void hide_passwords(int argc, char** argv) { std::for_each(argv, argv + argc, hide_password); }

}  // namespace qd::cli
