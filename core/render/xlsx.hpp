// A form as an Excel workbook.
#pragma once

#include <string>

#include "core/model/error.hpp"
#include "core/render/form.hpp"

namespace qd::render {

// The bytes of the workbook. Needs no folder that can be written; thread-safe.
// Errors: kReturnRenderFailed, with the sheet or the table that is not well formed.
Result<std::string> render_xlsx(const Form& form);

}  // namespace qd::render
