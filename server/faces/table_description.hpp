// What the columns of a CSV mean, for programs: Data Package (Table Schema) and CSV on the Web.
#pragma once

#include <string>

#include "server/faces/figure_writer.hpp"

namespace qd::faces {

// address: of the CSV that is described.
std::string data_package(const FigureFields& fields, const std::string& address);
std::string csvw_metadata(const FigureFields& fields, const std::string& address);

}  // namespace qd::faces
