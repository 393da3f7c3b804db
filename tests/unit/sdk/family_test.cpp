// The C++ face of the seam, driven by a host that stands still: which version counts, what options
// and parameters say, and that nothing is read beyond what the host lends.
#include <gtest/gtest.h>

#include <map>
#include <quarterday/family.hpp>
#include <string>
#include <tuple>
#include <vector>

namespace {

using quarterday::DefinitionIndex;
using quarterday::Indicator;
using quarterday::Number;

// Larger than this header knows, so that a reader that steps by its own sizeof is found out.
template <class T>
struct Grown : T {
  std::uint64_t later = 0xDEADBEEFDEADBEEF;
};

using Emitted = std::tuple<std::uint32_t, std::uint32_t, std::string, std::string, qd_number,
                           qd_number, std::vector<qd_number>>;

struct Host {
  std::vector<Grown<qd_reading>> readings;
  std::vector<Grown<qd_parameter>> parameters;
  std::vector<Grown<qd_definition>> definitions;
  std::map<std::string, std::string> options;
  std::vector<Emitted> emitted;
  std::vector<std::string> notes, findings;
  std::vector<std::pair<std::uint32_t, std::int64_t>> traced;  // definition and record
  std::string failure;
  bool has_calendar = true;
  Grown<qd_run> run{};

  void reading(qd_date from, qd_date until) {
    auto& added = readings.emplace_back();
    added.kind = static_cast<std::int32_t>(readings.size());
    added.from = from;
    added.until = until;
  }
  void definition(std::int32_t indicator, std::int32_t version, qd_date from, qd_date until) {
    auto& added = definitions.emplace_back();
    added.code = "x";
    added.rule = added.area = added.title = added.unit = "";
    added.version = version;
    added.indicator = indicator;
    added.effective_from = from;
    added.effective_until = until;
  }
  const qd_run* lend() {
    run.struct_size = sizeof run;
    run.known_until = 77;
    run.readings = readings.data();
    run.n_readings = readings.size();
    run.reading_stride = sizeof(Grown<qd_reading>);
    run.definitions = definitions.data();
    run.n_definitions = definitions.size();
    run.definition_stride = sizeof(Grown<qd_definition>);
    run.host = this;
    run.option = [](const qd_run* r, const char* key) {
      const auto& all = of(r).options;
      const auto found = all.find(key);
      return found == all.end() ? nullptr : found->second.c_str();
    };
    run.emit = [](const qd_run* r, const qd_fact* facts, std::size_t n, std::size_t stride) {
      EXPECT_EQ(stride, sizeof(qd_fact));
      for (const qd_fact* f = facts; f != facts + n; ++f)
        of(r).emitted.emplace_back(f->definition, f->reading, f->area, f->breakdown, f->numerator,
                                   f->denominator,
                                   std::vector<qd_number>(f->values, f->values + f->n_values));
      return qd_status{QD_OK};
    };
    run.note = [](const qd_run* r, const char* message) { of(r).notes.emplace_back(message); };
    run.finding = [](const qd_run* r, const char* message) {
      of(r).findings.emplace_back(message);
    };
    run.fail = [](const qd_run* r, const char* message) { of(r).failure = message; };
    run.trace = [](const qd_run* r, const qd_fact* part, std::uint32_t, std::int64_t row) {
      of(r).traced.emplace_back(part->definition, row);
    };
    run.cancelled = [](const qd_run*) { return 0; };
    run.extension = [](const qd_run* r, const char* id) -> const void* {
      // A calendar that begins on day 0: what it does not know it says by a negative answer.
      static constexpr qd_working_days kEveryDay = {
          sizeof(qd_working_days), 0, [](qd_date day) { return day < 0 ? -1 : 1; },
          [](qd_date day, std::int32_t n) -> qd_date { return day < 0 ? QD_NO_DATE : day + n; },
          [](qd_date from, qd_date until) -> std::int32_t { return from < 0 ? -1 : until - from; }};
      const bool known = of(r).has_calendar && std::string(id) == QD_WORKING_DAYS_1;
      return known ? &kEveryDay : nullptr;
    };
    return &run;
  }
  static Host& of(const qd_run* r) { return *static_cast<Host*>(r->host); }
};

// What a test wants to know of a run, asked while it lasts.
class Asking : public quarterday::Family {
 public:
  static inline void (*question)(Asking&) = nullptr;
  using Family::count;
  using Family::count_case;
  using Family::definition;
  using Family::finding;
  using Family::in_force;
  using Family::known_until;
  using Family::member;
  using Family::none;
  using Family::note;
  using Family::option;
  using Family::option_number;
  using Family::option_whole;
  using Family::option_yes;
  using Family::parameter;
  using Family::reading;
  using Family::remember;
  using Family::sample;
  using Family::text;
  using Family::trace;
  using Family::working_days;

