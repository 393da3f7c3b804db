// What a cell of figures says.
#pragma once

#include <optional>
#include <string_view>

#include "core/capture/rsh/tsm_landlord.hpp"

namespace qd::capture::rsh {

struct FigureText {
  TsmFigure figure;
  bool in_words =
      false;  // "n/a", "-": there is no figure, and the regulator's marks do not say why
};

// A number (also with thousands separators), one of the regulator's marks (also with the digits of
// a footnote), words for no figure, or nothing; nullopt: none of these.
std::optional<FigureText> parse_figure(std::string_view text);
// The same, and a number of per cent.
std::optional<FigureText> parse_published(std::string_view text);

// "Yes", "TRUE", "weighted" and their opposites; nullopt: none of these.
std::optional<bool> parse_weighted(std::string_view text);

// Whether the text is a mark alone: "[X]".
bool is_figure_mark(std::string_view text);

}  // namespace qd::capture::rsh
