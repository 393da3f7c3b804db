#include "core/tables/column.hpp"
#include "core/tables/list.hpp"

namespace qd::tables {

using enum ColumnKind;

// Nobody belongs to level 1: it is everybody who was told.
ShippedTable memberships() {
  return {
      {"memberships",
       "Who belongs to which level of the pyramid of engagement, from when to when.",
       {needed("person", kText, "who").standing_in("persons"),
        needed("level", kInteger, "2 armchair commentator, 3 peripheral, 4 substantial")
            .between(2, 4),
        needed("opened_on", kDate, "first day"),
        optional("closed_on", kDate, "last day, inclusive; none while it is open"),
        optional("close_reason", kText, "why it was closed, e.g. INELIGIBLE, MOVED_LEVEL"),
        optional("role", kText, "part played").one_of({"MEMBER", "CHAIR", "DEPUTY", "CHAMPION"})},
       3},
      {closed_once_opened()}};
}

}  // namespace qd::tables
