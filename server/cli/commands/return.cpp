// quarterday return build|list|verify
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "jobs/folder_delivery.hpp"
#include "jobs/schedules.hpp"
#include "server/cli/command_line.hpp"
#include "server/faces/catalogue.hpp"

namespace qd::cli::commands {
namespace {

struct ReturnCommand {
  std::string schedule = jobs::kExecutiveQuarterly;
  std::string period;
};

Result<jobs::Due> find_due(composition::House& house, const ReturnCommand& command) {
  const auto period = Period::parse(command.period);
  if (!period) return fail(period.error());
  const auto schedule = jobs::find_schedule(house.database().returns(), command.schedule);
  if (!schedule) return fail(schedule.error());
  return jobs::due_of(*schedule, *period);
}

ExitCode show_delivered(const ReturnRun& run, const jobs::Due& due) {
  fmt::print("{}/{}\nsha256 {}\n", due.schedule.folder, run.file_name, run.sha256);
  return ExitCode::kDone;
}

// It is not made twice; but the stored bytes are put back when their file is gone.
Result<ExitCode> show_delivered_before(jobs::FileSystem& files, const ReturnRun& run,
                                       const jobs::Due& due) {
  const bool there = jobs::verify_delivery(files, due.schedule.folder, run).has_value();
  if (!there)
    if (auto placed = jobs::deliver_to_folder(files, due.schedule.folder, run); !placed)
      return fail(placed.error());
  fmt::print("delivered already, at {}{}\n", to_text(*run.delivered_at),
             there ? "" : "; its file was gone and is put back, the same bytes");
  return show_delivered(run, due);
}

// Asking again for what was delivered is no error.
Result<ExitCode> show_taken(composition::House& house, const jobs::Due& due) {
  const auto stored =
      house.database().returns().find(due.schedule.id, due.period.id(), due.revision);
  if (!stored) return fail(stored.error());
  if (*stored && (*stored)->delivered_at)
    return show_delivered_before(house.files(), **stored, due);
  return fail(ErrorCode::kStoreConflict,
              fmt::format("the return {} for {} is being made by another process", due.schedule.id,
                          due.period.id()),
              "wait for it: see `quarterday return list`");
}

Result<ExitCode> show(composition::House& house, const jobs::ReturnReport& report,
                      const jobs::Due& due) {
  if (report.outcome == jobs::ReturnOutcome::kDelivered) return show_delivered(report.run, due);
  if (report.error) return fail(*report.error);
  return show_taken(house, due);
}

Result<ExitCode> build(const CommandLine& line, const ReturnCommand& command) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto job = (*house)->return_job();
  if (!job) return fail(job.error());
  const auto due = find_due(**house, command);
  if (!due) return fail(due.error());
  const auto report = (*job)->run(*due);
  if (!report) return fail(report.error());
  return show(**house, *report, *due);
}

Result<ExitCode> list(const CommandLine& line) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto returns = (*house)->database().returns().list();
  if (!returns) return fail(returns.error());
  print(line, faces::return_table(*returns), "no returns");
  return ExitCode::kDone;
}

Result<formats::TextTable> verification(composition::House& house) {
  auto& store = house.database().returns();
  const auto returns = store.list();
  if (!returns) return fail(returns.error());
  formats::TextTable table{
      {{"schedule"}, {"period"}, {"revision", formats::FieldKind::kInteger}, {"state"}}, {}};
  for (const auto& listed : *returns) {
    if (!listed.delivered_at) continue;
    const auto schedule = jobs::find_schedule(store, listed.schedule);
    if (!schedule) return fail(schedule.error());
    const auto run = store.find(listed.schedule, listed.period, listed.revision);
    if (!run) return fail(run.error());
    const auto verified = jobs::verify_delivery(house.files(), schedule->folder, **run);
    table.rows.push_back({listed.schedule, listed.period, formats::cell(listed.revision),
                          verified ? "as delivered" : verified.error().message});
  }
  return table;
}

Result<ExitCode> verify(const CommandLine& line) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto table = verification(**house);
  if (!table) return fail(table.error());
  print(line, *table, "nothing has been delivered");
  for (const auto& row : table->rows)
    if (*row.back() != "as delivered")
      return fail(
          ErrorCode::kReturnAltered, *row.back(),
          "a file that is gone is put back by `quarterday return build --period …`; one that was "
          "changed is to be moved away first");
  return ExitCode::kDone;
}

}  // namespace

void add_return(CLI::App& app, CommandLine& line) {
  auto* command = app.add_subcommand("return", "the returns: build, list, verify");
  command->require_subcommand(1);
  auto typed = std::make_shared<ReturnCommand>();
  auto* building = command->add_subcommand("build", "make and deliver the return of a period now");
  building->add_option("--period", typed->period, "FY2026-27-Q3")->required()->type_name("ID");
  building->add_option("--schedule", typed->schedule, "which return")->type_name("ID");
  building->callback(
      [&line, typed] { line.chosen = [&line, typed] { return build(line, *typed); }; });
  auto* listing = command->add_subcommand("list", "every return and its state");
  add_format(*listing, line);
  listing->callback([&line] { line.chosen = [&line] { return list(line); }; });
  auto* verifying =
      command->add_subcommand("verify", "compare delivered workbooks with what was delivered");
  add_format(*verifying, line);
  verifying->callback([&line] { line.chosen = [&line] { return verify(line); }; });
}

}  // namespace qd::cli::commands
