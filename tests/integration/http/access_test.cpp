// A key reads its part and learns nothing of the rest: by no face, answer, hint, header or refusal.
#include <algorithm>
#include <random>
#include <regex>
#include <set>

#include "tests/integration/http/api_fixture.hpp"

namespace qd::test {
namespace {

using Names = std::vector<std::string>;

// Three neighbourhoods with three estates each, two families with two indicators each, one of them
// owned by a neighbourhood; every name is one that stands nowhere else.
class AccessTest : public ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    load_tree();
    for (const char* period : {"FY2024-25-Q1", "FY2024-25-Q2"}) add(family(0), period);
    add(family(1), "FY2024-25-Q3");
  }

  static std::string family(int f) { return f == 0 ? "fam-quokka" : "fam-walrus"; }
  static std::string area(int n, int e) {
    return e < 0 ? "NB-" + std::to_string(n) + "zz" : "ES-" + std::to_string(10 * n + e) + "zz";
  }
  static Names all_areas() {
    Names all = {"LL-zz"};
    for (int n = 0; n < 3; ++n)
      for (int e = -1; e < 3; ++e) all.push_back(area(n, e));
    return all;
  }

  void load_tree() {
    std::string text = "LL-zz,Landlord of all,landlord,,2020-04-01,\n";
    for (int n = 0; n < 3; ++n) {
      text += area(n, -1) + ",Name of " + area(n, -1) + ",neighbourhood,LL-zz,2020-04-01,\n";
      for (int e = 0; e < 3; ++e)
        text += area(n, e) + ",Name of " + area(n, e) + ",estate," + area(n, -1) + ",2020-04-01,\n";
    }
    load("areas", "code,name,kind,parent,valid_from,valid_until\n" + text);
  }

  static Definition indicator(const std::string& family, int i) {
    Definition d = definition();
    d.family = family;
    d.code = (family == AccessTest::family(0) ? "IQ" : "IW") + std::to_string(i) + "zz";
    d.title = "Title of " + d.code;
    d.counts = Counted::kThings;
    if (i == 1) d.breakdowns = {"part-of-" + family};
    if (family == AccessTest::family(1) && i == 1) d.area = area(1, -1);
    return d;
  }

  void add(const std::string& family, const std::string& period) {
    std::vector<Fact> facts;
    for (int i = 0; i < 2; ++i)
      for (const auto& code : all_areas()) {
        Fact fact = make_fact(period, 1);
        fact.indicator = indicator(family, i).code;
        fact.area = code;
        fact.reading = Reading::kQuarter;
        facts.push_back(fact);
      }
    store_run(family, period, {indicator(family, 0), indicator(family, 1)}, std::move(facts),
              {{"a note of " + family, 3}});
  }

  // What a viewer's answers may not hold: codes, names and families of the rest.
  static Names secrets_of(const Viewer& viewer) {
    Names secrets;
    if (!viewer.areas.empty()) {
      const auto mine = areas_of(viewer);
      for (const auto& code : all_areas())
        if (mine.count(code) == 0) secrets.push_back(code);
    }
    for (int f = 0; f < 2; ++f) {
      const bool is_mine = viewer.families.empty() ||
                           std::find(viewer.families.begin(), viewer.families.end(), family(f)) !=
                               viewer.families.end();
      if (is_mine) continue;
      secrets.push_back(family(f));
      for (int i = 0; i < 2; ++i) secrets.push_back(indicator(family(f), i).code);
      secrets.push_back(f == 0 ? "FY2024-25-Q1" : "FY2024-25-Q3");
    }
    return secrets;
  }
  static std::set<std::string> areas_of(const Viewer& viewer) {
    std::set<std::string> mine(viewer.areas.begin(), viewer.areas.end());
    for (int n = 0; n < 3; ++n)
      for (int e = -1; e < 3; ++e)
        if (mine.count("LL-zz") + mine.count(area(n, -1)) > 0) mine.insert(area(n, e));
    return mine;
  }

  RawAnswer get_as(const std::string& key, const std::string& target,
                   const std::string& headers = "") {
    return send("GET " + target + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + key + "\r\n" +
                headers + "\r\n");
  }
  static std::string whole(const RawAnswer& answer) {
    std::string text = std::to_string(answer.status) + "\n";
    for (const auto& [name, value] : answer.headers)
      if (name != "date") text += name + ": " + value + "\n";
    return text + answer.body;
  }
};

