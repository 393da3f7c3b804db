// What faces remember between two readings, and how they cut facts into pages.
#include <gtest/gtest.h>

#include "core/reading/access/figure_door.hpp"
#include "core/reading/stages/store_reader.hpp"
#include "server/faces/fact_pages.hpp"
#include "server/faces/labels.hpp"
#include "server/rest/data_version.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/memory_fact_store.hpp"

namespace qd {
namespace {

using std::chrono::milliseconds;
const Instant kNow = *parse_instant("2026-07-01T10:00:00Z");

class Readings : public ::testing::Test {
 protected:
  std::int64_t add_run(Instant finished_at) {
    qd::Run run;
    run.family = "tests";
    run.id = *store_.begin_run(run, {});
    run.finished_at = finished_at;
    std::vector<Fact> none;
    static_cast<void>(store_.complete_run(run, {}, none));
    return run.id;
  }
  // A run with so many facts of one indicator, and the question for them.
  FactQuery add_facts(int n) {
    qd::Run run;
    run.id = *store_.begin_run(run, {});
    std::vector<Fact> facts(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) {
      facts[static_cast<std::size_t>(i)].indicator = "T1";
      facts[static_cast<std::size_t>(i)].area = std::to_string(100'000 + i);
    }
    static_cast<void>(store_.complete_run(run, {}, facts));
    FactQuery query;
    query.runs = {run.id};
    query.as_of = kNow;
    return query;
  }

  MemoryFactStore store_;
  reading::access::StoreDoor door_{store_, store_, store_};
  ManualClock clock_{kNow};
};

TEST_F(Readings, ADataVersionIsRememberedForItsTimeAndNotAMillisecondLonger) {
  rest::DataVersion version(door_.door(), clock_, milliseconds{25});
  EXPECT_EQ(version.now().value(), 0);
  add_run(kNow);
  clock_.advance(milliseconds{24});
  EXPECT_EQ(version.now().value(), 0);
  clock_.advance(milliseconds{1});
  EXPECT_EQ(version.now().value(), 1);
  add_run(kNow);
  EXPECT_EQ(version.now().value(), 1) << "remembered anew";
}

TEST_F(Readings, ADataVersionIsNotRememberedForLongerByAClockThatIsPutBack) {
  rest::DataVersion version(door_.door(), clock_, milliseconds{25});
  EXPECT_EQ(version.now().value(), 0);
  add_run(kNow);
  clock_.advance(-std::chrono::hours{1});
  EXPECT_EQ(version.now().value(), 1);
}

TEST_F(Readings, WithoutAMemoryEveryReadingAsks) {
  rest::DataVersion version(door_.door(), clock_, milliseconds{0});
  EXPECT_EQ(version.now().value(), 0);
  add_run(kNow);
  EXPECT_EQ(version.now().value(), 1);
}

TEST_F(Readings, NamesOfAreasAreRememberedForTheirTimeWhateverTheClockDoes) {
  faces::LabelKeeper names(store_, clock_);
  store_.areas_ = {{"L1", "First", "landlord", "", {}, {}}};
  const auto first = *names.now();
  EXPECT_EQ(first->of("L1").name, "First");
  EXPECT_EQ(first->of("L2").name, "");
  store_.areas_[0].name = "Second";
  clock_.advance(faces::LabelKeeper::kMemory - milliseconds{1});
  EXPECT_EQ((*names.now())->of("L1").name, "First");
  clock_.advance(milliseconds{1});
  const auto second = *names.now();
  EXPECT_EQ(second->of("L1").name, "Second");
  EXPECT_NE(second->version, first->version);
  store_.areas_[0].name = "Third";
  clock_.advance(-std::chrono::hours{1});
  EXPECT_EQ((*names.now())->of("L1").name, "Third");
}

TEST_F(Readings, BothCodesAndNamesMakeTheVersionOfNames) {
  const auto version = [](const char* code, const char* name) {
    return faces::area_labels({{code, name, "estate", "", {}, {}}}).version;
  };
  EXPECT_EQ(version("A", "x"), version("A", "x"));
  EXPECT_NE(version("A", "x"), version("A", "y"));
  EXPECT_NE(version("A", "x"), version("B", "x"));
  EXPECT_NE(version("A", "Bx"), version("AB", "x"));
}

// A run that ended already and is stored later must not come into a reading that has begun.
TEST_F(Readings, AReadingIsOfTheRunThatEndedLast) {
  faces::ReadingInstant instant(store_, door_.door(), clock_);
  EXPECT_EQ(instant.of(0)->instant, kNow - milliseconds{1}) << "there is none";
  add_run(kNow - std::chrono::hours{1});
  EXPECT_EQ(instant.of(1)->instant, kNow - std::chrono::hours{1});
  add_run(kNow - std::chrono::hours{2});
  EXPECT_EQ(instant.of(2)->instant, kNow - std::chrono::hours{1});
}

// What was stored since the version that was asked about may be among it: no picture of that
// version may then answer.
TEST_F(Readings, AnInstantThatMayBeOfANewerVersionSaysSo) {
  faces::ReadingInstant instant(store_, door_.door(), clock_);
  add_run(kNow);
  EXPECT_FALSE(instant.of(0)->is_of_version);
  EXPECT_TRUE(instant.of(1)->is_of_version);
  add_run(kNow + milliseconds{1});
  EXPECT_EQ(instant.of(1)->instant, kNow) << "remembered of that version";
  EXPECT_TRUE(instant.of(1)->is_of_version);
  EXPECT_EQ(instant.of(2)->instant, kNow + milliseconds{1});
}

TEST_F(Readings, AReadingKnowsARunOfAServerWhoseClockIsAhead) {
  faces::ReadingInstant instant(store_, door_.door(), clock_);
  const Instant ahead = kNow + std::chrono::minutes{2};
  add_run(ahead);
  add_run(kNow - std::chrono::hours{1});
  EXPECT_EQ(instant.of(2)->instant, ahead);
  clock_.advance(std::chrono::minutes{1});
  EXPECT_EQ(instant.of(2)->instant, ahead) << "of the same version, without asking the store";
  clock_.advance(std::chrono::minutes{2});
  EXPECT_EQ(instant.of(2)->instant, ahead);
  add_run(kNow + std::chrono::hours{1});
  EXPECT_EQ(instant.of(3)->instant, kNow + std::chrono::hours{1});
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

faces::FigureRendering rendering(formats::Format format) {
  return {format, {}, std::make_shared<const faces::AreaLabels>(), faces::all_figure_fields()};
}

TEST_F(Readings, ThePageThatIsFullWithTheLastFigureHasNoMore) {
  const FactQuery query = add_facts(10);
  const auto page = [&](std::size_t limit) {
    const auto text = faces::figure_text(rendering(formats::Format::kCsv));
    const auto reading = reading::stages::StoreReader(store_).open(query).value();
    const auto more_after = faces::write_page(*reading, limit, *text).value();
    return std::pair(count(text->text(), "\r\n"), more_after);
  };
  EXPECT_EQ(page(10).first, 10u);
  EXPECT_FALSE(page(10).second);
  EXPECT_FALSE(page(11).second);
  EXPECT_EQ(page(9).first, 9u);
  ASSERT_TRUE(page(9).second);
  EXPECT_EQ(page(9).second->area, "100008");
  EXPECT_EQ(page(9).second->version, 1);
}

TEST_F(Readings, AStreamGivesEachFigureOnceAndEndsOnce) {
  for (const int n : {0, 1, 500, 501, 1000, 1201}) {
    for (const auto format : {formats::Format::kJson, formats::Format::kCsv}) {
      const auto query = add_facts(n);
      faces::FactStream stream(reading::stages::StoreReader(store_).open(query).value(),
                               *query.as_of, rendering(format));
      std::string whole;
      int pieces = 0;
      for (;; ++pieces) {
        const auto piece = stream.next();
        ASSERT_TRUE(piece);
        if (piece->empty()) break;
        whole += *piece;
      }
      EXPECT_GE(pieces, (n + 499) / 500);
      EXPECT_LE(pieces, n / 500 + 1);
      EXPECT_TRUE(stream.next()->empty()) << "ended is ended";
      if (format == formats::Format::kCsv) {
        EXPECT_EQ(count(whole, "\r\n"), static_cast<std::size_t>(n) + 1);
      } else {
        EXPECT_EQ(count(whole, "\"indicator\":"), static_cast<std::size_t>(n));
        EXPECT_EQ(whole.substr(0, 9), "{\"data\":[");
        EXPECT_NE(whole.find("],\"as_of\":\"2026-07-01T10:00:00.000Z\",\"next\":null}"),
                  std::string::npos);
      }
    }
  }
}

TEST_F(Readings, AStreamThatLosesItsStoreSaysSo) {
  const auto query = add_facts(501);
  faces::FigureRendering rendering;
  rendering.fields = faces::all_figure_fields();
  faces::FactStream stream(reading::stages::StoreReader(store_).open(query).value(), *query.as_of,
                           rendering);
  store_.on_call = [] { return Result<void>(fail(ErrorCode::kStoreUnavailable, "gone")); };
  EXPECT_EQ(stream.next().error().code, ErrorCode::kStoreUnavailable);
}

}  // namespace
}  // namespace qd
