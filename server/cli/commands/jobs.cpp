// quarterday jobs list|run|history|rehearse
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "jobs/scheduler.hpp"
#include "jobs/schedules.hpp"
#include "server/cli/command_line.hpp"
#include "server/faces/catalogue.hpp"

namespace qd::cli::commands {
namespace {

Result<ExitCode> list(const CommandLine& line) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  auto& database = (*house)->database();
  const auto schedules = database.schedules().schedules();
  if (!schedules) return fail(schedules.error());
  const auto view =
      jobs::look_at_schedule(database.schedules(), database.returns(), {}, (*house)->clock().now());
  if (!view) return fail(view.error());
  print(line, faces::schedule_table(*schedules, *view), "no schedules");
  return ExitCode::kDone;
}

formats::TextTable report_table(const std::vector<jobs::ReturnReport>& reports) {
  formats::TextTable table{{{"schedule"}, {"period"}, {"outcome"}, {"file_name"}, {"reason"}}, {}};
  for (const auto& report : reports)
    table.rows.push_back({report.run.schedule, report.run.period,
                          std::string(to_text(report.outcome)),
                          formats::unless_empty(report.run.file_name),
                          report.error ? formats::Cell{report.error->message} : formats::Cell{}});
  return table;
}

// One pass of the scheduler, here and now.
Result<ExitCode> run(const CommandLine& line) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto job = (*house)->return_job();
  auto& database = (*house)->database();
  jobs::SchedulerSettings settings;
  settings.start = [&] { return (*house)->ensure_schedules(); };
  jobs::Scheduler scheduler({database.schedules(), database.returns(), *job, (*house)->clock()},
                            std::move(settings));
  const auto pass = scheduler.pass();
  print(line, report_table(pass.reports), "nothing is due");
  auto code = ExitCode::kDone;
  for (const auto& error : pass.errors) code = report(error);
  for (const auto& made : pass.reports)
    if (made.error) code = report(*made.error);
  return code;
}

Result<ExitCode> history(const CommandLine& line) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto returns = (*house)->database().returns().list();
  if (!returns) return fail(returns.error());
  print(line, faces::return_table(*returns), "nothing was made yet");
  return ExitCode::kDone;
}

struct Rehearsal {
  std::string schedule = jobs::kExecutiveQuarterly;
  int times = 8;
};

Result<ExitCode> show_rehearsal(const CommandLine& line, const Rehearsal& wanted) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto schedule = jobs::find_schedule((*house)->database().schedules(), wanted.schedule);
  if (!schedule) return fail(schedule.error());
  const auto dues = jobs::rehearse(*schedule, (*house)->clock().now(), wanted.times);
  if (!dues) return fail(dues.error());
  formats::TextTable table{{{"schedule"}, {"period"}, {"due_at"}, {"rule"}}, {}};
  for (const auto& due : *dues)
    table.rows.push_back({due.schedule.id, due.period.id(), to_text(due.due_at), due.rule});
  print(line, table, "it is never due");
  return ExitCode::kDone;
}

using Command = Result<ExitCode> (*)(const CommandLine&);

void add_plain(CLI::App& command, CommandLine& line, const char* name, const char* meaning,
               Command chosen) {
  auto* plain = command.add_subcommand(name, meaning);
  add_format(*plain, line);
  plain->callback([&line, chosen] { line.chosen = [&line, chosen] { return chosen(line); }; });
}

}  // namespace

void add_jobs(CLI::App& app, CommandLine& line) {
  auto* command = app.add_subcommand("jobs", "the schedule: list, run, history, rehearse");
  command->require_subcommand(1);
  add_plain(*command, line, "list", "schedules and what is due", list);
  add_plain(*command, line, "run", "make what is due now", run);
  add_plain(*command, line, "history", "what was made", history);
  auto wanted = std::make_shared<Rehearsal>();
  auto* rehearsing = command->add_subcommand("rehearse", "when a return will be due");
  rehearsing->add_option("--schedule", wanted->schedule, "which")->type_name("ID");
  rehearsing->add_option("--times", wanted->times, "how many")->check(CLI::Range(1, 100));
  add_format(*rehearsing, line);
  rehearsing->callback(
      [&line, wanted] { line.chosen = [&line, wanted] { return show_rehearsal(line, *wanted); }; });
}

}  // namespace qd::cli::commands
