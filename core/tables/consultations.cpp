#include "core/tables/column.hpp"
#include "core/tables/list.hpp"

namespace qd::tables {
namespace {

using enum ColumnKind;

bool level_list(const Cell& cell, const Cell&) {  // "2;4"
  for (std::size_t i = 0; i < cell.text.size(); ++i) {
    const char letter = cell.text[i];
    if (i % 2 == 0 ? (letter < '1' || letter > '4') : letter != ';') return false;
  }
  return cell.text.size() % 2 == 1;
}

}  // namespace

ShippedTable consultations() {
  return {{"consultations",
           "Exercises in which a policy was consulted on.",
           {needed("code", kText, "code of the exercise"),
            needed("policy", kText, "which policy").standing_in("policies"),
            needed("opened_on", kDate, "first day"),
            optional("closed_on", kDate, "last day; its quarter is the one that counts"),
            optional("levels", kText, "levels consulted, e.g. 2;4")},
           1},
          {closed_once_opened(),
           {"levels", "", level_list, "this is no list of levels",
            "write the levels with semicolons between, e.g. 2;4"}}};
}

}  // namespace qd::tables
