// The real API behind a real edge, over a SQLite file with figures in it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/capture/csv/import_csv.hpp"
#include "core/reading/access/door_parts.hpp"
#include "core/reading/access/figure_door.hpp"
#include "core/reading/cube/cube_keeper.hpp"
#include "core/reading/disclosure/disclosed_figures.hpp"
#include "core/reading/stages/store_reader.hpp"
#include "core/tables/shipped_tables.hpp"
#include "orm/database.hpp"
#include "server/http/edge.hpp"
#include "server/http/percent.hpp"
#include "server/keys/api_key.hpp"
#include "server/rest/api.hpp"
#include "server/rest/resources/resources.hpp"
#include "tests/integration/http/raw_client.hpp"

namespace qd::test {

class ApiTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              ("qd-api-" + std::to_string(::getpid()) + "-" + test->name());
    std::filesystem::create_directories(folder_);
    url_ = "sqlite:///" + (folder_ / "test.db").string();
    ASSERT_TRUE(orm::migrate_database(url_));
    auto opened = orm::open_database(url_);
    ASSERT_TRUE(opened) << to_text(opened.error());
    database_ = std::move(*opened);
    worker::parent::WorkerSettings worker;
    worker.executable = QUARTERDAY_EXECUTABLE;
    engine_ = std::make_unique<compute::Engine>(
        compute::EngineStores{database_->observations(), database_->runs(), database_->figures(),
                              database_->catalogue(), database_->families(), database_->members()},
        clock_, QUARTERDAY_FAMILY_DIR, worker);
    store_ = std::make_unique<reading::stages::StoreReader>(database_->figures());
    figures_ = std::make_unique<reading::cube::CubeKeeper>(database_->figures(), database_->runs(),
                                                           *store_);
    decisions_ = std::make_unique<reading::disclosure::DecisionKeeper>(
        database_->figures(), database_->runs(), database_->catalogue());
    disclosed_ = std::make_unique<reading::disclosure::DisclosedFigures>(
        *figures_, database_->figures(), database_->runs(), *decisions_);
    door_ = std::make_unique<reading::access::FigureDoor>(reading::access::DoorParts{
        *disclosed_, database_->figures(), database_->runs(), database_->catalogue()});
    load_areas("Landlord, Ltd");
    start(false);
    key_ = new_key(Audience::kExecutive);
  }

  std::string new_key(Audience audience) { return new_key(Viewer{audience}); }
  std::string new_key(const Viewer& viewer) {
    const auto made = keys::make_key("test", clock_.now(), {.viewer = viewer});
    EXPECT_TRUE(database_->keys().add(made.key));
    return made.text.whole();
  }

  void TearDown() override {
    edge_.reset();
    api_.reset();
    engine_.reset();
    door_.reset();
    disclosed_.reset();
    decisions_.reset();
    figures_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  void start(bool open, std::vector<http::AddressRange> proxies = {},
             tokens::TokenGuard* tokens = nullptr) {
    edge_.reset();
    api_ = std::make_unique<rest::Api>(rest::ApiParts{*database_, *door_, *engine_, clock_, open,
                                                      std::chrono::milliseconds{0}, tokens},
                                       rest::resources::all_routes());
    http::EdgeSettings settings;
    settings.listen = {"127.0.0.1", 0};
    settings.proxies = std::move(proxies);
    auto started = http::HttpEdge::start(settings, *api_);
    ASSERT_TRUE(started) << to_text(started.error());
    edge_ = std::move(*started);
  }

  void load_areas(const std::string& name) {
    load("areas", "code,name,kind,parent,valid_from,valid_until\nL1,\"" + name +
                      "\",landlord,,2020-04-01,\nN1,=North,neighbourhood,L1,2020-04-01,\n");
  }
  // What is written in a CSV of that table.
  void load(const std::string& table, const std::string& text) {
    const auto file = folder_ / (table + ".csv");
    std::ofstream(file) << text;
    NoProgress progress;
    const auto report = capture::csv::import_csv(
        database_->observations(), *tables::shipped_table(table), {file}, {}, clock_, progress);
    ASSERT_TRUE(report && report->committed);
  }

  // One complete run with so many figures: areas A0000, A0001, … Its number.
  std::int64_t add_run(const std::string& period, int n) {
    std::vector<Fact> facts;
    for (int i = 0; i < n; ++i) facts.push_back(make_fact(period, i));
    return store_run("tests", period, {definition()}, std::move(facts));
  }

  // A complete run with these figures, which ends after every one before it. Its number.
  std::int64_t store_run(const std::string& family, const std::string& period,
                         const std::vector<Definition>& definitions, std::vector<Fact> facts,
                         std::vector<RunNote> notes = {}) {
    ::qd::Run run;
    run.family = family;
    run.family_version = "1.0.0";
    run.abi = "1.0";
    run.period = period;
    run.as_of = run.started_at = clock_.now();
    run.id = database_->runs().begin_run(run, clock_.now() + std::chrono::minutes{5}).value();
    run.state = RunState::kComplete;
    last_end_ = std::max(clock_.now(), last_end_ + std::chrono::milliseconds{1});
    run.finished_at = last_end_;
    run.n_facts = static_cast<std::int64_t>(facts.size());
    run.notes = std::move(notes);
    const auto stored = database_->runs().complete_run(run, definitions, facts);
    EXPECT_TRUE(stored) << to_text(stored.error());
    return run.id;
  }

  static Definition definition() {
    Definition d;
    d.code = "T01";
    d.family = "tests";
    d.title = "Tests that pass";
    d.numerator = "tests that pass";
    d.denominator = "tests";
    d.unit = "%";
    d.source = "this file";
    d.multiplier = 100;
    d.decimals = 1;
    d.aggregation = Aggregation::kFlowRatio;
    d.effective_from = make_date(2020, 4, 1);
    return d;
  }

  static Fact make_fact(const std::string& period, int i) {
    Fact fact;
    fact.indicator = "T01";
    fact.area = i == 0 ? "L1" : i == 1 ? "N1" : "A" + std::to_string(100'000 + i);
    fact.period = period;
    fact.reading = Reading::kYear;
    fact.numerator = Number::of(i % 4);
    fact.denominator = Number::of(3 * (i % 2));
    if (i % 2 == 0) fact.null_reason = NullReason::kZeroDenominator;
    fact.n = 3 * (i % 2);
    return fact;
  }

  RawAnswer get(const std::string& target, const std::string& headers = "") {
    return send("GET " + target + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + key_ + "\r\n" +
                headers + "\r\n");
  }
  RawAnswer send(const std::string& bytes, bool head_only = false) {
    RawClient client(edge_->port());
    client.send(bytes);
    return client.read_answer(head_only);
  }

  std::filesystem::path folder_;
  std::string url_, key_;
  SystemClock clock_;
  Instant last_end_{};  // of a run
  std::unique_ptr<orm::Database> database_;
  std::unique_ptr<reading::stages::StoreReader> store_;
  std::unique_ptr<reading::cube::CubeKeeper> figures_;
  std::unique_ptr<reading::disclosure::DecisionKeeper> decisions_;
  std::unique_ptr<reading::disclosure::DisclosedFigures> disclosed_;
  std::unique_ptr<reading::access::FigureDoor> door_;
  std::unique_ptr<compute::Engine> engine_;
  std::unique_ptr<rest::Api> api_;
  std::unique_ptr<http::HttpEdge> edge_;
};

inline std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

// Address of the next page; "" when this is the last.
inline std::string next_of(const RawAnswer& answer) {
  const auto link = answer.headers.find("link");
  if (link == answer.headers.end()) return {};
  const auto end = link->second.find(">; rel=\"next\"");
  return end == std::string::npos ? std::string() : link->second.substr(1, end - 1);
}

// The text value of a field of a flat part of JSON; empty for null.
inline std::string field(const std::string& json, const std::string& name) {
  const auto start = json.find("\"" + name + "\":\"");
  if (start == std::string::npos) return {};
  const auto begin = start + name.size() + 4;
  return json.substr(begin, json.find('"', begin) - begin);
}

}  // namespace qd::test
