// The parts of the demonstration, in the order in which they build on each other.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/period.hpp"
#include "demo/demo_files.hpp"
#include "demo/dice.hpp"

namespace qd::demo {

constexpr std::string_view kLandlord = "DEMO-H4W";

struct Neighbourhood {
  const char* code;
  const char* name;
  int homes;
  std::array<const char*, 3> estates;  // names; the code is the neighbourhood's with -E1 to -E3
};
const std::array<Neighbourhood, 4>& neighbourhoods();
std::string estate_code(const Neighbourhood& neighbourhood, std::size_t estate);

// FY2024-25 Q1 to FY2026-27 Q2: two whole years and the half that follows.
std::vector<Period> demo_quarters();

void add_areas(DemoFiles& files);
void add_involvement(DemoFiles& files, unsigned seed);  // persons, memberships, events, …
void add_consultations(DemoFiles& files);               // policies and their consultations
void add_measures(DemoFiles& files, unsigned seed);     // the landlord's own quarterly figures
void add_copis(DemoFiles& files, unsigned seed);        // definitions, links, observations
void add_published(DemoFiles& files);                   // four real landlords, 2024-25

}  // namespace qd::demo
