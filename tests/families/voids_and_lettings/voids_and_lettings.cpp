// Voids and lettings: how long homes stand empty, what that costs, and who says no to them.
#include <quarterday/family.hpp>
#include <string>
#include <unordered_map>

#include "voids_and_lettings_names.hpp"

namespace {

namespace q = quarterday;
using namespace voids_and_lettings_names;

class VoidsAndLettings final : public q::Family {
  void row(const q::Row& row) override {
    if (row.input() == input::voids) return read_void(row);
    if (row.input() == input::offers) return read_offer(row);
    read_rent(row);
  }

  void read_void(const q::Row& row) {
    const q::Code area = *row.code(voids::area);
    const qd_date ended = *row.date(voids::ended_on);
    const auto let = row.date(voids::let_on);
    area_of_void_[*row.code(voids::reference)] = area;
    if (let && *let <= ended) return note("home let before its tenancy ended: left out");
    for (std::uint32_t i = 0; i < n_readings(); ++i) {
      const qd_date last = reading(i).until - 1;
      if (ended >= last) continue;
      const bool empty = !let || *let > last;
      count({indicator::vacant, i, area}, {empty ? 1 : 0, 0});
    }
    if (let && row.text(voids::kind) == "STANDARD") count_relet(row, area, *let, *let - ended - 1);
  }

  void count_relet(const q::Row& row, q::Code area, qd_date let, qd_date days) {
    const auto need = breakdown("need=" + std::string(*row.text(voids::need)));
    for (const auto reading : readings_with(let))
      for (const auto whom : {std::uint32_t{0}, need}) {
        count({indicator::relet_days, reading, area, whom}, {days, 1, 1});
        sample({indicator::relet_days_median, reading, area, whom}, days);
      }
  }

  void read_offer(const q::Row& row) {
    const auto known = area_of_void_.find(*row.code(offers::void_));
    if (known == area_of_void_.end()) return note("offer of an unknown void: left out");
    const auto day = row.date(offers::offered_on);
    for (const auto reading : readings_with(day))
      member({indicator::households, reading, known->second}, *row.code(offers::household));
    const auto outcome = row.text(offers::outcome);
    if (row.integer(offers::turn) != 1 || !outcome || outcome == "WITHDRAWN") return;
    count_case(indicator::refused_first, day, known->second, outcome == "REFUSED");
  }

  void read_rent(const q::Row& row) {
    const auto due = row.integer(rent::due), lost = row.integer(rent::lost);
    if (!due || !lost) return note("rent of a month without an amount: left out");
    for (const auto reading : readings_with(row.date(rent::month)))
      count({indicator::rent_lost, reading, *row.code(rent::area)}, {*lost, *due});
  }

  std::unordered_map<q::Code, q::Code> area_of_void_;
};

}  // namespace

QUARTERDAY_FAMILY(VoidsAndLettings, kId, kVersion)
