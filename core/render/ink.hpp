// Fonts, colours and lines of a workbook. Only for the sources of core/render.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>

#include "core/render/form.hpp"

struct lxw_workbook;
struct lxw_format;

namespace qd::render::ink {

using Color = std::uint32_t;  // 0xRRGGBB

// One hue and its tints. Every text has at least 7:1 on its ground, every bar 3:1 by its outline;
// nothing is said by colour alone.
inline constexpr Color kPaper = 0xFFFFFF;
inline constexpr Color kDeep = 0x0F4C5C;  // headings, head of a table
inline constexpr Color kBody = 0x1F2A2E;  // body
inline constexpr Color kQuietText = 0x46565C;
inline constexpr Color kRule = 0xB9C8CD;  // lines between rows
inline constexpr Color kStrongGround = 0xE6F0F2;
inline constexpr Color kBars[] = {0x5FA8B5, 0x93C6CF, 0xC6E1E6};  // top of the pyramid first

inline constexpr const char* kFont = "Arial";
inline constexpr double kSize = 12;  // points; only the printed footer is smaller

enum class Face { kText, kLink, kNumber, kMark };  // a mark stands to the right like the numbers

// The formats of one workbook, each made once, in the order of their first use.
class Formats {
 public:
  explicit Formats(lxw_workbook* workbook) : workbook_(workbook) {}

  lxw_format* title(bool cover);
  lxw_format* holds(bool cover);
  lxw_format* band();  // the rest of a row of the cover's heading
  lxw_format* paragraph(bool lead);
  lxw_format* head(bool numeric);
  // decimals: of a number; 0 for others
  lxw_format* cell(Face face, int decimals, Emphasis emphasis);

 private:
  lxw_format* base();
  lxw_format* once(int kind, int detail, Emphasis emphasis, void (*dress)(lxw_format*, int));

  lxw_workbook* workbook_;
  std::map<std::tuple<int, int, Emphasis>, lxw_format*> made_;
};

}  // namespace qd::render::ink
