#include "core/model/table.hpp"

#include <algorithm>

namespace qd {

std::size_t TableSpec::index_of(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const ColumnSpec& spec) { return spec.name == column; });
  return static_cast<std::size_t>(found - columns.begin());
}

}  // namespace qd
