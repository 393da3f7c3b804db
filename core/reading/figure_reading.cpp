#include "core/reading/figure_reading.hpp"

#include <algorithm>
#include <utility>

namespace qd::reading {
namespace {

class Kept final : public FigureSink {
 public:
  void take(const FigureView& figure) override {
    figures.push_back({fact_of(figure), *figure.definition});
  }
  std::vector<Figure> figures;
};

class Listed final : public FigureReading {
 public:
  Listed(std::vector<Figure> figures, std::size_t from)
      : figures_(std::move(figures)), at_(std::min(from, figures_.size())) {}
  Result<std::size_t> read(std::size_t at_most, FigureSink& sink) override {
    const std::size_t n = std::min(at_most, figures_.size() - at_);
    for (std::size_t i = 0; i < n; ++i, ++at_)
      sink.take(view_of(figures_[at_].fact, figures_[at_].definition));
    return n;
  }

 private:
  std::vector<Figure> figures_;
  std::size_t at_;
};

}  // namespace

Result<void> FigureReading::read_in_any_order(ColumnSink& sink) {
  if (auto all = read(kAll, sink); !all) return fail(all.error());
  return {};
}

std::unique_ptr<FigureReading> listed_figures(std::vector<Figure> figures, std::size_t from) {
  return std::make_unique<Listed>(std::move(figures), from);
}

Result<std::vector<Figure>> all_of(FigureReading& reading) {
  return first_of(reading, FigureReading::kAll);
}

Result<std::vector<Figure>> first_of(FigureReading& reading, std::size_t n) {
  Kept kept;
  if (auto read = reading.read(n, kept); !read) return fail(read.error());
  return std::move(kept.figures);
}

}  // namespace qd::reading
