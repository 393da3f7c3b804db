#include "core/reading/stages/store_reader.hpp"

namespace qd::reading::stages {
namespace {

class StoreReading final : public FigureReading {
 public:
  StoreReading(FigureStore& store, FactQuery query) : store_(store), query_(std::move(query)) {}

  Result<std::size_t> read(std::size_t at_most, FigureSink& sink) override {
    if (at_most == 0) return std::size_t{0};
    query_.limit = at_most == kAll ? 0 : at_most;
    const auto figures = store_.facts(query_);
    if (!figures) return fail(figures.error());
    for (const Figure& figure : *figures) sink.take(view_of(figure.fact, figure.definition));
    if (!figures->empty()) query_.after = figures->back().fact;
    return figures->size();
  }

 private:
  FigureStore& store_;
  FactQuery query_;
};

}  // namespace

Result<std::unique_ptr<FigureReading>> StoreReader::open(const FactQuery& query) {
  return std::make_unique<StoreReading>(store_, query);
}

}  // namespace qd::reading::stages
