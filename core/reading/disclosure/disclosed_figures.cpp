#include "core/reading/disclosure/disclosed_figures.hpp"

#include <utility>

#include "core/reading/disclosure/given.hpp"

namespace qd::reading::disclosure {
namespace {

Why why_withheld(const FigureView& figure, const Decisions& decisions) {
  if (!is_of_people(*figure.definition) || decisions.changes_nothing()) return Why::kShown;
  const auto position = static_cast<std::uint32_t>(figure.id - figure.run * kFactsPerRun);
  return decisions.why(figure.run, position);
}

FactValue given_to(const FigureView& figure, const Decisions& decisions) {
  if (!is_of_people(*figure.definition)) return figure.value;
  return given(figure.value, *figure.definition, why_withheld(figure, decisions),
               decisions.rules());
}

void give(const FigureView& figure, const Decisions& decisions, FigureSink& sink) {
  FigureView shown = figure;
  shown.value = given_to(figure, decisions);
  sink.take(shown);
}

class GivenSink final : public FigureSink {
 public:
  GivenSink(const Decisions& decisions, FigureSink& sink) : decisions_(decisions), sink_(sink) {}
  void take(const FigureView& figure) override { give(figure, decisions_, sink_); }

 private:
  const Decisions& decisions_;
  FigureSink& sink_;
};

class WithheldAlone final : public FigureSink {
 public:
  WithheldAlone(const Decisions& decisions, WithheldSink& sink)
      : decisions_(decisions), sink_(sink) {}
  void take(const FigureView& figure) override {
    const Why why = why_withheld(figure, decisions_);
    if (why != Why::kShown) sink_.take(figure, words_of(why));
  }

 private:
  const Decisions& decisions_;
  WithheldSink& sink_;
};

// By columns what is the same to everybody.
class GivenColumns final : public ColumnSink {
 public:
  GivenColumns(const Decisions& decisions, ColumnSink& sink) : decisions_(decisions), sink_(sink) {}
  void take(const FigureView& figure) override { give(figure, decisions_, sink_); }
  bool takes_columns_of(const Definition& definition) const override {
    return !is_of_people(definition) && sink_.takes_columns_of(definition);
  }
  void take_columns(const FigureColumns& figures) override { sink_.take_columns(figures); }

 private:
  const Decisions& decisions_;
  ColumnSink& sink_;
};

class GivenReading final : public FigureReading {
 public:
  GivenReading(std::unique_ptr<FigureReading> figures, std::shared_ptr<const Decisions> decisions)
      : figures_(std::move(figures)), decisions_(std::move(decisions)) {}
  Result<std::size_t> read(std::size_t at_most, FigureSink& sink) override {
    GivenSink given(*decisions_, sink);
    return figures_->read(at_most, given);
  }
  Result<void> read_in_any_order(ColumnSink& sink) override {
    GivenColumns given(*decisions_, sink);
    return figures_->read_in_any_order(given);
  }

 private:
  std::unique_ptr<FigureReading> figures_;
  std::shared_ptr<const Decisions> decisions_;
};

}  // namespace

// Decided before the figures are read: what is read then has been decided upon.
Result<std::unique_ptr<FigureReading>> DisclosedFigures::open(const FactQuery& query,
                                                              Audience audience) {
  auto decisions = decisions_.about(query, audience);
  if (!decisions) return fail(decisions.error());
  auto figures = figures_.open(query);
  if (!figures || (*decisions)->changes_nothing()) return figures;
  return std::make_unique<GivenReading>(std::move(*figures), std::move(*decisions));
}

Result<void> DisclosedFigures::withheld(const FactQuery& query, Audience audience,
                                        WithheldSink& sink) {
  const auto decisions = decisions_.about(query, audience);
  if (!decisions) return fail(decisions.error());
  auto figures = figures_.open(query);
  if (!figures) return fail(figures.error());
  WithheldAlone withheld(**decisions, sink);
  const auto read = (*figures)->read(FigureReading::kAll, withheld);
  return read ? Result<void>() : fail(read.error());
}

bool DisclosedFigures::tells_rows(const Figure& given, Audience audience) {
  const bool is_withheld = given.fact.null_reason == NullReason::kSuppressed;
  return !is_of_people(given.definition) || (audience == Audience::kExecutive && !is_withheld);
}

Result<std::optional<Figure>> DisclosedFigures::fact(std::int64_t id, Audience audience,
                                                     const MayHave& may_have) {
  auto figure = store_.fact(id);
  if (!figure || !*figure) return figure;
  if (!may_have(view_of((*figure)->fact, (*figure)->definition))) return std::nullopt;
  auto decisions = decisions_.about({}, audience);
  if (!decisions) return fail(decisions.error());
  Fact& fact = (*figure)->fact;
  if (!(*decisions)->knows(fact.run)) {
    // It is of the past: as it was given then.
    const auto run = runs_.run(fact.run);
    if (!run) return fail(run.error());
    FactQuery then;
    then.as_of = *run ? (*run)->finished_at : std::nullopt;
    decisions = decisions_.about(then, audience);
    if (!decisions) return fail(decisions.error());
  }
  static_cast<FactValue&>(fact) = given_to(view_of(fact, (*figure)->definition), **decisions);
  return figure;
}

}  // namespace qd::reading::disclosure
