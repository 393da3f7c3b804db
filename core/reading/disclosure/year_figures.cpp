#include "core/reading/disclosure/year_figures.hpp"

#include <algorithm>
#include <utility>

namespace qd::reading::disclosure {

bool is_of_people(const Definition& definition) {
  return definition.counts == Counted::kPeople || !definition.subjects.empty();
}

class YearIntake::Sink final : public FigureSink {
 public:
  Sink(YearIntake& intake, PeopleRun& run, const AreaTree& tree)
      : intake_(intake), run_(run), tree_(tree) {}

  void take(const FigureView& figure) override {
    if (!is_of_people(*figure.definition)) return;
    const auto position = static_cast<std::uint32_t>(figure.id - run_.run * kFactsPerRun);
    const auto area = tree_.find(figure.area);
    if (!area || run_.parents.empty()) return run_.unplaced.push_back(position);
    PeopleFigure one;
    one.position = position;
    one.definition = shared(figure.definition);
    one.area = *area;
    one.breakdown = number_of(figure.breakdown);
    one.reading = figure.reading;
    one.value = figure.value;
    run_.figures.push_back(std::move(one));
  }

 private:
  // A run's figures of one definition point to the same one for as long as they are read.
  std::shared_ptr<const Definition> shared(const Definition* definition) {
    auto& kept = definitions_[definition];
    if (!kept) kept = std::make_shared<const Definition>(*definition);
    return kept;
  }
  std::uint32_t number_of(std::string_view breakdown) {
    const auto found = intake_.breakdown_numbers_.find(breakdown);
    if (found != intake_.breakdown_numbers_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(intake_.year_.breakdowns.size());
    intake_.year_.breakdowns.emplace_back(breakdown);
    intake_.breakdown_numbers_.emplace(breakdown, number);
    return number;
  }

  YearIntake& intake_;
  PeopleRun& run_;
  const AreaTree& tree_;
  std::map<const Definition*, std::shared_ptr<const Definition>> definitions_;
};

Result<void> YearIntake::add(const Run& run, FigureStore& store) {
  const auto period = Period::parse(run.period);
  if (!period) return fail(period.error());
  const auto tree = AreaTree::build(areas_, period->readings());
  if (!tree) return fail(tree.error());
  PeopleRun people;
  people.run = run.id;
  people.period = *period;
  for (std::size_t i = 0; i < tree->n_readings(); ++i) people.parents.push_back(tree->parents(i));
  Sink sink(*this, people, *tree);
  if (auto scanned = store.scan(run.id, sink); !scanned) return scanned;
  year_.areas = tree->codes();  // the same for every run: all areas have a number
  year_.runs.push_back(std::move(people));
  return {};
}

YearFigures YearIntake::take() {
  std::sort(year_.runs.begin(), year_.runs.end(), [](const PeopleRun& a, const PeopleRun& b) {
    return std::pair(a.period.until(), a.run) < std::pair(b.period.until(), b.run);
  });
  return std::move(year_);
}

}  // namespace qd::reading::disclosure
