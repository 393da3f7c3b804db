// What a heading of the regulator's workbook means. Columns move, gain footnotes and change words
// every year, so a heading is read for its meaning and never for its position.
#pragma once

#include <string>
#include <string_view>

#include "core/capture/rsh/layout.hpp"

namespace qd::capture::rsh {

enum class TsmHow { kNotPlaced, kByCode, kByWords, kByLayout, kByPosition };

struct TsmHeading {
  TsmMeaning means;
  TsmHow how = TsmHow::kNotPlaced;
  // Why the code in brackets is the only witness, or why there is none; empty: code and words
  // agree, or the layout says it.
  std::string doubt = {};
};

// sheet: "LCRA Perception", as layouts name it. The code in brackets decides the measure, whatever
// the words before it say: in both editions the counts of TP05 and TP06 carry the next question's
// words. A heading that cannot be placed and has a code keeps that measure.
TsmHeading read_tsm_heading(std::string_view heading, std::string_view sheet, const Layout& layout);

}  // namespace qd::capture::rsh