// Draws viewers and questions.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  int number(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  std::string one_of(const Names& names) {
    return names[static_cast<std::size_t>(number(static_cast<int>(names.size())))];
  }
  Viewer viewer(const Names& areas, const Names& families) {
    Viewer viewer;
    viewer.audience = static_cast<Audience>(number(3));
    for (int i = number(3); i > 0; --i) viewer.areas.push_back(one_of(areas));
    if (number(2) == 0) viewer.families.push_back(one_of(families));
    if (viewer.reads_everything()) viewer.areas.push_back(one_of(areas));
    return viewer;
  }
  std::string question(const Names& areas, const Names& families, const Names& indicators) {
    std::string text = "limit=" + one_of({"all", "1", "7"});
    const auto maybe = [&](const char* name, const std::string& value) {
      if (number(3) == 0) text += std::string("&") + name + "=" + value;
    };
    maybe("area", one_of(areas));
    maybe("under", one_of(areas));
    maybe("area", one_of({"ES-*", "NB-1*", "*", "XX*"}));
    maybe("area_kind", one_of({"estate", "neighbourhood", "landlord"}));
    maybe("family", one_of(families));
    maybe("indicator", one_of(indicators));
    maybe("indicator", one_of({"I*", "IQ*", "IW*"}));
    maybe("period", one_of({"FY2024-25-Q1", "FY2024-25-Q2", "FY2024-25-Q3"}));
    maybe("latest", one_of({"1", "2", "9"}));
    maybe("breakdown", one_of({"", "part*"}));
    maybe("fields", "area,indicator,value,area_path");
    maybe("order", one_of({"value", "-area", "area_name"}));
    maybe("group_by", one_of({"area", "area,period", "period,reading"}));
    maybe("format", one_of({"csv", "json", "sdmx", "jsonstat", "csvw", "datapackage"}));
    return text;
  }

 private:
  std::mt19937 random_;
};

TEST_F(AccessTest, NoFaceTellsOfWhatIsNotAKeys) {
  const Names families = {family(0), family(1)};
  const Names indicators = {"IQ0zz", "IQ1zz", "IW0zz", "IW1zz"};
  std::string links = "code,linked,relation,strength,adds\n";
  for (const auto& one : indicators)
    for (const auto& other : indicators)
      if (one != other) links += one + "," + other + ",EXPLAINS,1,\n";
  load("definition_links", links);
  Dice dice(7);
  int n_answered = 0;
  for (int i = 0; i < 25; ++i) {
    const Viewer viewer = dice.viewer(all_areas(), families);
    const auto key = new_key(viewer);
    const auto secrets = secrets_of(viewer);
    Names targets = {"/api/v1/areas",    "/api/v1/indicators",       "/api/v1/runs",
                     "/api/v1/families", "/api/v1/periods",          "/api/v1/areas?format=csv",
                     "/api/v1/facts",    "/api/v1/facts?format=csv", "/api/v1/links"};
    for (int q = 0; q < 30; ++q)
      targets.push_back("/api/v1/facts?" + dice.question(all_areas(), families, indicators));
    for (const auto& target : targets) {
      const auto answer = get_as(key, target);
      n_answered += answer.status == 200 ? 1 : 0;
      // What was asked may be repeated: in links, and in what a refusal is about.
      auto text = whole(answer);
      for (const auto& part : Names{target, target.substr(target.find('?') + 1)})
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part))
          text.erase(at, part.size());
      for (const auto& secret : secrets) {
        if (target.find(secret) != std::string::npos) continue;
        EXPECT_EQ(text.find(secret), std::string::npos) << target << " tells of " << secret << "\n"
                                                        << text;
      }
    }
  }
  EXPECT_GT(n_answered, 300);
}

// What is not a key's is refused as what is not there, word for word.
TEST_F(AccessTest, WhatIsNotAKeysIsAnsweredAsWhatIsNotThere) {
  const auto key = new_key(Viewer{Audience::kExecutive, {area(0, -1)}, {family(0)}});
  const auto same = [&](const std::string& target, const std::string& theirs,
                        const std::string& nobodys) {
    const auto with = [&](const std::string& name) {
      auto text = whole(get_as(key, std::regex_replace(target, std::regex("@"), name)));
      return std::regex_replace(text, std::regex(name), "@");
    };
    EXPECT_EQ(with(theirs), with(nobodys)) << target;
    EXPECT_NE(with(theirs).substr(0, 3), "200") << target << " should not be known";
  };
  for (const char* parameter : {"area", "under"})
    same(std::string("/api/v1/facts?") + parameter + "=@", area(1, 0), "ES-99zz");
  same("/api/v1/facts?area=@*", "NB-1", "NB-9");
  same("/api/v1/facts?area=@", "LL-zz", "LK-zz");
  same("/api/v1/facts?family=@", family(1), "fam-walruz");
  same("/api/v1/facts?indicator=@", "IW0zz", "IX0zz");
  same("/api/v1/facts?period=@", "FY2024-25-Q3", "FY2024-25-Q4");
  same("/api/v1/areas?parent=@", area(1, -1), "NB-9zz");
  same("/api/v1/indicators?family=@", family(1), "fam-walruz");
  same("/api/v1/indicators?code=@", "IW0zz", "IX0zz");
  same("/api/v1/links?code=@", "IW0zz", "IX0zz");
  same("/api/v1/runs?family=@", family(1), "fam-walruz");
  same("/api/v1/runs?period=@", "FY2024-25-Q3", "FY2024-25-Q4");
  const auto all = *database_->figures().facts({});
  for (const Figure& figure : all) {
    if (figure.definition.family == family(0) &&
        areas_of({.areas = {area(0, -1)}}).count(figure.fact.area) != 0)
      continue;
    for (const char* more : {"", "/explain"})
      same("/api/v1/facts/@" + std::string(more), std::to_string(figure.fact.id), "98765432");
  }
}

