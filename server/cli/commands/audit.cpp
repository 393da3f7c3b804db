// quarterday audit: what was changed and by whom, and whether it is still as it was written down.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/command_line.hpp"

namespace qd::cli::commands {
namespace {

using formats::FieldKind;

Result<ExitCode> list(const CommandLine& line, std::int64_t n_entries) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  auto& audit = (*house)->database().audit();
  const auto last = audit.head();
  if (!last) return fail(last.error());
  const auto entries = audit.entries(std::max<std::int64_t>(last->number - n_entries, 0),
                                     static_cast<std::size_t>(n_entries));
  if (!entries) return fail(entries.error());
  formats::TextTable table{
      {{"number", FieldKind::kInteger}, {"at"}, {"who"}, {"act"}, {"subject"}, {"content"}}, {}};
  for (const AuditEntry& entry : *entries)
    table.rows.push_back({std::to_string(entry.number), to_text(entry.at), entry.who, entry.act,
                          entry.subject, entry.content});
  print(line, table, "nothing was written down yet");
  return ExitCode::kDone;
}

Result<ExitCode> verify(const CommandLine& line, const std::string& noted) {
  std::optional<AuditAnchor> anchor;
  if (!noted.empty()) {
    auto parsed = parse_anchor(noted);
    if (!parsed) return fail(parsed.error());
    anchor = std::move(*parsed);
  }
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto report = (*house)->check_audit(anchor);
  if (!report) return fail(report.error());
  for (const auto& sentence : report->broken) fmt::print("{}\n", sentence);
  if (!report->broken.empty())
    return fail(ErrorCode::kFiguresAltered,
                fmt::format("{} of what was written down {} as it was", report->broken.size(),
                            report->broken.size() == 1 ? "is not" : "are not"),
                "somebody changed the database past this program: find out who, restore or compute "
                "again");
  fmt::print(
      "{} entries follow from each other; {} runs with their figures, {} keys and {} returns are "
      "as "
      "they were written down\n",
      report->last.number, report->n_runs, report->n_keys, report->n_returns);
  if (report->n_before > 0)
    fmt::print("{} runs and keys are of before there was an audit, and were taken as they are\n",
               report->n_before);
  if (report->last.number > 0)
    fmt::print("the last entry, to be noted elsewhere: {}\n", to_text(report->last));
  return ExitCode::kDone;
}

}  // namespace

void add_audit(CLI::App& app, CommandLine& line) {
  auto* command = app.add_subcommand("audit", "what was changed and by whom: list, verify");
  command->require_subcommand(1);
  auto n_entries = std::make_shared<std::int64_t>(100);
  auto* listing = command->add_subcommand("list", "the last entries");
  listing->add_option("--last", *n_entries, "so many at most")
      ->capture_default_str()
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000}));
  add_format(*listing, line);
  listing->callback(
      [&line, n_entries] { line.chosen = [&line, n_entries] { return list(line, *n_entries); }; });
  auto noted = std::make_shared<std::string>();
  auto* verifying = command->add_subcommand(
      "verify", "whether entries, figures, keys and returns are as they were written down");
  verifying
      ->add_option("--anchor", *noted, "an entry that was noted elsewhere, as a return shows it")
      ->type_name("NUMBER:DIGEST");
  verifying->callback(
      [&line, noted] { line.chosen = [&line, noted] { return verify(line, *noted); }; });
}

}  // namespace qd::cli::commands
