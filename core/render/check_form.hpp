// What a form must be before a workbook is written from it.
#pragma once

#include "core/model/error.hpp"
#include "core/render/form.hpp"

namespace qd::render {

// Unique sheet names of a length and with characters that Excel takes, unique table names, unique
// headings, every row as wide as its table, no empty cell, numbers that are numbers.
// Errors: kReturnRenderFailed, with the sheet.
Result<void> check_form(const Form& form);

}  // namespace qd::render
