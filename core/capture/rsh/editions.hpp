// The editions of the regulator's workbook that this program has a layout for.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/capture/rsh/layout.hpp"

namespace qd::capture::rsh {

struct LayoutText {
  std::string_view file;  // "2023-24.toml"
  std::string_view text;
};

// As they lie in core/capture/rsh/layouts/, by name; "shared.toml" among them.
const std::vector<LayoutText>& embedded_layouts();

// The layout of the year that began on 1 April of start_year, with what all editions share. An
// edition nobody wrote a layout for: what they share alone, with an empty edition.
Layout layout_of(int start_year);

// A layout from a file, with what all editions share. Errors: kFileUnreadable, kLayoutMalformed.
Result<Layout> read_layout(const std::filesystem::path& file);

}  // namespace qd::capture::rsh
