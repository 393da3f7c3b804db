// quarterday return build|list|plan|verify
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "jobs/folder_delivery.hpp"
#include "jobs/schedules.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/return_plan.hpp"
#include "server/faces/catalogue.hpp"

namespace qd::cli::commands {
namespace {

struct ReturnCommand {
  std::optional<std::string> plan;
  std::string schedule = jobs::kExecutiveQuarterly;
  std::string period;
};

Result<jobs::Due> find_due(composition::House& house, const ReturnCommand& command) {
  const auto period = Period::parse(command.period);
  if (!period) return fail(period.error());
  const auto schedule = jobs::find_schedule(house.database().schedules(), command.schedule);
  if (!schedule) return fail(schedule.error());
  return jobs::due_of(*schedule, *period);
}

ExitCode show_delivered(const ReturnRun& run, const std::string& path) {
  fmt::print("{}\nsha256 {}\n", path, run.sha256);
  return ExitCode::kDone;
}

Result<std::vector<Delivery>> deliveries_of(composition::House& house, const ReturnRun& run) {
  auto all = house.database().deliveries().deliveries();
  if (all) std::erase_if(*all, [&](const Delivery& one) { return one.return_run != run.id; });
  return all;
}

// The path of a delivery; its stored bytes are put back when its file is gone.
Result<std::string> put_back_if_gone(composition::House& house, const ReturnRun& run,
                                     const Delivery& delivery) {
  const auto own = house.delivery_folder();
  if (!own) return fail(own.error());
  const auto verified = jobs::verify_delivery(house.files(), *own, run, delivery);
  if (verified && *verified == jobs::Verified::kElsewhere) return jobs::path_of(delivery);
  const auto folder = jobs::find_delivery_folder(house.files(), *own, delivery);
  if (!folder) return fail(folder.error());
  const std::string& where = folder->value_or(delivery.folder);
  if (!verified) {
    if (auto placed = jobs::deliver_to_folder(house.files(), where, run); !placed)
      return fail(placed.error());
    fmt::print("its file was gone and is put back, the same bytes\n");
  }
  return where + "/" + delivery.file_name;
}

// It is not made twice.
Result<ExitCode> show_delivered_before(composition::House& house, const ReturnRun& run) {
  fmt::print("delivered already, at {}\n", to_text(*run.delivered_at));
  const auto deliveries = deliveries_of(house, run);
  if (!deliveries) return fail(deliveries.error());
  for (const Delivery& delivery : *deliveries) {
    const auto path = put_back_if_gone(house, run, delivery);
    if (!path) return fail(path.error());
    show_delivered(run, *path);
  }
  return ExitCode::kDone;
}

// Asking again for what was delivered is no error.
Result<ExitCode> show_taken(composition::House& house, const jobs::Due& due) {
  const auto stored =
      house.database().returns().find(due.schedule.id, due.period.id(), due.revision);
  if (!stored) return fail(stored.error());
  if (*stored && (*stored)->delivered_at) return show_delivered_before(house, **stored);
  return fail(ErrorCode::kStoreConflict,
              fmt::format("the return {} for {} is being made by another process", due.schedule.id,
                          due.period.id()),
              "wait for it: see `quarterday return list`");
}

Result<ExitCode> show(composition::House& house, const jobs::ReturnReport& report,
                      const jobs::Due& due) {
  if (report.outcome == jobs::ReturnOutcome::kDelivered)
    return show_delivered(report.run, report.path);
  if (report.error) return fail(*report.error);
  return show_taken(house, due);
}

Result<ExitCode> build(const CommandLine& line, const ReturnCommand& command) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  if (command.plan) (*house)->plan_returns_by(*command.plan);
  if (auto ensured = (*house)->ensure_schedules(); !ensured) return fail(ensured.error());
  const auto due = find_due(**house, command);
  if (!due) return fail(due.error());
  const auto report = (*house)->return_job()->run(*due);
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

// What was found of one delivery, and whether it is worth an alarm.
struct Finding {
  std::string sentence;
  bool altered = false;
};

Finding look_at(composition::House& house, const jobs::DeliveryFolder& own, const ReturnRun& run,
                const Delivery& delivery) {
  const auto verified = jobs::verify_delivery(house.files(), own, run, delivery);
  if (!verified) return {verified.error().message, true};
  if (*verified == jobs::Verified::kAsDelivered) return {"as delivered"};
  return {"in a folder this server cannot look at: verify where it was delivered"};
}

struct Verification {
  formats::TextTable table{{{"schedule"},
                            {"period"},
                            {"revision", formats::FieldKind::kInteger},
                            {"recipient"},
                            {"delivered_to"},
                            {"state"}},
                           {}};
  std::optional<std::string> alarm;  // the last one
};

Result<void> verify_return(composition::House& house, const ReturnRun& listed,
                           Verification& verification) {
  const auto own = house.delivery_folder();
  if (!own) return fail(own.error());
  const auto run = house.database().returns().find(listed.schedule, listed.period, listed.revision);
  if (!run) return fail(run.error());
  const auto deliveries = deliveries_of(house, listed);
  if (!deliveries) return fail(deliveries.error());
  for (const Delivery& delivery : *deliveries) {
    const auto found = look_at(house, *own, **run, delivery);
    if (found.altered) verification.alarm = found.sentence;
    verification.table.rows.push_back({listed.schedule, listed.period,
                                       formats::cell(listed.revision), delivery.recipient,
                                       jobs::path_of(delivery), found.sentence});
  }
  return {};
}

Result<ExitCode> verify(const CommandLine& line) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto returns = (*house)->database().returns().list();
  if (!returns) return fail(returns.error());
  Verification verification;
  for (const ReturnRun& listed : *returns)
    if (listed.delivered_at)
      if (auto looked = verify_return(**house, listed, verification); !looked)
        return fail(looked.error());
  print(line, verification.table, "nothing has been delivered");
  if (!verification.alarm) return ExitCode::kDone;
  return fail(
      ErrorCode::kReturnAltered, *verification.alarm,
      "a file that is gone is put back by `quarterday return build --period …`; one that was "
      "changed is to be moved away first");
}

}  // namespace

void add_return(CLI::App& app, CommandLine& line) {
  auto* command = app.add_subcommand("return", "the returns: build, list, plan, verify");
  command->require_subcommand(1);
  auto typed = std::make_shared<ReturnCommand>();
  auto* building = command->add_subcommand("build", "make and deliver the return of a period now");
  building->add_option("--period", typed->period, "FY2026-27-Q3")->required()->type_name("ID");
  building->add_option("--schedule", typed->schedule, "which return")->type_name("ID");
  building->add_option("--plan", typed->plan, "a plan of one's own for what it holds")
      ->type_name("FILE");
  building->callback(
      [&line, typed] { line.chosen = [&line, typed] { return build(line, *typed); }; });
  auto* listing = command->add_subcommand("list", "every return and its state");
  add_format(*listing, line);
  listing->callback([&line] { line.chosen = [&line] { return list(line); }; });
  add_return_plan(*command, line);
  auto* verifying =
      command->add_subcommand("verify", "compare delivered workbooks with what was delivered");
  add_format(*verifying, line);
  verifying->callback([&line] { line.chosen = [&line] { return verify(line); }; });
}

}  // namespace qd::cli::commands
