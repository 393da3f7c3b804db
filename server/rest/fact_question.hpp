// What /api/v1/facts is asked, out of the parameters of a request.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/faces/figure_shape.hpp"
#include "server/faces/question.hpp"
#include "server/formats/csv.hpp"
#include "server/rest/cursor.hpp"
#include "server/rest/negotiate.hpp"
#include "server/rest/resource.hpp"

namespace qd::rest {

struct FactQuestion {
  faces::Question asked;
  faces::FigureShape shape;
  std::optional<std::size_t> limit;  // nullopt: all of them
  std::optional<Cursor> cursor;
  Format format = Format::kJson;
  formats::CsvDialect dialect = formats::CsvDialect::kExact;
  std::string text;  // of what is asked, without where to begin and how many: cursors belong to it
};

// The parameters, all of which the question knows.
const std::vector<std::string>& fact_parameters();
// Errors: kParameterMalformed, kPeriodMalformed, kInstantMalformed, kNotAcceptable,
// kStoreUnavailable.
Result<FactQuestion> fact_question(const Call& call, CursorSigner& cursors);

}  // namespace qd::rest
