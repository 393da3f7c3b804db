#include "core/capture/rsh/editions.hpp"

#include "core/capture/source_file.hpp"

namespace qd::capture::rsh {
namespace {

// What is built in is well formed: a test reads each of them.
Layout built_in(const LayoutText& embedded) {
  return parse_layout(embedded.text, std::string(embedded.file)).value_or(Layout{});
}

Layout shared_layout() {
  for (const auto& embedded : embedded_layouts()) {
    if (embedded.file == "shared.toml") return built_in(embedded);
  }
  return {};
}

}  // namespace

Layout layout_of(int start_year) {
  for (const auto& embedded : embedded_layouts()) {
    Layout layout = built_in(embedded);
    if (layout.start_year == start_year) return merged(shared_layout(), std::move(layout));
  }
  return shared_layout();
}

Result<Layout> read_layout(const std::filesystem::path& file) {
  std::string text;
  auto read = read_pieces(file, [&](std::string_view piece) -> Result<void> {
    text += piece;
    return {};
  });
  if (!read) return fail(read.error());
  auto layout = parse_layout(text, file.string());
  if (!layout) return layout;
  return merged(shared_layout(), std::move(*layout));
}

}  // namespace qd::capture::rsh