TEST_F(AccessTest, AKeyGetsAllThatIsItsAndAsItsAudienceDoes) {
  const auto rows = [&](const Viewer& viewer) {
    const auto answer =
        get_as(new_key(viewer), "/api/v1/facts?limit=all&fields=key,value&format=csv");
    std::set<std::string> lines;
    std::istringstream text(answer.body);
    for (std::string line; std::getline(text, line);) lines.insert(line);
    return lines;
  };
  const auto all = rows({Audience::kBoard});
  const auto part = rows({Audience::kBoard, {area(2, -1)}, {family(1)}});
  std::set<std::string> expected;
  for (const auto& line : all) {
    const bool is_heading = line.starts_with("key");
    const bool is_mine = line.find("IW") != std::string::npos &&
                         (line.find("NB-2zz") != std::string::npos ||
                          std::regex_search(line, std::regex("ES-2[0-9]zz")));
    if (is_heading || is_mine) expected.insert(line);
  }
  EXPECT_EQ(part, expected);
  EXPECT_EQ(part.size(), 1u + 2 * 4);
}

// A link tells of its other end.
TEST_F(AccessTest, ALinkToAnIndicatorThatIsNotAKeysIsNotTold) {
  load(
      "definition_links",
      "code,linked,relation,strength,adds\nIQ0zz,IW0zz,EXPLAINS,2,why\nIQ0zz,IQ1zz,LEADS,2,when\n");
  const auto all = get("/api/v1/indicators").body;
  EXPECT_NE(all.find(R"("links":["LEADS IQ1zz","EXPLAINS IW0zz"])"), std::string::npos) << all;
  const auto part =
      get_as(new_key(Viewer{Audience::kExecutive, {}, {family(0)}}), "/api/v1/indicators").body;
  EXPECT_NE(part.find(R"("links":["LEADS IQ1zz"])"), std::string::npos) << part;
  EXPECT_EQ(part.find("IW0zz"), std::string::npos);
}

TEST_F(AccessTest, LinksAreGivenWithWhatTheyAddWhereBothEndsAreAKeys) {
  load("definition_links",
       "code,linked,relation,strength,adds\nIQ0zz,IQ1zz,LEADS,3,a quarter ahead\n"
       "IQ0zz,IW0zz,EXPLAINS,2,why\nIW1zz,IQ0zz,CONTRASTS,1,\n");
  const auto mine = new_key(Viewer{Audience::kExecutive, {}, {family(0)}});
  const auto csv = [&](const std::string& key, const std::string& with) {
    return get_as(key, "/api/v1/links?format=csv" + with).body;
  };
  const std::string head = "code,linked,relation,strength,adds\r\n",
                    leads = "IQ0zz,IQ1zz,LEADS,3,a quarter ahead\r\n",
                    explains = "IQ0zz,IW0zz,EXPLAINS,2,why\r\n",
                    contrasts = "IW1zz,IQ0zz,CONTRASTS,1,\r\n";
  EXPECT_EQ(csv(key_, ""), head + leads + explains + contrasts);
  EXPECT_EQ(csv(key_, "&code=IW0zz"), head + explains);
  EXPECT_EQ(csv(key_, "&code=IW1zz"), head + contrasts);
  EXPECT_EQ(csv(mine, ""), head + leads);
  EXPECT_EQ(get_as(mine, "/api/v1/links?code=IW0zz").status, 404) << "it is not there for this key";
}

// Of a run, which is of all areas, only that it was.
TEST_F(AccessTest, WhoReadsAFewAreasIsNotToldWhatWasCountedOverAll) {
  const auto runs =
      get_as(new_key(Viewer{Audience::kExecutive, {area(0, -1)}, {}}), "/api/v1/runs");
  EXPECT_EQ(runs.status, 200);
  EXPECT_NE(runs.body.find("\"facts\":null,\"input_rows\":null,\"input_digest\":null"),
            std::string::npos)
      << runs.body;
  EXPECT_EQ(runs.body.find("a note of"), std::string::npos);
  const auto all = get_as(new_key(Viewer{Audience::kExecutive, {}, {family(0)}}), "/api/v1/runs");
  EXPECT_NE(all.body.find("\"facts\":26"), std::string::npos) << all.body;
  EXPECT_NE(all.body.find("a note of " + family(0)), std::string::npos);
}

