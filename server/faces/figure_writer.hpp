// Figures as CSV or JSON, one after the other. What a figure has in common with one before it is
// not put into words again.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "server/faces/figure_fields.hpp"

namespace qd::faces {

// All it writes is in one format. Used by one thread at a time.
class FigureWriter {
 public:
  explicit FigureWriter(std::shared_ptr<const FigureFields> fields);

  void write(formats::Json& json, const ShownFigure& figure);
  void write_heading(formats::Csv& csv) const;
  void write(formats::Csv& csv, const ShownFigure& figure);
  // Before the definitions of what was written may be gone.
  void forget_definitions();

 private:
  // Fields side by side that follow from the same, and how they read.
  struct Stretch {
    FieldSource source;
    std::size_t begin, end;  // [begin, end) among the fields
    // Definitions and areas come one after the other, and are of the last figure alone.
    const Definition* definition = nullptr;
    std::string area = {};
    std::string text = {};
    // Periods and breakdowns come again and again: by reading.
    std::array<TextMap<std::string>, kReadingPlaces> texts = {};
  };
  static std::string& text_said(Stretch& stretch, const FigureView& figure);
  static std::string& one_of_several(Stretch& stretch, const FigureView& figure);
  template <class Format>
  void write_all(Format& to, const ShownFigure& figure);
  void write_stretch(formats::Json& json, const ShownFigure& figure, const Stretch& stretch);
  void write_stretch(formats::Csv& csv, const ShownFigure& figure, const Stretch& stretch);
  const std::string* text_of(const FigureField& field, const ShownFigure& figure);

  std::shared_ptr<const FigureFields> fields_;
  std::vector<formats::JsonName> names_;  // of the fields
  std::vector<Stretch> stretches_;
  std::string cell_;  // kept for its room
};

}  // namespace qd::faces
