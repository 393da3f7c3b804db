#include "server/faces/figure_writer.hpp"

#include <utility>

namespace qd::faces {
FigureWriter::FigureWriter(std::shared_ptr<const FigureFields> fields)
    : fields_(std::move(fields)) {
  names_.reserve(fields_->size());
  for (std::size_t at = 0; at < fields_->size(); ++at) {
    const FigureField& field = (*fields_)[at];
    names_.emplace_back(field.name);
    if (stretches_.empty() || stretches_.back().source != field.source)
      stretches_.push_back({.source = field.source, .begin = at, .end = at});
    stretches_.back().end = at + 1;
  }
}

// Where the text of this stretch is kept for such figures; "": it is still to be written.
std::string& FigureWriter::text_said(Stretch& stretch, const FigureView& figure) {
  const bool is_of_definition = stretch.source == FieldSource::kDefinition;
  if (!is_of_definition && stretch.source != FieldSource::kArea)
    return one_of_several(stretch, figure);
  const bool is_the_last =
      is_of_definition ? stretch.definition == figure.definition : stretch.area == figure.area;
  if (is_the_last) return stretch.text;
  stretch.definition = figure.definition;
  stretch.area = figure.area;
  stretch.text.clear();
  return stretch.text;
}

std::string& FigureWriter::one_of_several(Stretch& stretch, const FigureView& figure) {
  constexpr std::size_t kRemembered = 1000;
  auto& texts = stretch.texts[place_of(figure.reading)];
  const auto words = stretch.source == FieldSource::kPeriod ? figure.period : figure.breakdown;
  const auto found = texts.find(words);
  if (found != texts.end()) return found->second;
  if (texts.size() >= kRemembered) texts.clear();
  return texts[std::string(words)];
}

template <class Format>
void FigureWriter::write_all(Format& to, const ShownFigure& figure) {
  for (Stretch& stretch : stretches_) {
    if (stretch.source == FieldSource::kFigure) {
      write_stretch(to, figure, stretch);
      continue;
    }
    std::string& said = text_said(stretch, figure.figure);
    if (!said.empty()) {
      to.repeat(said);
      continue;
    }
    const auto before = to.size();
    write_stretch(to, figure, stretch);
    said = to.since(before);
  }
}

// nullptr: no value.
const std::string* FigureWriter::text_of(const FigureField& field, const ShownFigure& figure) {
  cell_.clear();
  return field.write(figure, cell_) ? &cell_ : nullptr;
}

void FigureWriter::write_stretch(formats::Json& json, const ShownFigure& figure,
                                 const Stretch& stretch) {
  for (auto at = stretch.begin; at < stretch.end; ++at) {
    const FigureField& field = (*fields_)[at];
    formats::write_cell(json.key(names_[at]), field.kind, text_of(field, figure));
  }
}

void FigureWriter::write_stretch(formats::Csv& csv, const ShownFigure& figure,
                                 const Stretch& stretch) {
  for (auto at = stretch.begin; at < stretch.end; ++at) {
    const FigureField& field = (*fields_)[at];
    formats::write_cell(csv, field.kind, text_of(field, figure));
  }
}

void FigureWriter::write(formats::Json& json, const ShownFigure& figure) {
  json.begin_object();
  write_all(json, figure);
  json.end_object();
}

void FigureWriter::write_heading(formats::Csv& csv) const {
  for (const auto& field : *fields_) csv.text(field.name);
  csv.end_line();
}

void FigureWriter::write(formats::Csv& csv, const ShownFigure& figure) {
  write_all(csv, figure);
  csv.end_line();
}

void FigureWriter::forget_definitions() {
  for (Stretch& stretch : stretches_)
    if (stretch.source == FieldSource::kDefinition) stretch.text.clear();
}

}  // namespace qd::faces
