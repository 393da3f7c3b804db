// quarterday import TABLE FILE…, quarterday import all FOLDER, quarterday import rsh-tsm FILE.xlsx
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>

#include "core/capture/csv/import_csv.hpp"
#include "core/capture/rsh/import_tsm.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/import_folder.hpp"
#include "server/cli/refusal_summary.hpp"
#include "server/cli/terminal_progress.hpp"
#include "server/cli/tsm_layout.hpp"

namespace qd::cli::commands {
namespace {

constexpr const char* kRegulatorsWorkbook = "rsh-tsm";
constexpr const char* kWholeFolder = "all";

struct ImportCommand {
  std::string table;
  std::vector<std::filesystem::path> files;
  capture::ImportOptions options;
  std::optional<std::filesystem::path> layout;  // of rsh-tsm
  bool show_layout = false;                     // of rsh-tsm
  std::optional<std::string> report;            // file for every refusal
};

formats::TextTable count_table(const capture::ImportReport& report) {
  formats::TextTable table{{{"table"},
                            {"new", formats::FieldKind::kInteger},
                            {"corrected", formats::FieldKind::kInteger},
                            {"unchanged", formats::FieldKind::kInteger}},
                           {}};
  for (const auto& [name, counts] : report.tables)
    table.rows.push_back({name, formats::cell(counts.inserted), formats::cell(counts.superseded),
                          formats::cell(counts.unchanged)});
  return table;
}

std::string summary(const capture::ImportReport& report, bool dry_run) {
  const char* outcome = report.committed ? "kept"
                        : dry_run        ? "checked only, nothing was kept"
                                         : "nothing was kept";
  return fmt::format("{} lines read, {} refused: {}", report.lines_read, report.lines_refused,
                     outcome);
}

// The file that every refusal is written to; none: nothing is written.
Result<std::ofstream> open_report(const std::optional<std::string>& file) {
  std::ofstream report;
  if (!file) return report;
  report.open(*file, std::ios::trunc);
  if (report) return report;
  return fail(ErrorCode::kFileUnreadable, fmt::format("the report {} cannot be written", *file),
              "name a file in a folder that is there");
}

Result<ExitCode> show(const CommandLine& line, const ImportCommand& command,
                      const capture::ImportReport& report) {
  for (const auto& text : cause_texts(report)) fmt::print(stderr, "{}\n", text);
  for (const auto& note : report.notes) fmt::print(stderr, "note: {}\n", note);
  print(line, count_table(report), "no records");
  fmt::print(stderr, "{}\n", summary(report, command.options.dry_run));
  const bool well = command.options.dry_run ? report.lines_refused == 0 : report.committed;
  if (well) return ExitCode::kDone;
  return fail(ErrorCode::kLinesRefused, fmt::format("{} lines were refused", report.lines_refused),
              command.report ? fmt::format("correct them: {} lists them all; or keep the others "
                                           "with --good-lines",
                                           *command.report)
                             : "correct them (--report FILE lists them all), or keep the others "
                               "with --good-lines");
}

Result<capture::ImportReport> load(composition::House& house, const ImportCommand& command) {
  TerminalProgress progress;
  auto& store = house.database().observations();
  if (command.table == kRegulatorsWorkbook) {
    return capture::rsh::import_rsh_tsm(store, command.files.front(),
                                        {command.options, command.layout}, house.clock(), progress);
  }
  const auto table = house.table(command.table);
  if (!table) return fail(table.error());
  capture::ImportOptions options = command.options;
  if (!table->family.empty()) {
    auto declared = house.declared_tables();
    if (!declared) return fail(declared.error());
    options.declared = std::move(*declared);
  }
  if (table->name == "definitions") {
    auto owners = house.declared_codes();
    if (!owners) return fail(owners.error());
    options.declared_codes = std::move(*owners);
  }
  return capture::csv::import_csv(store, *table, command.files, options, house.clock(), progress);
}

// What a folder and the regulator's workbook take and do not take, and that it is one.
Result<void> check_typed(const ImportCommand& command) {
  if (command.table == kWholeFolder && command.files.size() != 1)
    return fail(ErrorCode::kParameterMalformed, "one folder is loaded at a time");
  if (command.table == kWholeFolder && command.options.dry_run)
    return fail(ErrorCode::kParameterMalformed, "a whole folder cannot be tried with --dry-run",
                "its files refer to records of each other: try them one table at a time");
  if (command.table == kRegulatorsWorkbook) {
    if (command.files.size() == 1) return {};
    return fail(ErrorCode::kParameterMalformed, "one workbook is loaded at a time");
  }
  if (!command.layout && !command.show_layout) return {};
  return fail(ErrorCode::kParameterMalformed,
              fmt::format("--layout and --show-layout are of {}", kRegulatorsWorkbook),
              "columns of a CSV file are found by their headings");
}

// Each file is a load of its own: what came before one that is refused stays, and is named.
Result<ExitCode> load_folder(const CommandLine& line, composition::House& house,
                             ImportCommand command) {
  const auto tables = house.table_names();
  if (!tables) return fail(tables.error());
  const auto found = table_files(command.files.front(), *tables);
  if (!found) return fail(found.error());
  capture::ImportReport whole;
  for (const auto& name : found->passed_over)
    whole.notes.push_back(fmt::format("{} is no CSV file and was passed over", name));
  for (const auto& [table, file] : found->files) {
    command.table = table;
    command.files = {file};
    const auto report = load(house, command);
    if (!report || !report->committed) fmt::print(stderr, "{}\n", kept_before(whole));
    if (!report) return fail(report.error());
    if (!report->committed) return show(line, command, *report);
    add(whole, *report);
  }
  return show(line, command, whole);
}

Result<ExitCode> import_files(const CommandLine& line, ImportCommand command) {
  if (auto typed = check_typed(command); !typed) return fail(typed.error());
  if (command.show_layout) {
    return show_tsm_layout(line, command.files.front(), {command.options, command.layout});
  }
  auto all = open_report(command.report);
  if (!all) return fail(all.error());
  command.options.each_refusal = [&](const capture::Refusal& refusal) {
    if (all->is_open()) *all << refusal_text(refusal) << '\n';
  };
  auto house = open_house(line);
  if (!house) return fail(house.error());
  if (command.table == kWholeFolder) return load_folder(line, **house, command);
  const auto report = load(**house, command);
  if (!report) return fail(report.error());
  return show(line, command, *report);
}

}  // namespace

void add_import(CLI::App& app, CommandLine& line) {
  auto typed = std::make_shared<ImportCommand>();
  auto* command = app.add_subcommand("import", "load records, or the regulator's workbook");
  command
      ->add_option(
          "table", typed->table,
          "an input table; all: every table a folder has a file of; rsh-tsm: the TSM workbook")
      ->required();
  command->add_option("files", typed->files, "CSV files; a folder for all; a workbook for rsh-tsm")
      ->required();
  command->add_flag("--dry-run", typed->options.dry_run, "read and check, keep nothing");
  command->add_flag("--good-lines", typed->options.good_lines,
                    "keep the good lines when others are refused");
  command->add_option("--layout", typed->layout, "rsh-tsm: read the workbook by this layout (TOML)")
      ->type_name("FILE");
  command->add_flag("--show-layout", typed->show_layout,
                    "rsh-tsm: print how every column is understood, load nothing");
  command->add_option("--report", typed->report, "list every refusal, one a line, in this file")
      ->type_name("FILE");
  add_format(*command, line);
  command->callback(
      [&line, typed] { line.chosen = [&line, typed] { return import_files(line, *typed); }; });
}

}  // namespace qd::cli::commands
