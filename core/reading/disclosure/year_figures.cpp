#include "core/reading/disclosure/year_figures.hpp"

#include <algorithm>
#include <utility>

namespace qd::reading::disclosure {

bool is_of_people(const Definition& definition) {
  return definition.counts == Counted::kPeople || !definition.subjects.empty();
}

namespace {

class PeopleSink final : public FigureSink {
 public:
  explicit PeopleSink(ReadRun& run) : run_(run) {}

  void take(const FigureView& figure) override {
    if (!is_of_people(*figure.definition)) return;
    PeopleFigure one;
    one.position = static_cast<std::uint32_t>(figure.id - run_.run.id * kFactsPerRun);
    one.definition = shared(figure.definition);
    one.area = number_of(figure.area, area_numbers_, run_.areas);
    one.breakdown = number_of(figure.breakdown, breakdown_numbers_, run_.breakdowns);
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
  static std::uint32_t number_of(std::string_view text, TextMap<std::uint32_t>& numbers,
                                 std::vector<std::string>& texts) {
    const auto found = numbers.find(text);
    if (found != numbers.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(texts.size());
    texts.emplace_back(text);
    numbers.emplace(text, number);
    return number;
  }

  ReadRun& run_;
  TextMap<std::uint32_t> area_numbers_, breakdown_numbers_;
  std::map<const Definition*, std::shared_ptr<const Definition>> definitions_;
};

}  // namespace

Result<std::shared_ptr<const ReadRun>> read_run(const Run& run, FigureStore& store) {
  auto read = std::make_shared<ReadRun>();
  read->run = run;
  PeopleSink sink(*read);
  if (auto scanned = store.scan(run.id, sink); !scanned) return fail(scanned.error());
  return read;
}

std::uint32_t YearIntake::number_of(const std::string& breakdown) {
  const auto next = static_cast<std::uint32_t>(year_.breakdowns.size());
  const auto [found, is_new] = breakdown_numbers_.emplace(breakdown, next);
  if (is_new) year_.breakdowns.push_back(breakdown);
  return found->second;
}

Result<PeopleRun> YearIntake::placed(const ReadRun& read) {
  const auto period = Period::parse(read.run.period);
  if (!period) return fail(period.error());
  const auto tree = AreaTree::build(areas_, period->readings());
  if (!tree) return fail(tree.error());
  year_.areas = tree->codes();  // the same for every run: all areas have a number
  PeopleRun people;
  people.run = read.run.id;
  people.period = *period;
  for (std::size_t i = 0; i < tree->n_readings(); ++i) people.parents.push_back(tree->parents(i));
  std::vector<std::optional<std::uint32_t>> areas;
  for (const auto& code : read.areas) areas.push_back(tree->find(code));
  std::vector<std::uint32_t> breakdowns;
  for (const auto& breakdown : read.breakdowns) breakdowns.push_back(number_of(breakdown));
  for (const PeopleFigure& figure : read.figures) {
    const auto area = areas[figure.area];
    if (!area || people.parents.empty()) {
      people.unplaced.push_back(figure.position);
      continue;
    }
    people.figures.push_back(figure);
    people.figures.back().area = *area;
    people.figures.back().breakdown = breakdowns[figure.breakdown];
  }
  return people;
}

Result<void> YearIntake::add(const ReadRun& run) {
  auto people = placed(run);
  if (!people) return fail(people.error());
  year_.runs.push_back(std::move(*people));
  return {};
}

Result<void> YearIntake::add_replaced(const ReadRun& run) {
  auto people = placed(run);
  if (!people) return fail(people.error());
  year_.replaced.push_back(std::move(*people));
  return {};
}

YearFigures YearIntake::take() {
  std::sort(year_.runs.begin(), year_.runs.end(), [](const PeopleRun& a, const PeopleRun& b) {
    return std::pair(a.period.until(), a.run) < std::pair(b.period.until(), b.run);
  });
  return std::move(year_);
}

}  // namespace qd::reading::disclosure
