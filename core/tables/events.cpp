#include "core/tables/column.hpp"
#include "core/tables/list.hpp"

namespace qd::tables {

using enum ColumnKind;

ShippedTable events() {
  return {{"events",
           "Occasions on which people were involved.",
           {needed("code", kText, "code of the event"),
            needed("type", kText, "what kind of occasion")
                .one_of({"PANEL_MEETING", "SERVICE_REVIEW", "SURVEY", "FEEDBACK", "EDITORIAL",
                         "INSPECTION", "TRAINING", "FOCUS", "CONSULTATION", "SOCIAL"}),
            needed("level", kInteger, "level credited: 2, 3 or 4").between(2, 4),
            needed("held_on", kDate, "local date it was held on"),
            optional("minutes", kMinutes, "how long it was planned to take")
                .in("minutes")
                .between(0, kMostMinutes),
            optional("cancelled", kYesNo, "whether it did not take place"),
            optional("title", kText, "what it was about")},
           1}};
}

}  // namespace qd::tables
