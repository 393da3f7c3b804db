#include "core/tables/column.hpp"
#include "core/tables/list.hpp"

namespace qd::tables {
namespace {

using enum ColumnKind;

bool parent_by_kind(const Cell& parent, const Cell& kind) {
  return parent.present != (kind.text == "landlord");
}

}  // namespace

ShippedTable areas() {
  return {
      {"areas",
       "The tree of places, dated: landlord, region, neighbourhood, estate, block.",
       {needed("code", kText, "official code; always text, e.g. L4240, 00CN"),
        needed("name", kText, "name as people know it"),
        needed("kind", kText, "what it is")
            .one_of({"landlord", "region", "neighbourhood", "estate", "block"}),
        optional("parent", kText, "the area it lies in; none for a landlord").standing_in("areas"),
        needed("valid_from", kDate,
               "first day it exists in this place of the tree; once stored it does not move "
               "to a later day: correct the parent, or give the new place a code of its own"),
        optional("valid_until", kDate, "first day it no longer does")},
       1},
      {ends_after_it_begins("valid_until", "valid_from"),
       {"parent", "kind", parent_by_kind, "a landlord has no parent, and every other area has one",
        "name the area it lies in; leave it empty for a landlord", true}}};
}

}  // namespace qd::tables