 private:
  void row(const quarterday::Row&) override { question(*this); }
};

// Asks again when there is no batch any more.
class AskingLate final : public Asking {
 private:
  void finish() override { question(*this); }
};

// One batch of one row of one text column, "L1"; its dictionary knows "N1", too.
template <class FamilyClass = Asking>
qd_status ask(Host& host, void (*question)(Asking&)) {
  Asking::question = question;
  const qd_family family = quarterday::detail::describe<FamilyClass>("asking", "1.0.0");
  const qd_run* run = host.lend();
  void* state = nullptr;
  if (const qd_status begun = family.begin(run, &state); begun != QD_OK) return begun;
  const std::uint32_t codes[] = {0};
  const char* const dictionary[] = {"L1", "N1"};
  Grown<qd_column> column{};
  column.values = codes;
  const std::int64_t rows[] = {1};
  const qd_batch batch = {sizeof(qd_batch), 0, 1, rows, &column, 1, sizeof column, dictionary, 2};
  qd_status status = family.consume(state, run, &batch);
  if (status == QD_OK) status = family.finish(state, run);
  family.end(state);
  return status;
}

Host with_two_versions() {
  Host host;
  host.reading(0, 90);                     // ends in version 1
  host.reading(0, 100);                    // ends with the last day of version 1
  host.reading(0, 101);                    // ends with the first day of version 2
  host.definition(-1, 9, 0, QD_FOR_EVER);  // of somebody
  host.definition(1, 1, -1000, 100);
  host.definition(1, 2, 100, QD_FOR_EVER);
  return host;
}

TEST(Face, counts_by_the_version_that_holds_on_the_last_day_of_the_reading) {
  Host host = with_two_versions();
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  for (const std::uint32_t reading : {0u, 1u, 2u})
                    family.count({Indicator(1), reading, 0}, quarterday::Part{1, 2});
                }),
            QD_OK);
  const std::vector<Emitted> expected = {{1, 0, "L1", "", QD_ONE, 2 * QD_ONE, {}},
                                         {1, 1, "L1", "", QD_ONE, 2 * QD_ONE, {}},
                                         {2, 2, "L1", "", QD_ONE, 2 * QD_ONE, {}}};
  EXPECT_EQ(host.emitted, expected);
}

TEST(Face, counts_nothing_where_no_version_holds) {
  Host host;
  host.reading(0, 90);
  host.definition(0, 1, 90, QD_FOR_EVER);
  host.definition(1, 1, -1000, 89);
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  for (const std::uint32_t indicator : {0u, 1u, 2u}) {
                    EXPECT_FALSE(family.in_force(Indicator(indicator), 0));
                    family.count({Indicator(indicator), 0, 0}, quarterday::Part{1, 2});
                    family.none({Indicator(indicator), 0, 0});
                    family.sample({Indicator(indicator), 0, 0}, 5);
                    family.member({Indicator(indicator), 0, 0}, 0);
                    family.trace({Indicator(indicator), 0, 0}, {0, 7});
                  }
                }),
            QD_OK);
  EXPECT_TRUE(host.emitted.empty());
  EXPECT_TRUE(host.traced.empty());
}

TEST(Face, says_which_record_stands_behind_a_part_unless_there_is_none) {
  Host host = with_two_versions();
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  family.trace({Indicator(1), 2, 0}, {0, 7});
                  family.trace({Indicator(1), 2, 0}, {0, 0});
                  family.trace({Indicator(1), 2, 0}, quarterday::Source{});
                }),
            QD_OK);
  EXPECT_EQ(host.traced, (std::vector<std::pair<std::uint32_t, std::int64_t>>{{2, 7}, {2, 0}}));
}

class NeverBegins final : public quarterday::Family {
  void begin() override { throw quarterday::BadInput("not today"); }
};

