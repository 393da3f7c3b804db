#include "core/tables/shipped_table.hpp"

namespace qd::tables {

bool not_before(const Cell& last, const Cell& first) { return last.value >= first.value; }
bool after(const Cell& until, const Cell& from) { return until.value > from.value; }

Rule ends_after_it_begins(std::string_view until, std::string_view from) {
  return {until, from, after, "it ends before it begins", "until is the day after the last"};
}

Rule closed_once_opened() {
  return {"closed_on", "opened_on", not_before, "it was closed before it was opened",
          "closed_on is the last day, inclusive"};
}

}  // namespace qd::tables
