#include "core/tables/column.hpp"
#include "core/tables/list.hpp"

namespace qd::tables {

using enum ColumnKind;

ShippedTable definition_links() {
  return {
      {"definition_links",
       "What a COPI says about an existing PI.",
       {needed("code", kText, "the COPI"), needed("linked", kText, "the existing PI, e.g. TP10"),
        needed("relation", kText, "how they belong together")
            .one_of({"EXPLAINS", "LOCALISES", "LEADS", "CONTRASTS", "GAP_FILLS"}),
        needed("strength", kInteger, "1 weak, 2 moderate, 3 strong").between(1, 3),
        optional("adds", kText, "what it adds, in words")},
       2}};
}

}  // namespace qd::tables
