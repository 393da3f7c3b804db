// A question about figures, as it is typed.
#pragma once

#include "core/reading/access/figure_door.hpp"
#include "server/composition/composition.hpp"
#include "server/faces/known_names.hpp"
#include "server/faces/question.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): its own name
class App;
}

namespace qd::cli {

// --indicator, --area, --period and the rest.
void add_question(CLI::App& command, faces::QuestionTexts& question);

// The question with its names found, and as of an instant. Errors: those of KnownNames::resolve,
// kStoreUnavailable.
Result<FactQuery> resolved(composition::House& house, faces::KnownNames& names,
                           reading::access::FigureDoor& figures, const faces::Question& asked);

}  // namespace qd::cli
