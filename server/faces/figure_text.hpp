// Figures as a text in one of the formats, whole or piece by piece.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "server/faces/figure_writer.hpp"
#include "server/formats/csv.hpp"
#include "server/formats/format.hpp"

namespace qd::faces {

struct FigureRendering {
  formats::Format format = formats::Format::kJson;
  formats::CsvDialect dialect = formats::CsvDialect::kExact;
  std::shared_ptr<const AreaLabels> labels;
  std::shared_ptr<const FigureFields> fields;
  bool wide = false;  // a line for each series and a column for each period; otherwise one a figure
  std::vector<std::string> columns = {};  // when it is wide: the periods
};

// What stands behind the figures.
struct TextEnd {
  Instant as_of;
  std::optional<std::string> next;  // address of the next page
};

// Takes figures in the order of the store. Used by one thread at a time.
class FigureText : public FigureSink {
 public:
  virtual void begin() = 0;
  virtual void end(const TextEnd& end) = 0;
  virtual std::string text() = 0;  // what was written since it was last asked for
};

// format: json, csv (both also wide), sdmx or jsonstat.
std::unique_ptr<FigureText> figure_text(FigureRendering rendering);

// One a format, for figure_text alone.
std::unique_ptr<FigureText> plain_text(FigureRendering rendering);
std::unique_ptr<FigureText> wide_text(FigureRendering rendering);
std::unique_ptr<FigureText> sdmx_text(const FigureRendering& rendering);
std::unique_ptr<FigureText> json_stat_text(const FigureRendering& rendering);

}  // namespace qd::faces
