// Each of them is a file of this room; shipped_tables.cpp has them in the order they are loaded.
#pragma once

#include "core/tables/shipped_table.hpp"

namespace qd::tables {

ShippedTable areas();
ShippedTable persons();
ShippedTable memberships();
ShippedTable events();
ShippedTable participations();
ShippedTable policies();
ShippedTable consultations();
ShippedTable measure_observations();
ShippedTable survey_tallies();
ShippedTable definitions();
ShippedTable definition_links();

}  // namespace qd::tables
