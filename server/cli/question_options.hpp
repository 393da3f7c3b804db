// A question about figures, as it is typed.
#pragma once

#include <memory>

#include "core/reading/access/figure_door.hpp"
#include "server/cli/command_line.hpp"
#include "server/faces/known_names.hpp"
#include "server/faces/question.hpp"

namespace qd::cli {

// --indicator, --area, --period and the rest.
void add_question(CLI::App& command, faces::QuestionTexts& question);

// A house that was opened for a question, with what is known there.
struct AskedHouse {
  std::unique_ptr<composition::House> house;
  std::unique_ptr<faces::KnownNames> names;
  std::unique_ptr<reading::access::StoreDoor> store;
  FactQuery query;  // the question with its names found, as of an instant
};
// Errors: those of faces::question, open_house and KnownNames::resolve, kStoreUnavailable.
Result<AskedHouse> ask_house(const CommandLine& line, const faces::QuestionTexts& question);

}  // namespace qd::cli
