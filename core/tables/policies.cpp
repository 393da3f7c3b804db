#include "core/tables/column.hpp"
#include "core/tables/list.hpp"

namespace qd::tables {

using enum ColumnKind;

ShippedTable policies() {
  return {{"policies",
           "Policies that may be consulted on.",
           {needed("code", kText, "code of the policy"), needed("title", kText, "its title"),
            needed("area", kText, "where it applies: the landlord, or a part of it")
                .standing_in("areas"),
            needed("customer_facing", kYesNo, "yes: customers meet it; no: internal"),
            optional("decided_on", kDate, "when it was decided")},
           1}};
}

}  // namespace qd::tables
