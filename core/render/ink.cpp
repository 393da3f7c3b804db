#include "core/render/ink.hpp"

#include <xlsxwriter.h>

#include <string>

namespace qd::render::ink {
namespace {

// Kinds beside the faces of cells.
enum Kind { kTitle = 100, kHolds, kBand, kParagraph, kHead };

constexpr double kLeadSize = 14, kTitleSize = 20, kCoverTitleSize = 28, kCoverHoldsSize = 16;

void dress_band(lxw_format* format, int) { format_set_bg_color(format, kDeep); }

void dress_title(lxw_format* format, int cover) {
  format_set_bold(format);
  format_set_font_size(format, cover ? kCoverTitleSize : kTitleSize);
  format_set_font_color(format, cover ? kPaper : kDeep);
  if (cover) dress_band(format, 0);
  format_set_align(format, cover ? LXW_ALIGN_VERTICAL_BOTTOM : LXW_ALIGN_VERTICAL_CENTER);
  format_set_indent(format, cover ? 1 : 0);
}

void dress_holds(lxw_format* format, int cover) {
  format_set_font_size(format, cover ? kCoverHoldsSize : kSize);
  format_set_font_color(format, cover ? kPaper : kQuietText);
  if (cover) dress_band(format, 0);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_indent(format, cover ? 1 : 0);
}

void dress_paragraph(lxw_format* format, int lead) {
  if (lead) format_set_font_size(format, kLeadSize);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
}

void dress_head(lxw_format* format, int numeric) {
  format_set_bold(format);
  format_set_font_color(format, kPaper);
  format_set_bg_color(format, kDeep);
  format_set_text_wrap(format);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_align(format, numeric ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
  format_set_indent(format, 1);
}

void dress_text(lxw_format* format, int) {
  format_set_align(format, LXW_ALIGN_LEFT);
  format_set_text_wrap(format);
}

void dress_link(lxw_format* format, int) {
  dress_text(format, 0);
  format_set_font_color(format, kDeep);
  format_set_underline(format, LXW_UNDERLINE_SINGLE);
}

// "_0" keeps the width of a digit free: LibreOffice forgets the indent of some numbers.
void dress_number(lxw_format* format, int decimals) {
  const std::string places =
      decimals == 0 ? "" : "." + std::string(static_cast<std::size_t>(decimals), '0');
  format_set_num_format(format, ("#,##0" + places + "_0").c_str());
  format_set_align(format, LXW_ALIGN_RIGHT);
  format_set_indent(format, 0);
}

void dress_mark(lxw_format* format, int) {
  format_set_align(format, LXW_ALIGN_RIGHT);
  format_set_text_wrap(format);
}

void emphasise(lxw_format* format, Emphasis emphasis) {
  format_set_bottom(format, LXW_BORDER_THIN);
  format_set_bottom_color(format, kRule);
  if (emphasis == Emphasis::kStrong) {
    format_set_bold(format);
    format_set_bg_color(format, kStrongGround);
  }
  if (emphasis == Emphasis::kQuiet) format_set_font_color(format, kQuietText);
}

}  // namespace

lxw_format* Formats::base() {
  lxw_format* format = workbook_add_format(workbook_);
  format_set_font_name(format, kFont);
  format_set_font_size(format, kSize);
  format_set_font_color(format, kBody);
  return format;
}

lxw_format* Formats::once(int kind, int detail, Emphasis emphasis,
                          void (*dress)(lxw_format*, int)) {
  lxw_format*& made = made_[{kind, detail, emphasis}];
  if (made) return made;
  made = base();
  if (kind < kTitle) {
    format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
    format_set_indent(made, 1);
    emphasise(made, emphasis);
  }
  dress(made, detail);
  return made;
}

lxw_format* Formats::title(bool cover) { return once(kTitle, cover, Emphasis::kNone, dress_title); }
lxw_format* Formats::holds(bool cover) { return once(kHolds, cover, Emphasis::kNone, dress_holds); }
lxw_format* Formats::band() { return once(kBand, 0, Emphasis::kNone, dress_band); }
lxw_format* Formats::paragraph(bool lead) {
  return once(kParagraph, lead, Emphasis::kNone, dress_paragraph);
}
lxw_format* Formats::head(bool numeric) {
  return once(kHead, numeric, Emphasis::kNone, dress_head);
}

lxw_format* Formats::cell(Face face, int decimals, Emphasis emphasis) {
  const int kind = static_cast<int>(face);
  switch (face) {
    case Face::kLink:
      return once(kind, 0, emphasis, dress_link);
    case Face::kNumber:
      return once(kind, decimals, emphasis, dress_number);
    case Face::kMark:
      return once(kind, 0, emphasis, dress_mark);
    case Face::kText:
      break;
  }
  return once(kind, 0, emphasis, dress_text);
}

}  // namespace qd::render::ink
