#include "core/reading/figure_reading.hpp"

namespace qd::reading {
namespace {

class Kept final : public FigureSink {
 public:
  void take(const FigureView& figure) override {
    figures.push_back({fact_of(figure), *figure.definition});
  }
  std::vector<Figure> figures;
};

}  // namespace

Result<std::vector<Figure>> all_of(FigureReading& reading) {
  Kept kept;
  if (auto read = reading.read(FigureReading::kAll, kept); !read) return fail(read.error());
  return std::move(kept.figures);
}

}  // namespace qd::reading
