#include "server/faces/fact_pages.hpp"

#include <algorithm>

#include "server/faces/figure_writer.hpp"

namespace qd::faces {

Result<FactPage> read_page(FigureStore& store, FactQuery query, std::size_t limit) {
  query.limit = limit + 1;  // one more tells whether there is a next page
  auto figures = store.facts(query);
  if (!figures) return fail(figures.error());
  FactPage page{std::move(*figures), std::nullopt};
  if (page.figures.size() <= limit) return page;
  page.figures.resize(limit);
  page.more_after = page.figures.back().fact;
  return page;
}

Result<Instant> ReadingInstant::of(std::int64_t data_version) {
  // A run that still completes in this millisecond must not come into a reading that has begun.
  const auto before_now = clock_.now() - std::chrono::milliseconds{1};
  const std::lock_guard lock(mutex_);
  if (data_version == data_version_) return std::max(newest_, before_now);
  const auto runs = store_.runs(std::nullopt, std::nullopt);
  if (!runs) return fail(runs.error());
  for (const auto& run : *runs)
    if (run.finished_at) newest_ = std::max(newest_, *run.finished_at);
  data_version_ = data_version;
  return std::max(newest_, before_now);
}

FactText::FactText(FactRendering rendering)
    : rendering_(std::move(rendering)), csv_(rendering_.dialect) {}

void FactText::begin() {
  if (rendering_.format == formats::Format::kCsv) return write_figure_heading(csv_);
  json_.begin_object().key("data").begin_array();
}

void FactText::add(const std::vector<Figure>& figures) {
  for (const auto& figure : figures) {
    const ShownFigure shown{figure, rendering_.names->of(figure.fact.area)};
    if (rendering_.format == formats::Format::kCsv)
      write_figure(csv_, shown);
    else
      write_figure(json_, shown);
  }
}

void FactText::end(Instant as_of, const std::optional<std::string>& next) {
  if (rendering_.format == formats::Format::kCsv) return;
  json_.end_array().field("as_of", to_text(as_of)).optional_field("next", next).end_object();
}

std::string FactText::take() {
  return rendering_.format == formats::Format::kCsv ? csv_.take() : json_.take();
}

namespace {
constexpr std::size_t kPiece = 500;  // figures; about 200 kB of JSON
}

FactStream::FactStream(FigureStore& store, FactQuery query, FactRendering rendering)
    : store_(store), query_(std::move(query)), text_(std::move(rendering)) {
  text_.begin();
}

Result<std::string> FactStream::next() {
  if (ended_) return std::string{};
  auto page = read_page(store_, query_, kPiece);
  if (!page) return fail(page.error());
  text_.add(page->figures);
  query_.after = page->more_after;
  ended_ = !page->more_after;
  if (ended_) text_.end(query_.as_of.value(), std::nullopt);
  return text_.take();
}

}  // namespace qd::faces
