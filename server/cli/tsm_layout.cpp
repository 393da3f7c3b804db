#include "server/cli/tsm_layout.hpp"

#include <fmt/format.h>

#include "core/capture/workbook/workbook_reader.hpp"
#include "server/cli/terminal_progress.hpp"

namespace qd::cli {
namespace {

constexpr std::string_view how_text(capture::rsh::TsmHow how) {
  using How = capture::rsh::TsmHow;
  switch (how) {
    case How::kByCode:
      return "by code";
    case How::kByWords:
      return "by words";
    case How::kByLayout:
      return "by layout";
    case How::kByPosition:
      return "by position";
    case How::kNotPlaced:
      break;
  }
  return "not placed";
}

formats::TextTable layout_table(const capture::rsh::TsmLayoutShown& shown) {
  formats::TextTable table{{{"sheet"}, {"column"}, {"heading"}, {"meaning"}, {"how"}, {"remark"}},
                           {}};
  for (const auto& column : shown.columns) {
    const bool placed = column.how != capture::rsh::TsmHow::kNotPlaced;
    table.rows.push_back(
        {column.sheet, capture::workbook::column_letters(column.column), column.heading,
         placed ? capture::rsh::meaning_text(column.means) : std::string(),
         std::string(how_text(column.how)), column.remark.empty() ? column.doubt : column.remark});
  }
  return table;
}

}  // namespace

Result<ExitCode> show_tsm_layout(const CommandLine& line, const std::filesystem::path& file,
                                 const capture::rsh::TsmOptions& options) {
  TerminalProgress progress;
  const auto shown = capture::rsh::show_tsm_layout(file, options, progress);
  if (!shown) return fail(shown.error());
  print(line, layout_table(*shown), "no columns");
  for (const auto& note : shown->notes) fmt::print(stderr, "note: {}\n", note);
  fmt::print(stderr, "{}: {}\n", shown->year,
             shown->edition.empty() ? "no layout; read by what all editions share"
                                    : "read by the layout of " + shown->edition);
  return ExitCode::kDone;
}

}  // namespace qd::cli
