// quarterday-header DECLARATION.toml HEADER.hpp: what `quarterday family header` does, for the
// build of the families in this repository, which need not wait for the whole program.
#include <fmt/format.h>

#include "core/declarations/declaration.hpp"

int main(int count, char** arguments) {
  if (count != 3) {
    fmt::print(stderr, "quarterday-header DECLARATION.toml HEADER.hpp\n");
    return 2;
  }
  const auto written = qd::declarations::write_names_header(arguments[1], arguments[2]);
  if (!written) fmt::print(stderr, "{}\n", qd::to_text(written.error()));
  return written ? 0 : 1;
}
