// The store and the cube give the answers that an independent reference works out from the facts:
// of the present and the past, page by page, and what changed since, with what was withdrawn.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/reading/changed_figures.hpp"
#include "core/reading/cube/cube_keeper.hpp"
#include "core/reading/stages/store_reader.hpp"
#include "tests/integration/orm/differential.hpp"

namespace qd::tests {
namespace {

// "a","b": no text here needs more than quotes.
std::string quoted(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += fmt::format("{}\"{}\"", all.empty() ? "" : ",", text);
  return all;
}

template <class T>
std::string or_null(const std::optional<T>& value) {
  return value ? std::to_string(*value) : "null";
}

class ReferenceTest : public DifferentialTest {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              fmt::format("qd-reference-{}-{}", ::getpid(), engine_name(GetParam()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write_runs() {
    std::ofstream file(folder_ / "runs.csv");
    file << "run,family,period,knew,finished\n";
    for (const auto& run : must(runs().runs(std::nullopt, std::nullopt)))
      file << fmt::format("{},{},{},{},{}\n", run.id, run.family, run.period,
                          milliseconds(run.as_of), milliseconds(*run.finished_at));
  }
  // Every fact of every run, current or not.
  void write_facts() {
    std::ofstream file(folder_ / "facts.csv");
    file << "id,run,indicator,version,area,period,reading,breakdown,numerator,denominator,n,"
            "population,null_reason,flags\n";
    for (const auto& run : must(runs().runs(std::nullopt, std::nullopt))) {
      FactQuery query;
      query.runs = {run.id};
      for (const Figure& figure : must(figures().facts(query))) {
        const Fact& fact = figure.fact;
        const auto denominator =
            fact.denominator ? std::optional(fact.denominator->millionths) : std::nullopt;
        file << fmt::format(
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", fact.id, fact.run, fact.indicator,
            fact.version, fact.area, fact.period, static_cast<int>(fact.reading), fact.breakdown,
            fact.numerator.millionths, or_null(denominator), or_null(fact.n),
            or_null(fact.population), static_cast<int>(fact.null_reason), fact.flags);
      }
    }
  }

  static std::string text_of(const FactQuery& query) {
    std::vector<int> readings;
    for (const Reading reading : query.readings) readings.push_back(static_cast<int>(reading));
    std::string after = "null";
    if (query.after) {
      const Fact& fact = *query.after;
      after =
          fmt::format(R"(["{}",{},"{}","{}",{},"{}",{}])", fact.indicator, fact.version, fact.area,
                      fact.period, static_cast<int>(fact.reading), fact.breakdown, fact.run);
    }
    const auto text = [](const std::optional<std::string>& one) {
      return one ? "\"" + *one + "\"" : "null";
    };
    return fmt::format(
        R"("indicators":[{}],"areas":[{}],"periods":[{}],"families":[{}],"readings":[{}],)"
        R"("breakdown":{},"prefix":{},"as_of":{},"limit":{},"after":{})",
        quoted(query.indicators), quoted(query.areas), quoted(query.periods),
        quoted(query.families), fmt::join(readings, ","), text(query.breakdown),
        text(query.breakdown_prefix),
        or_null(query.as_of ? std::optional(milliseconds(*query.as_of)) : std::nullopt),
        query.limit, after);
  }

  FactQuery question(const std::vector<std::string>& codes, const std::vector<Figure>& known) {
    auto query = dice_.question(codes, periods(), {"one", "two", "three"}, known);
    query.limit = static_cast<std::size_t>(1 + dice_.below(300));
    if (dice_.one_in(3)) query.as_of = an_instant();
    return query;
  }
  Instant an_instant() {
    return instant_of(100 + dice_.below(static_cast<int>(finished_ - 100) + 2));
  }

  std::vector<Figure> first(reading::stages::FigureReader& reader, FactQuery query) {
    query.data_version = must(figures().data_version());
    test::KeptFigures kept;
    must(must(reader.open(query))->read(query.limit, kept));
    return std::move(kept.figures);
  }

  // "1,2,3": by their numbers.
  static std::string numbers(const std::vector<Figure>& all) {
    std::vector<std::int64_t> ids;
    ids.reserve(all.size());
    for (const Figure& figure : all) ids.push_back(figure.fact.id);
    return fmt::format("{}", fmt::join(ids, ","));
  }

  std::filesystem::path folder_;
};
QUARTERDAY_BOTH_ENGINES(ReferenceTest);

// [["new",1],["withdrawn",2]]
class Changes final : public FigureSink {
 public:
  void take(const FigureView& figure) override {
    text +=
        fmt::format("{}[\"{}\",{}]", text.empty() ? "" : ",", to_text(figure.change), figure.id);
  }
  std::string text;
};

TEST_P(ReferenceTest, EveryAnswerIsWhatTheFactsSay) {
  const auto codes = add_families();
  reading::stages::StoreReader store(figures());
  reading::cube::CubeKeeper keeper(figures(), runs(), store);
  must(keeper.refresh());
  write_runs();
  write_facts();
  const auto known = must(figures().facts({}));
  {
    std::ofstream file(folder_ / "questions.jsonl");
    for (int i = 0; i < extent_.n_questions; ++i) {
      auto query = question(codes, known);
      const auto answer = first(keeper, query);
      ASSERT_TRUE(test::are_the_same(first(store, query), answer)) << text_of(query);
      file << fmt::format("{{{},\"answer\":[{}]}}\n", text_of(query), numbers(answer));
      if (i % 20 != 0) continue;
      query.after.reset();
      FactQuery then = query;
      then.as_of = an_instant();
      Changes changes;
      must(reading::changed_figures(must(keeper.open(then)), must(keeper.open(query)))
               ->read(query.limit, changes));
      file << fmt::format("{{{},\"since\":{},\"changes\":[{}]}}\n", text_of(query),
                          milliseconds(*then.as_of), changes.text);
    }
  }
  const auto command = fmt::format("/usr/bin/python3 {}/tests/integration/orm/reference.py {}",
                                   QUARTERDAY_SOURCE_DIR, folder_.string());
  EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace qd::tests
