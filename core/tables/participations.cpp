#include "core/tables/column.hpp"
#include "core/tables/list.hpp"

namespace qd::tables {

using enum ColumnKind;

ShippedTable participations() {
  return {{"participations",
           "Who took part in which event, and for how long.",
           {needed("person", kText, "who").standing_in("persons"),
            needed("event", kText, "in what").standing_in("events"),
            needed("status", kText, "whether they took part")
                .one_of({"ATTENDED", "APOLOGIES", "ABSENT", "REMOTE", "RESPONDED"}),
            optional("minutes", kMinutes, "their own time, without travel")
                .in("minutes")
                .between(0, kMostMinutes)},
           2}};
}

}  // namespace qd::tables
