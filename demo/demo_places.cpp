#include <fmt/format.h>

#include "demo/demo_parts.hpp"
#include "demo/published_2025.hpp"

namespace qd::demo {
namespace {

// The day on which imports of the regulator's workbook have landlords begin.
const std::string kKnownSince = "2000-04-01";

void add_area(DemoFiles& files, const std::string& code, const std::string& name,
              const std::string& kind, const std::string& parent) {
  files.add("areas", {{"code", code},
                      {"name", name},
                      {"kind", kind},
                      {"parent", parent},
                      {"valid_from", kKnownSince}});
}

}  // namespace

const std::array<Neighbourhood, 4>& neighbourhoods() {
  static const std::array<Neighbourhood, 4> all = {{
      {"DEMO-N01", "Northgate (synthetic)", 310, {"Alder Court", "Birch Green", "Cedar Rise"}},
      {"DEMO-N02", "Eastfield (synthetic)", 260, {"Dahlia Walk", "Elm Square", "Fern Close"}},
      {"DEMO-N03", "Southmere (synthetic)", 220, {"Gorse Lane", "Hazel Place", "Iris Gardens"}},
      {"DEMO-N04", "Westbrook (synthetic)", 170, {"Juniper Mews", "Larch Road", "Maple Yard"}},
  }};
  return all;
}

std::string estate_code(const Neighbourhood& neighbourhood, std::size_t estate) {
  return fmt::format("{}-E{}", neighbourhood.code, estate + 1);
}

std::vector<Period> demo_quarters() {
  std::vector<Period> quarters = {Period::quarter(2024, 1)};
  while (!(quarters.back() == Period::quarter(2026, 2))) quarters.push_back(quarters.back().next());
  return quarters;
}

void add_areas(DemoFiles& files) {
  const std::string landlord(kLandlord);
  add_area(files, landlord, "Demonstration Homes for Women (synthetic)", "landlord", "");
  for (const auto& place : neighbourhoods()) {
    add_area(files, place.code, place.name, "neighbourhood", landlord);
    for (std::size_t i = 0; i < place.estates.size(); ++i) {
      add_area(files, estate_code(place, i), fmt::format("{} (synthetic)", place.estates[i]),
               "estate", place.code);
    }
  }
  add_area(files, "L3713", "Arawak Walton Housing Association Limited", "landlord", "");
  add_area(files, "L4455", "B3 Living Limited", "landlord", "");
  add_area(files, "LH4087", "Clarion Housing Group Limited", "landlord", "");
  add_area(files, "L4517", "London & Quadrant Housing Trust", "landlord", "");
}

void add_published(DemoFiles& files) {
  for (const auto& row : published_measures()) {
    files.add("measure_observations", {{"measure", row.measure},
                                       {"version", "1"},
                                       {"area", row.landlord},
                                       {"tenure", row.tenure},
                                       {"period_from", "2024-04-01"},
                                       {"period_until", "2025-04-01"},
                                       {"numerator", row.numerator},
                                       {"denominator", row.denominator}});
  }
  for (const auto& row : published_tallies()) {
    files.add("survey_tallies", {{"measure", row.measure},
                                 {"version", "1"},
                                 {"area", row.landlord},
                                 {"tenure", "LCRA"},
                                 {"period_from", "2024-04-01"},
                                 {"period_until", "2025-04-01"},
                                 {"very_positive", row.answers[0]},
                                 {"fairly_positive", row.answers[1]},
                                 {"neither", row.answers[2]},
                                 {"fairly_negative", row.answers[3]},
                                 {"very_negative", row.answers[4]},
                                 {"not_applicable", row.not_applicable},
                                 {"filter_yes", row.filter_yes},
                                 {"filter_no", row.filter_no},
                                 {"weighted", row.weighted},
                                 {"responses", row.responses}});
  }
}

}  // namespace qd::demo
