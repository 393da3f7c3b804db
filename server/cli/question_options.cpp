#include "server/cli/question_options.hpp"

#include <CLI/CLI.hpp>

#include "server/faces/fact_pages.hpp"

namespace qd::cli {

void add_question(CLI::App& command, faces::QuestionTexts& question) {
  command.add_option("--indicator", question.indicators,
                     "code, or INV* for all that begin so; repeated");
  command.add_option("--area", question.areas, "code, or E1* for all that begin so; repeated");
  command.add_option("--under", question.under, "area with all that lies in it; may be repeated");
  command.add_option("--area-kind", question.kinds, "landlord, neighbourhood, estate, …; repeated");
  command.add_option("--period", question.periods, "id; may be repeated");
  command.add_option("--from", question.from, "first period, or day")->type_name("PERIOD");
  command.add_option("--until", question.until, "last period, or day")->type_name("PERIOD");
  command.add_option("--latest", question.latest, "the newest so many periods of each kind")
      ->type_name("N");
  command.add_option("--at", question.at, "as if it were then: periods that had ended by that day")
      ->type_name("DAY");
  command.add_option("--reading", question.readings, "quarter, ytd or year; may be repeated");
  command.add_option("--breakdown", question.breakdown,
                     "tenure=LCRA; level=* for all by level; \"\" for totals");
  command.add_option("--family", question.families, "id; may be repeated");
  command.add_option("--as-of", question.as_of, "facts that were current then")->type_name("TIME");
}

namespace {

Result<FactQuery> resolved(composition::House& house, faces::KnownNames& names,
                           reading::access::FigureDoor& figures, const faces::Question& asked) {
  const auto known_at =
      faces::ReadingInstant(house.database().runs(), figures, house.clock()).of(0);
  if (!known_at) return fail(known_at.error());
  const Instant as_of = asked.filter.as_of.value_or(known_at->instant);
  auto query = names.resolve(asked, 0, {}, as_of);
  if (query) query->as_of = as_of;
  return query;
}

}  // namespace

Result<AskedHouse> ask_house(const CommandLine& line, const faces::QuestionTexts& question) {
  const auto asked = faces::question(question);
  if (!asked) return fail(asked.error());
  auto house = open_house(line);
  if (!house) return fail(house.error());
  auto& database = (*house)->database();
  auto names = std::make_unique<faces::KnownNames>(
      faces::NameSources{database.catalogue(), database.runs(), (*house)->engine()});
  auto store = std::make_unique<reading::access::StoreDoor>(database.figures(), database.runs(),
                                                            database.catalogue());
  auto query = resolved(**house, *names, store->door(), *asked);
  if (!query) return fail(query.error());
  return AskedHouse{std::move(*house), std::move(names), std::move(store), std::move(*query)};
}

}  // namespace qd::cli
