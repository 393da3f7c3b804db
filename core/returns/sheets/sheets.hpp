// The sheets of a return, one function each. Pure: the same contents give the same sheet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/render/form.hpp"
#include "core/returns/content/contents.hpp"
#include "core/returns/content/words.hpp"

namespace qd::returns::sheets {

namespace words = content::words;
using content::ReturnContents;

inline constexpr const char* kSummary = "Summary";
inline constexpr const char* kInvolvement = "Involvement";
inline constexpr const char* kExisting = "Existing PIs";
inline constexpr const char* kCopis = "COPIs";
inline constexpr const char* kOther = "Other indicators";
inline constexpr const char* kDefinitions = "Definitions";
inline constexpr const char* kNotes = "Notes";
inline constexpr const char* kChartNumbers = "Chart numbers";

inline constexpr const char* kInvolvementFamily = "involvement";
inline constexpr const char* kExistingFamily = "existing_pis";
inline constexpr const char* kCopiFamily = "copis";

std::string return_title(const ReturnContents& contents);  // "Quarterly return to the Executive"

render::Sheet cover_sheet(const ReturnContents& contents);
render::Sheet contents_sheet(
    const std::vector<render::Sheet>& others);  // a link to each and what it holds
render::Sheet summary_sheet(const ReturnContents& contents);
render::Sheet chart_sheet(const ReturnContents& contents);  // the numbers the pyramid is drawn from
render::Sheet involvement_sheet(const ReturnContents& contents);
render::Sheet existing_sheet(const ReturnContents& contents);
// Figures of families that have no sheet of their own; nullopt when there are none.
std::optional<render::Sheet> other_sheet(const ReturnContents& contents);
render::Sheet copi_sheet(const ReturnContents& contents);
render::Sheet definition_sheet(const ReturnContents& contents);
render::Sheet note_sheet(const ReturnContents& contents);

}  // namespace qd::returns::sheets