TEST(Face, what_does_not_begin_is_gone_and_says_why) {
  Host host = with_two_versions();
  const qd_family family = quarterday::detail::describe<NeverBegins>("never", "1.0.0");
  void* state = nullptr;
  EXPECT_EQ(family.begin(host.lend(), &state), QD_BAD_INPUT);
  EXPECT_EQ(state, nullptr);
  EXPECT_EQ(host.failure, "not today");
}

TEST(Face, addresses_a_definition_by_its_index_whatever_holds) {
  Host host = with_two_versions();
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  family.count({DefinitionIndex(2), 0, 0}, quarterday::Part{3, 0});
                  EXPECT_EQ(family.definition(DefinitionIndex(2)).version, 2);
                }),
            QD_OK);
  EXPECT_EQ(host.emitted, (std::vector<Emitted>{{2, 0, "L1", "", 3 * QD_ONE, 0, {}}}));
}

TEST(Face, hands_over_sample_values_as_they_came) {
  Host host = with_two_versions();
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  family.sample({Indicator(1), 0, 0}, 7);
                  family.sample({Indicator(1), 0, 0}, Number(1) / 2);
                }),
            QD_OK);
  EXPECT_EQ(host.emitted, (std::vector<Emitted>{{1, 0, "L1", "", 0, 0, {7 * QD_ONE, QD_ONE / 2}}}));
}

TEST(Face, counts_a_case_in_every_reading_that_contains_the_day) {
  Host host = with_two_versions();
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  family.count_case(Indicator(1), 90, 0, true);  // after the first reading
                  family.count_case(Indicator(1), std::nullopt, 0, false);  // in none
                  family.none(Indicator(1), 100, 0);                        // in the last only
                }),
            QD_OK);
  const std::vector<Emitted> expected = {{1, 1, "L1", "", QD_ONE, QD_ONE, {}},
                                         {2, 2, "L1", "", QD_ONE, QD_ONE, {}}};
  EXPECT_EQ(host.emitted, expected);
}

TEST(Face, knows_the_parameters_of_a_rule) {
  Host host = with_two_versions();
  host.parameters.resize(2);
  host.parameters[0].key = "sample";
  host.parameters[0].text = "SURVEY";
  host.parameters[1].key = "people";
  host.parameters[1].text = "TP01_UNWEIGHTED";
  host.definitions[1].parameters = host.parameters.data();
  host.definitions[1].n_parameters = 2;
  host.definitions[1].parameter_stride = sizeof(Grown<qd_parameter>);
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  EXPECT_EQ(family.parameter(DefinitionIndex(1), "sample"), "SURVEY");
                  EXPECT_EQ(family.parameter(DefinitionIndex(1), "people"), "TP01_UNWEIGHTED");
                  EXPECT_EQ(family.parameter(DefinitionIndex(1), "others"), std::nullopt);
                  EXPECT_EQ(family.parameter(DefinitionIndex(0), "sample"), std::nullopt);
                }),
            QD_OK);
}

TEST(Face, reads_options_as_what_they_are) {
  Host host = with_two_versions();
  host.options = {{"days", "28"}, {"share", "0.5"}, {"on", "yes"}, {"off", "no"}};
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  EXPECT_EQ(family.option_whole("days"), 28);
                  EXPECT_EQ(family.option_number("share"), Number(1) / 2);
                  EXPECT_TRUE(family.option_yes("on"));
                  EXPECT_FALSE(family.option_yes("off"));
                  EXPECT_EQ(family.option("none"), std::nullopt);
                  EXPECT_EQ(family.known_until(), 77);
                  EXPECT_EQ(family.working_days().nth_after(5, 2), 7);
                  family.finding("too many");
                  family.note("odd");
                }),
            QD_OK);
  EXPECT_EQ(host.findings, std::vector<std::string>{"too many"});
  EXPECT_EQ(host.notes, std::vector<std::string>{"odd"});
}

TEST(Face, ends_the_run_with_a_sentence_for_what_it_cannot_read) {
  const std::pair<void (*)(Asking&), const char*> wrong[] = {
      {[](Asking& family) { family.option_whole("share"); },
       "option share is 0.5: write a whole number"},
      {[](Asking& family) { family.option_number("on"); }, "option on is 'yes': write a number"},
      {[](Asking& family) { family.option_yes("share"); },
       "option share is '0.5': write yes or no"},
      {[](Asking& family) { family.option_number("none"); }, "option none is not set"},
      {[](Asking& family) { family.working_days(); }, "the host has no working days"}};
  for (const auto& [question, sentence] : wrong) {
    Host host = with_two_versions();
    host.options = {{"share", "0.5"}, {"on", "yes"}};
    host.has_calendar = false;
    EXPECT_EQ(ask(host, question), QD_BAD_INPUT);
    EXPECT_EQ(host.failure, sentence);
  }
}

