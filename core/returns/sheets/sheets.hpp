// The sheets of a return, one function each. Pure: the same contents give the same sheet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/render/form.hpp"
#include "core/returns/content/contents.hpp"
#include "core/returns/content/words.hpp"
#include "core/returns/plan/sheet_names.hpp"

namespace qd::returns::sheets {

namespace words = content::words;
using content::ReturnContents;

std::string return_title(const ReturnContents& contents);  // "Quarterly return to the Executive"

// All of them, in the order of the workbook.
std::vector<render::Sheet> sheets_of(const ReturnContents& contents);

render::Sheet cover_sheet(const ReturnContents& contents);
render::Sheet contents_sheet(
    const std::vector<render::Sheet>& others);  // a link to each and what it holds
render::Sheet summary_sheet(const ReturnContents& contents);
render::Sheet section_sheet(const ReturnContents& contents, const plan::Section& section);
render::Sheet definition_sheet(const ReturnContents& contents);
// Marks are explained that one of the others carries.
render::Sheet note_sheet(const ReturnContents& contents, const std::vector<render::Sheet>& others);
// The numbers the pyramid is drawn from; nullopt without a pyramid.
std::optional<render::Sheet> chart_sheet(const ReturnContents& contents);

}  // namespace qd::returns::sheets
