// What selects figures, as it is typed, for a URL and a command line alike.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/model/period.hpp"
#include "core/ports/figure_query.hpp"

namespace qd::faces {

struct QuestionTexts {
  std::vector<std::string> indicators = {}, areas = {}, under = {}, kinds = {}, periods = {},
                           readings = {}, families = {};
  std::optional<std::string> breakdown = {}, as_of = {}, from = {}, until = {}, latest = {},
                             at = {};
};

// A question whose names are still to be found among those that are known: see KnownNames.
struct Question {
  // Names of indicators and areas may end with *: all that begin so. No runs, no data version.
  FactQuery filter;
  std::vector<std::string> under;     // areas, each with all that lies in it
  std::vector<std::string> kinds;     // of area
  std::optional<Date> from, until;    // periods that lie in [from, until)
  std::optional<std::size_t> latest;  // of these the newest, so many of each kind
  std::optional<Date> at;             // as if it were then: periods that had ended by that day

  bool chooses_periods() const { return from || until || latest || at; }
  // The question as a text: the same for the same question, different for different ones.
  std::string text() const;
};

// Errors: kPeriodMalformed, kInstantMalformed, kParameterMalformed.
Result<Question> question(const QuestionTexts& texts);

}  // namespace qd::faces
