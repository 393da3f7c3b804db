// quarterday withheld: which figures an audience does not see, and why.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/reading/access/figure_door.hpp"
#include "server/cli/audience_option.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/question_options.hpp"

namespace qd::cli::commands {
namespace {

using formats::FieldKind;

class WithheldTable final : public reading::WithheldSink {
 public:
  void take(const FigureView& figure, const reading::WithheldFor& why) override {
    table_.rows.push_back({std::string(figure.indicator), std::string(figure.area),
                           std::string(figure.period), std::string(to_text(figure.reading)),
                           std::string(figure.breakdown), display(figure.value, *figure.definition),
                           std::string(why.reason), std::string(why.meaning),
                           std::to_string(figure.id)});
  }
  const formats::TextTable& table() const { return table_; }

 private:
  formats::TextTable table_{{{"indicator", FieldKind::kText},
                             {"area", FieldKind::kText},
                             {"period", FieldKind::kText},
                             {"reading", FieldKind::kText},
                             {"breakdown", FieldKind::kText},
                             {"is", FieldKind::kText},
                             {"reason", FieldKind::kText},
                             {"meaning", FieldKind::kText},
                             {"id", FieldKind::kInteger}},
                            {}};
};

struct WithheldCommand {
  faces::QuestionTexts question;
  std::string audience = std::string(name_of(Audience::kBoard));
};

Result<ExitCode> withheld(const CommandLine& line, const WithheldCommand& command) {
  const auto audience = read_audience(command.audience);
  if (!audience) return fail(audience.error());
  const auto asked = ask_house(line, command.question);
  if (!asked) return fail(asked.error());
  WithheldTable table;
  if (auto told = asked->store->withheld(asked->query, *audience, table); !told)
    return fail(told.error());
  print(line, table.table(), fmt::format("nothing of it is withheld from '{}'", command.audience));
  return ExitCode::kDone;
}

}  // namespace

void add_withheld(CLI::App& app, CommandLine& line) {
  auto typed = std::make_shared<WithheldCommand>();
  auto* command = app.add_subcommand(
      "withheld", "which figures an audience does not see, what they are, and why");
  add_question(*command, typed->question);
  command->add_option("--audience", typed->audience, audience_help("from whom:"))
      ->capture_default_str();
  add_format(*command, line);
  command->callback(
      [&line, typed] { line.chosen = [&line, typed] { return withheld(line, *typed); }; });
}

}  // namespace qd::cli::commands
