#include "core/tables/measured.hpp"

namespace qd::tables {

using enum ColumnKind;

std::vector<ColumnSpec> measured_columns(std::vector<ColumnSpec> own) {
  std::vector<ColumnSpec> columns = {
      needed("measure", kText, "code of the measure, e.g. RP02_1, TP01, COPI-N01-C05"),
      needed("version", kInteger, "version of the definition it was measured by")
          .between(1, kMostVersions),
      needed("area", kText, "where").standing_in("areas"),
      needed("tenure", kText, "tenure basis; ALL where tenure does not matter")
          .one_of({"LCRA", "LCHO", "LCRA+LCHO", "COMBINED", "ALL"}),
      needed("period_from", kDate, "first day it covers; of a snapshot: of its period"),
      needed("period_until", kDate, "the day after the last; a snapshot is taken the day before"),
  };
  columns.insert(columns.end(), own.begin(), own.end());
  columns.push_back(
      optional("mark", kText,
               "why figures are missing: X left blank, Z not required, U denominator 0, E "
               "excluded, S suppressed")
          .one_of({"X", "Z", "U", "E", "S"}));
  return columns;
}

Rule measured_period() { return ends_after_it_begins("period_until", "period_from"); }

}  // namespace qd::tables
