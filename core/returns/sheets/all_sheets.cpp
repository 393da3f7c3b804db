#include "core/returns/sheets/sheets.hpp"

namespace qd::returns::sheets {

std::vector<render::Sheet> sheets_of(const ReturnContents& contents) {
  std::vector<render::Sheet> figures = {summary_sheet(contents)};
  for (const plan::Section& section : contents.sections)
    figures.push_back(section_sheet(contents, section));
  figures.push_back(definition_sheet(contents));
  const render::Sheet cover = cover_sheet(contents);
  std::vector<render::Sheet> others = figures;
  others.push_back(cover);
  figures.push_back(note_sheet(contents, others));
  if (auto chart = chart_sheet(contents)) figures.push_back(std::move(*chart));
  std::vector<render::Sheet> all = {cover, contents_sheet(figures)};
  for (render::Sheet& sheet : figures) all.push_back(std::move(sheet));
  return all;
}

}  // namespace qd::returns::sheets
