// The columns a section can show: the heading of each and what stands in it.
#pragma once

#include <string>
#include <vector>

#include "core/render/form.hpp"
#include "core/returns/content/rows.hpp"

namespace qd::returns::sheets {

// The landlord's figure of an indicator that another one is linked to. Not held here: nothing.
struct Linked {
  std::optional<content::RowSubject> subject;
  content::NewestFigure newest{nullptr, "[x]"};
};

// What a row is about.
struct RowContext {
  const content::ReturnContents& contents;
  const plan::Section& section;
  const Area& area;
  const content::RowSubject& subject;
  content::NewestFigure newest;
  const DefinitionLink* link = nullptr;  // of the layout "links"; nullptr: it has none
  Linked linked = {};
};

// A key of the plan may give several columns, or none: "previous", "ytd" of a year.
std::vector<render::Column> columns_of(const content::ReturnContents& contents,
                                       const plan::Section& section);
render::Row row_of(const RowContext& context);

}  // namespace qd::returns::sheets