TEST(Face, asks_the_hosts_calendar_and_ends_where_it_ends) {
  Host host = with_two_versions();
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  const auto days = family.working_days();
                  EXPECT_TRUE(days.is_working_day(0));
                  EXPECT_EQ(days.between(3, 9), 6);
                  EXPECT_EQ(days.between(3, 3), 0);
                  EXPECT_THROW(days.is_working_day(-1), std::out_of_range);
                  EXPECT_THROW(days.nth_after(-1, 1), std::out_of_range);
                  EXPECT_THROW(days.between(-1, 9), std::out_of_range);
                }),
            QD_OK);
}

TEST(Face, knows_the_texts_of_the_batch_and_those_it_was_told_to_remember) {
  Host host = with_two_versions();
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  family.remember(0);
                  EXPECT_EQ(family.text(0), "L1");
                  EXPECT_EQ(family.text(1), "N1") << "of the batch, though not remembered";
                  EXPECT_THROW(family.text(2), std::logic_error);
                }),
            QD_OK);
}

TEST(Face, says_which_texts_are_gone_when_the_batch_is) {
  static bool late = false;
  late = false;
  Host host = with_two_versions();
  const auto count_at_1_when_it_is_late = [](Asking& family) {
    if (late) family.count({Indicator(1), 0, 1}, quarterday::Part{1, 2});
    late = true;
  };
  EXPECT_EQ(ask<AskingLate>(host, count_at_1_when_it_is_late), QD_INTERNAL);
  EXPECT_EQ(host.failure, "the text of a code was asked for after its batch: remember() it");
}

TEST(Face, a_cell_is_given_once_whatever_was_counted_in_between) {
  Host host = with_two_versions();
  ASSERT_EQ(ask(host,
                [](Asking& family) {
                  for (const std::uint32_t area : {0u, 1u, 0u, 1u, 0u})
                    family.count({Indicator(1), 0, area}, quarterday::Part{1, 2});
                }),
            QD_OK);
  const std::vector<Emitted> expected = {{1, 0, "L1", "", 3 * QD_ONE, 6 * QD_ONE, {}},
                                         {1, 0, "N1", "", 2 * QD_ONE, 4 * QD_ONE, {}}};
  EXPECT_EQ(host.emitted, expected);
}

static_assert(Indicator(1) == Indicator(1) && Indicator(1) != Indicator(2));
static_assert(!(Indicator(1) == Indicator(2)) && !(Indicator(1) != Indicator(1)));

TEST(Face, takes_as_many_readings_as_a_run_has) {
  const qd_family family = quarterday::detail::describe<Asking>("asking", "1.0.0");
  Host host = with_two_versions();
  ASSERT_EQ(host.readings.size(), 3u);
  void* state = nullptr;
  EXPECT_EQ(family.begin(host.lend(), &state), QD_OK);
  family.end(state);
  host.reading(0, 102);
  state = nullptr;
  EXPECT_EQ(family.begin(host.lend(), &state), QD_BAD_INPUT);
  EXPECT_EQ(state, nullptr) << "what did not begin has nothing to end";
  EXPECT_EQ(host.failure, "a run has at most three readings");
}

TEST(Face, takes_no_run_that_is_smaller_than_that_of_1_0) {
  Host host = with_two_versions();
  const qd_family family = quarterday::detail::describe<Asking>("asking", "1.0.0");
  host.lend();
  host.run.struct_size = QD_RUN_SIZE_1_0 - 1;
  void* state = nullptr;
  EXPECT_EQ(family.begin(&host.run, &state), QD_UNSUPPORTED);
  host.run.struct_size = QD_RUN_SIZE_1_0;
  EXPECT_EQ(family.begin(&host.run, &state), QD_OK);
  family.end(state);
}

TEST(Face, refuses_a_column_that_the_input_does_not_have) {
  Grown<qd_column> column{};
  const qd_batch raw = {sizeof(qd_batch), 0, 0, nullptr, &column, 1, sizeof column, nullptr, 0};
  const quarterday::Batch batch(raw);
  EXPECT_NO_THROW(batch.codes(0));
  EXPECT_THROW(batch.codes(1), std::out_of_range);
}

}  // namespace
