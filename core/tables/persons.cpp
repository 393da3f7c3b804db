#include "core/tables/column.hpp"
#include "core/tables/list.hpp"

namespace qd::tables {

using enum ColumnKind;

ShippedTable persons() {
  return {{"persons",
           "People who may be involved. A pseudonymous code, never a name.",
           {needed("code", kText, "pseudonymous code"),
            needed("relationship", kText, "what makes them eligible, or not counted")
                .one_of({"TENANT", "JOINT_TENANT", "HOUSEHOLDER", "MANAGED_OCCUPIER",
                         "SERVICE_USER", "BOARD_MEMBER", "STAFF"}),
            needed("area", kText, "where they live").standing_in("areas")},
           1}};
}

}  // namespace qd::tables
