#include "server/faces/fact_pages.hpp"

#include <algorithm>

namespace qd::faces {

// Not now: a run says when it ended before it is stored, and must not come into a reading that
// began in between.
Result<Instant> ReadingInstant::newest() const {
  const auto runs = store_.runs(std::nullopt, std::nullopt);
  if (!runs) return fail(runs.error());
  Instant newest{};
  for (const auto& run : *runs)
    if (run.finished_at) newest = std::max(newest, *run.finished_at);
  return newest;
}

Result<KnownAt> ReadingInstant::of(std::int64_t data_version) {
  const std::lock_guard lock(mutex_);
  if (data_version != data_version_) {
    const auto newest = this->newest();
    if (!newest) return fail(newest.error());
    // What was stored meanwhile may be among it.
    const auto now = figures_.data_version();
    if (!now) return fail(now.error());
    if (*now != data_version) return KnownAt{*newest, false};
    newest_ = *newest;
    data_version_ = data_version;
  }
  if (newest_ != Instant{}) return KnownAt{newest_, true};
  return KnownAt{clock_.now() - std::chrono::milliseconds{1}, true};
}

namespace {

constexpr std::size_t kPiece = 500;  // figures; about 200 kB of JSON

// Writes so many figures on, and remembers the last of them when one more comes.
class PageSink final : public FigureSink {
 public:
  PageSink(FigureText& text, std::size_t limit) : text_(text), limit_(limit) {}
  void take(const FigureView& figure) override {
    if (++n_taken_ > limit_) return;
    text_.take(figure);
    if (n_taken_ == limit_) last_ = fact_of(figure);
  }
  std::optional<Fact> more_after() { return n_taken_ > limit_ ? std::move(last_) : std::nullopt; }

 private:
  FigureText& text_;
  std::size_t limit_, n_taken_ = 0;
  std::optional<Fact> last_;
};

}  // namespace

Result<std::optional<Fact>> write_page(reading::FigureReading& reading, std::size_t limit,
                                       FigureText& text) {
  PageSink page(text, limit);
  const auto read = reading.read(limit + 1, page);  // one more tells whether there is a next page
  if (!read) return fail(read.error());
  return page.more_after();
}

FactStream::FactStream(std::unique_ptr<reading::FigureReading> reading, Instant as_of,
                       FigureRendering rendering)
    : reading_(std::move(reading)), as_of_(as_of), text_(figure_text(std::move(rendering))) {
  text_->begin();
}

Result<std::string> FactStream::next() {
  while (!ended_) {
    const auto n_read = reading_->read(kPiece, *text_);
    if (!n_read) return fail(n_read.error());
    ended_ = *n_read < kPiece;
    if (ended_) text_->end({as_of_, std::nullopt});
    // A text may hold figures back until it has all of a series.
    if (auto piece = text_->text(); !piece.empty()) return piece;
  }
  return std::string{};
}

}  // namespace qd::faces
