#include "core/model/period.hpp"
#include "core/tables/definitions_table.hpp"
#include "core/tables/list.hpp"

namespace qd::tables {
namespace {

bool starts_quarter(const Cell& day, const Cell&) {
  const Date date = date_of(static_cast<std::int32_t>(day.value));
  return Period::quarter_of(date).from() == date;
}

}  // namespace

ShippedTable definitions() {
  return {definitions_table(),
          {{"effective_from", "", starts_quarter, "a definition begins with a quarter",
            "write 1 April, 1 July, 1 October or 1 January"},
           ends_after_it_begins("effective_until", "effective_from")}};
}

}  // namespace qd::tables
