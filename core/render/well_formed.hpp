// A second look at a workbook that was just written.
#pragma once

#include <string>

#include "core/model/error.hpp"

namespace qd::render {

// Unpacks every part and reads it as XML. Errors: kReturnRenderFailed, with the part that is cut
// off or damaged.
Result<void> check_workbook(const std::string& bytes);

}  // namespace qd::render
