// Landlords of the regulator's workbook on their way into the store.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/capture/report_book.hpp"
#include "core/capture/rsh/tsm_landlord.hpp"
#include "core/tables/record_check.hpp"

namespace qd::capture::rsh {

// Turns what the sheets say into rows of areas, measure_observations and survey_tallies, and looks
// at it on the way: names that changed, totals that do not fit. One thread.
class TsmLoad {
 public:
  // Reads the names of the landlords that are known now. Errors: kStoreUnavailable.
  static Result<TsmLoad> begin(ObservationStore& store, Load& load, capture::ReportBook& book);

  // The year began on 1 April of start_year. Errors: kStoreUnavailable.
  Result<void> take(const std::string& sheet, int start_year, const std::string& tenure,
                    const TsmLandlord& landlord);
  std::int64_t known_landlords() const { return known_; }

 private:
  TsmLoad(Load& load, capture::ReportBook& book, std::map<std::string, std::string> names);

  Result<void> take_area(const std::string& sheet, const TsmLandlord& landlord);
  void look_at_totals(const std::string& where, const TsmLandlord& landlord);

  capture::ReportBook& book_;
  std::map<std::string, std::string> names_;  // by code: of the store, and of this workbook
  std::map<std::string, bool> met_;           // by code: whether the store knew it
  std::int64_t known_ = 0;
  tables::RecordCheck measure_rules_;
  Load& load_;
};

}  // namespace qd::capture::rsh