// Nor that something was computed elsewhere.
TEST_F(AccessTest, AnETagOfAPartIsOfThatPartAlone) {
  const auto target = "/api/v1/facts?fields=key,value";
  const auto key = new_key(Viewer{Audience::kExecutive, {}, {family(0)}});
  const auto before = get_as(key, target).headers.at("etag");
  add(family(1), "FY2024-25-Q4");
  EXPECT_EQ(get_as(key, target).headers.at("etag"), before);
  const auto unchanged = get_as(key, target, "If-None-Match: " + before + "\r\n");
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.body, "");
  add(family(0), "FY2024-25-Q4");
  EXPECT_NE(get_as(key, target).headers.at("etag"), before);
  EXPECT_EQ(get_as(key, target, "If-None-Match: " + before + "\r\n").status, 200);
}

TEST_F(AccessTest, ReturnsAreNotForWhoReadsAPart) {
  const auto answer =
      get_as(new_key(Viewer{Audience::kExecutive, {area(0, -1)}, {}}), "/api/v1/returns");
  EXPECT_EQ(answer.status, 403);
  EXPECT_NE(answer.body.find("reads a part of the figures"), std::string::npos) << answer.body;
}

TEST_F(AccessTest, AKeyIsOnlyGoodFromWhereItMayBeUsed) {
  const auto made = keys::make_key("test", clock_.now(), {.addresses = {"192.0.2.0/24"}});
  ASSERT_TRUE(database_->keys().add(made.key));
  EXPECT_EQ(get_as(made.text.whole(), "/api/v1/facts").status, 401);
  EXPECT_EQ(get_as(made.text.whole(), "/api/v1/facts", "X-Forwarded-For: 192.0.2.7\r\n").status,
            401)
      << "nobody but our own proxies is believed";
  const auto here = keys::make_key("test", clock_.now(), {.addresses = {"127.0.0.0/8"}});
  ASSERT_TRUE(database_->keys().add(here.key));
  EXPECT_EQ(get_as(here.text.whole(), "/api/v1/facts").status, 200);
  EXPECT_NE((*database_->keys().find(here.key.prefix))->last_used_at, std::nullopt);
  EXPECT_EQ((*database_->keys().find(made.key.prefix))->last_used_at, std::nullopt);
}

// Some proxies write a line of their own below what the client sent: the last one counts.
TEST_F(AccessTest, AProxyOfOursIsBelievedWhatItSaysAndNotWhatTheClientSaid) {
  start(false, {*http::AddressRange::parse("127.0.0.1")});
  const auto made = keys::make_key("test", clock_.now(), {.addresses = {"192.0.2.0/24"}});
  ASSERT_TRUE(database_->keys().add(made.key));
  const auto status = [&](const std::string& headers) {
    return get_as(made.text.whole(), "/api/v1/facts", headers).status;
  };
  EXPECT_EQ(status("X-Forwarded-For: 192.0.2.7\r\n"), 200);
  EXPECT_EQ(status("X-Forwarded-For: 203.0.113.9\r\n"), 401);
  EXPECT_EQ(status("X-Forwarded-For: 192.0.2.7, 203.0.113.9\r\n"), 401);
  EXPECT_EQ(status("X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-For: 203.0.113.9\r\n"), 401);
  EXPECT_EQ(status("X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 192.0.2.7\r\n"), 200);
  EXPECT_EQ(status(""), 401) << "the proxy itself is not there";
}

TEST_F(AccessTest, LinksAreRightBehindAProxyOfOursAndOnlyThen) {
  const auto link = [&](const std::string& headers) {
    return next_of(get("/api/v1/facts?limit=1", headers)).substr(0, 20);
  };
  const std::string said = "X-Forwarded-Host: f.example\r\nX-Forwarded-Proto: https\r\n";
  EXPECT_EQ(link(said), "http://h/api/v1/fact");
  start(false, {*http::AddressRange::parse("127.0.0.1")});
  EXPECT_EQ(link(said), "https://f.example/ap");
  EXPECT_EQ(link("X-Forwarded-Host: of.the.client\r\n" + said), "https://f.example/ap");
  EXPECT_EQ(link("X-Forwarded-Host: a>b\r\n"), "/api/v1/facts?limit=") << "no host";
}

}  // namespace
}  // namespace qd::test
