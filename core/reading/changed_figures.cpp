#include "core/reading/changed_figures.hpp"

#include <algorithm>
#include <deque>
#include <tuple>
#include <utility>

namespace qd::reading {
namespace {

constexpr std::size_t kPiece = 500;

class Kept final : public FigureSink {
 public:
  void take(const FigureView& figure) override {
    if (!definition_ || !(*definition_ == *figure.definition))
      definition_ = std::make_shared<const Definition>(*figure.definition);
    figures.push_back({fact_of(figure), definition_});
  }
  struct One {
    Fact fact;
    std::shared_ptr<const Definition> definition;
  };
  std::deque<One> figures;

 private:
  std::shared_ptr<const Definition> definition_;  // figures of one stand together
};

// One side: the figure it stands at, read piece by piece.
class Side {
 public:
  explicit Side(std::unique_ptr<FigureReading> reading) : reading_(std::move(reading)) {}

  // Errors: those of the reading.
  Result<const Kept::One*> front() {  // null: that was all
    if (kept_.figures.empty() && !ended_) {
      const auto read = reading_->read(kPiece, kept_);
      if (!read) return fail(read.error());
      ended_ = *read < kPiece;
    }
    return kept_.figures.empty() ? nullptr : &kept_.figures.front();
  }
  void step() { kept_.figures.pop_front(); }

 private:
  std::unique_ptr<FigureReading> reading_;
  Kept kept_;
  bool ended_ = false;
};

auto place_of(const Fact& fact) {
  return std::tie(fact.indicator, fact.version, fact.area, fact.period, fact.reading,
                  fact.breakdown);
}

class ChangedReading final : public FigureReading {
 public:
  ChangedReading(std::unique_ptr<FigureReading> then, std::unique_ptr<FigureReading> now)
      : then_(std::move(then)), now_(std::move(now)) {}

  Result<std::size_t> read(std::size_t at_most, FigureSink& sink) override {
    std::size_t n = 0;
    handed_out_.clear();
    while (n < at_most) {
      const auto then = then_.front(), now = now_.front();
      if (!then) return fail(then.error());
      if (!now) return fail(now.error());
      if (!*then && !*now) break;
      n += step(*then, *now, sink) ? 1 : 0;
    }
    return n;
  }

 private:
  // Over the figure that stands first on either side; whether it was handed over.
  bool step(const Kept::One* then, const Kept::One* now, FigureSink& sink) {
    const bool is_gone = !now || (then && place_of(then->fact) < place_of(now->fact));
    const bool is_new = !is_gone && (!then || place_of(now->fact) < place_of(then->fact));
    const bool is_changed =
        !is_gone && !is_new &&
        static_cast<const FactValue&>(then->fact) != static_cast<const FactValue&>(now->fact);
    if (is_gone) hand_over(*then, Change::kWithdrawn, sink);
    if (is_new || is_changed) hand_over(*now, is_new ? Change::kNew : Change::kChanged, sink);
    if (!is_new) then_.step();
    if (!is_gone) now_.step();
    return is_gone || is_new || is_changed;
  }
  void hand_over(const Kept::One& one, Change change, FigureSink& sink) {
    if (handed_out_.empty() || handed_out_.back() != one.definition)
      handed_out_.push_back(one.definition);
    FigureView view = view_of(one.fact, *one.definition);
    view.change = change;
    if (change == Change::kWithdrawn) {
      view.value = FactValue{};
      view.value.null_reason = NullReason::kNotAvailable;
    }
    sink.take(view);
  }

  Side then_, now_;
  std::vector<std::shared_ptr<const Definition>> handed_out_;  // they stay until a read returns
};

}  // namespace

std::unique_ptr<FigureReading> changed_figures(std::unique_ptr<FigureReading> then,
                                               std::unique_ptr<FigureReading> now) {
  return std::make_unique<ChangedReading>(std::move(then), std::move(now));
}

}  // namespace qd::reading
