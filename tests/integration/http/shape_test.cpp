// Figures in the shape that a BI tool, a spreadsheet or a statistician asks for.
#include <cstdio>

#include "tests/integration/http/api_fixture.hpp"

namespace qd::test {
namespace {

class ShapeTest : public ApiTest {
 protected:
  // So many of four on an estate, in a quarter.
  struct One {
    std::string area, period;
    std::int64_t numerator;
    std::string breakdown = {};
  };
  static Definition by_level() {
    Definition d = definition();
    d.counts = Counted::kThings;
    d.breakdowns = {"level"};
    return d;
  }
  void add(const std::vector<One>& figures) {
    std::vector<Fact> facts;
    for (const auto& one : figures) {
      Fact fact = make_fact(one.period, 1);
      fact.area = one.area;
      fact.reading = Reading::kQuarter;
      fact.breakdown = one.breakdown;
      fact.numerator = Number::of(one.numerator);
      fact.denominator = Number::of(4);
      facts.push_back(fact);
    }
    store_run("tests", figures.front().period, {by_level()}, std::move(facts));
  }
  void SetUp() override {
    ApiTest::SetUp();
    add({{"L1", "FY2025-26-Q4", 1}, {"N1", "FY2025-26-Q4", 1}});
    add({{"L1", "FY2026-27-Q1", 3}, {"N1", "FY2026-27-Q1", 2}});
    add({{"L1", "FY2026-27-Q2", 4},
         {"L1", "FY2026-27-Q2", 1, "level=2"},
         {"L1", "FY2026-27-Q2", 3, "level=3"},
         {"N1", "FY2026-27-Q2", 0}});
  }

  // The lines of a CSV behind its heading.
  std::string lines(const std::string& question) {
    const auto answer = get("/api/v1/facts?limit=all&format=csv&" + question);
    if (answer.status != 200) return std::to_string(answer.status) + " " + answer.body;
    std::string text = answer.body.substr(answer.body.find("\r\n") + 2);
    for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n"))
      text.replace(at, 2, "; ");
    return text;
  }
  std::string detail(const std::string& question) {
    return field(get("/api/v1/facts?" + question).body, "detail");
  }
};

TEST_F(ShapeTest, FieldsAreShownAsTheyAreAskedFor) {
  EXPECT_EQ(lines("fields=value,area,level&period=FY2026-27-Q2"),
            "100,L1,total; 25,L1,2; 75,L1,3; 0,N1,total; ");
  EXPECT_EQ(detail("fields=valeu"), "fields: there is no field 'valeu'");
  EXPECT_EQ(get("/api/v1/facts?limit=1&labels=codes&format=csv").body.substr(0, 31),
            "indicator,version,area,area_kin");
  EXPECT_EQ(get("/api/v1/facts?limit=1&labels=names&format=csv").body.substr(0, 31),
            "title,version,area_name,area_ki");
  EXPECT_EQ(detail("labels=none"), "labels: 'none' is not known");
}

TEST_F(ShapeTest, AreasAreAskedForByPlaceAndKind) {
  const std::string rest = "&fields=area,value&period=FY2026-27-Q1";
  EXPECT_EQ(lines("under=L1" + rest), "L1,75; N1,50; ");
  EXPECT_EQ(lines("under=N1" + rest), "N1,50; ");
  EXPECT_EQ(lines("under=L1&area_kind=neighbourhood" + rest), "N1,50; ");
  EXPECT_EQ(lines("area=N1&under=L1" + rest), "N1,50; ");
  EXPECT_EQ(lines("area=N*" + rest), "N1,50; ");
  EXPECT_EQ(lines("area_kind=block" + rest), "") << "there is none";
  EXPECT_EQ(detail("under=N9"), "there is no area 'N9'");
  EXPECT_EQ(detail("area=X*"), "there is no area 'X*'");
}

TEST_F(ShapeTest, PeriodsAreAskedForByDayAndByHowNewTheyAre) {
  const std::string rest = "&fields=period,value&area=L1&breakdown=";
  EXPECT_EQ(lines("latest=1" + rest), "FY2026-27-Q2,100; ");
  EXPECT_EQ(lines("latest=2" + rest), "FY2026-27-Q1,75; FY2026-27-Q2,100; ");
  EXPECT_EQ(lines("latest=9" + rest), "FY2025-26-Q4,25; FY2026-27-Q1,75; FY2026-27-Q2,100; ");
  EXPECT_EQ(lines("latest=1&at=2026-06-30" + rest), "FY2026-27-Q1,75; ");
  EXPECT_EQ(lines("latest=1&at=2026-06-29" + rest), "FY2025-26-Q4,25; ");
  EXPECT_EQ(lines("from=FY2026-27-Q1" + rest), "FY2026-27-Q1,75; FY2026-27-Q2,100; ");
  EXPECT_EQ(lines("until=FY2026-27-Q1" + rest), "FY2025-26-Q4,25; FY2026-27-Q1,75; ");
  EXPECT_EQ(lines("from=FY2026-27&until=2026-06-30" + rest), "FY2026-27-Q1,75; ");
  EXPECT_EQ(lines("from=2027-01-01" + rest), "") << "no period lies there";
  EXPECT_EQ(lines("period=FY2026-27-Q1&latest=1" + rest), "FY2026-27-Q1,75; ");
}

// What is newest is so as of the first page: a quarter that comes meanwhile moves nothing.
TEST_F(ShapeTest, TheNewestPeriodsStayThoseOfTheFirstPage) {
  const auto first = get("/api/v1/facts?latest=1&fields=period,area,breakdown&format=csv&limit=2");
  ASSERT_NE(next_of(first), "");
  add({{"L1", "FY2026-27-Q3", 1}, {"N1", "FY2026-27-Q3", 1}});
  EXPECT_EQ(get(next_of(first)).body,
            "period,area,breakdown\r\nFY2026-27-Q2,L1,level=3\r\nFY2026-27-Q2,N1,\r\n");
}

TEST_F(ShapeTest, PartsAreAskedForByTheirKey) {
  const std::string rest = "&fields=breakdown,level,value&period=FY2026-27-Q2&area=L1";
  EXPECT_EQ(lines("breakdown=level=*" + rest), "level=2,2,25; level=3,3,75; ");
  EXPECT_EQ(lines("breakdown=level=3*" + rest), "level=3,3,75; ");
  EXPECT_EQ(lines("breakdown=age=*" + rest), "");
  EXPECT_EQ(lines("breakdown=*" + rest), ",total,100; level=2,2,25; level=3,3,75; ");
}

TEST_F(ShapeTest, FiguresArePutInOrder) {
  const std::string rest = "&fields=period,area,value&breakdown=";
  EXPECT_EQ(lines("order=-value,area" + rest),
            "FY2026-27-Q2,L1,100; FY2026-27-Q1,L1,75; FY2026-27-Q1,N1,50; FY2025-26-Q4,L1,25; "
            "FY2025-26-Q4,N1,25; FY2026-27-Q2,N1,0; ");
  EXPECT_EQ(lines("order=area_name,-period&latest=2" + rest),
            "FY2026-27-Q2,N1,0; FY2026-27-Q1,N1,50; FY2026-27-Q2,L1,100; FY2026-27-Q1,L1,75; ");
  EXPECT_EQ(detail("order=size"), "order: there is no field 'size'");
}

TEST_F(ShapeTest, OrderedFiguresComeInPages) {
  std::string target = "/api/v1/facts?order=-value&breakdown=&fields=value&format=csv&limit=4", all;
  for (int pages = 0; !target.empty() && pages < 5; ++pages) {
    const auto answer = get(target);
    ASSERT_EQ(answer.status, 200) << answer.body;
    all += answer.body.substr(answer.body.find("\r\n") + 2) + "|";
    target = next_of(answer);
  }
  EXPECT_EQ(all, "100\r\n75\r\n50\r\n25\r\n|25\r\n0\r\n|");
}

TEST_F(ShapeTest, FiguresArePutTogether) {
  const std::string rest = "&fields=area,period,numerator,denominator,value,run&breakdown=";
  EXPECT_EQ(lines("group_by=area" + rest), "L1,,8,12,66.6666666667,; N1,,3,12,25,; ");
  EXPECT_EQ(lines("group_by=indicator&area_kind=neighbourhood" + rest), ",,3,12,25,; ");
  EXPECT_EQ(lines("group_by=period&area=N1&order=-value" + rest),
            ",FY2026-27-Q1,2,4,50,; ,FY2025-26-Q4,1,4,25,; ,FY2026-27-Q2,0,4,0,; ");
  const auto refused = get("/api/v1/facts?group_by=period&breakdown=");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(field(refused.body, "detail"),
            "the figures of T01 cannot be put together: 'L1' holds 'N1'");
  EXPECT_EQ(detail("group_by=tenure"), "group_by: figures are not grouped by 'tenure'");
}

TEST_F(ShapeTest, PeriodsBecomeColumns) {
  const auto csv = get("/api/v1/facts?wide=period&limit=all&format=csv&fields=area,level&latest=2");
  EXPECT_EQ(csv.body,
            "area,level,FY2026-27-Q1,FY2026-27-Q2\r\nL1,total,75,100\r\nL1,2,,25\r\nL1,3,,75\r\n"
            "N1,total,50,0\r\n");
  const auto json = get("/api/v1/facts?wide=period&limit=all&fields=area&area=N1&latest=1");
  EXPECT_EQ(json.body.substr(0, json.body.find(",\"as_of\"")),
            R"({"data":[{"area":"N1","periods":{"FY2026-27-Q2":0}}])");
  EXPECT_EQ(detail("wide=area"), "wide: 'area' does not become columns");
  EXPECT_EQ(detail("wide=period&limit=3"), "wide: a page would end within a series");
}

// A reader keeps what it has up to date by what changed, also by what is gone.
TEST_F(ShapeTest, WhatChangedIsToldAndWhatIsGone) {
  const auto before = field(get("/api/v1/facts?limit=1").body, "as_of");
  ASSERT_FALSE(before.empty());
  add({{"L1", "FY2026-27-Q1", 3}, {"L1", "FY2026-27-Q1", 1, "level=2"}});
  add({{"L1", "FY2025-26-Q4", 2}, {"N1", "FY2025-26-Q4", 1}});
  EXPECT_EQ(lines("fields=area,period,breakdown,value,display,flags&changed_since=" + before),
            "L1,FY2025-26-Q4,,50,50.0,changed; L1,FY2026-27-Q1,level=2,25,25.0,new; "
            "N1,FY2026-27-Q1,,,[x],withdrawn; ");
  const auto now = field(get("/api/v1/facts?limit=1").body, "as_of");
  EXPECT_EQ(lines("changed_since=" + now), "");
  EXPECT_EQ(detail("changed_since=" + now + "&order=value"),
            "changed_since: what changed is neither ordered nor grouped");
  EXPECT_EQ(detail("changed_since=lately"), "changed_since: 'lately' is not an instant");
}

TEST_F(ShapeTest, StatisticiansGetObservations) {
  const auto sdmx = get("/api/v1/facts?format=sdmx&area=N1&latest=1");
  EXPECT_EQ(sdmx.headers.at("content-type"),
            "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8");
  EXPECT_EQ(sdmx.body,
            "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,VERSION,REF_AREA,READING,BREAKDOWN,"
            "TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,DECIMALS,REPORTING_YEAR_START_DAY\r\n"
            "dataflow,QUARTERDAY:FIGURES(1.0),R,Q,T01,1,N1,quarter,_T,2026-Q2,0,A,%,1,--04-01\r\n");
  const auto stat = get("/api/v1/facts?format=jsonstat&breakdown=&latest=2");
  EXPECT_NE(stat.body.find(R"("size":[1,2,2,1,1])"), std::string::npos) << stat.body;
  EXPECT_NE(stat.body.find(R"("value":{"0":75,"1":100,"2":50,"3":0})"), std::string::npos)
      << stat.body;
  EXPECT_EQ(get("/api/v1/facts", "Accept: application/vnd.sdmx.data+csv\r\n").body.substr(0, 9),
            "STRUCTURE");
}

// The columns that are described are those that come.
TEST_F(ShapeTest, TheColumnsOfACsvAreDescribed) {
  const auto csv = get("/api/v1/facts?fields=area,value&format=csv&limit=all");
  const auto link = csv.headers.at("link");
  EXPECT_NE(link.find("rel=\"describedby\"; type=\"application/csvm+json\""), std::string::npos);
  const auto described = get(link.substr(1, link.find('>') - 1)).body;
  EXPECT_EQ(count(described, "\"titles\""), 2u);
  EXPECT_NE(described.find(R"("titles":"value","name":"value",)"), std::string::npos) << described;
  EXPECT_NE(described.find(R"("datatype":"decimal")"), std::string::npos) << described;
  const auto package = get("/api/v1/facts?format=datapackage&latest=1").body;
  EXPECT_NE(package.find(R"("path":"http://h/api/v1/facts?latest=1&format=csv")"),
            std::string::npos)
      << package;
  EXPECT_NE(package.find(R"("primaryKey":"key")"), std::string::npos) << package;
  EXPECT_NE(package.find(R"({"name":"level","type":"string",)"), std::string::npos) << package;
}

std::string unzipped(const std::string& bytes, const std::filesystem::path& folder) {
  std::ofstream(folder / "answer.gz", std::ios::binary) << bytes;
  const auto command = "gzip -dc '" + (folder / "answer.gz").string() + "'";
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  EXPECT_EQ(::pclose(pipe), 0);
  return text;
}

TEST_F(ShapeTest, WhoAcceptsGzipGetsLess) {
  for (const char* limit : {"1000", "all"}) {
    const std::string target = std::string("/api/v1/facts?format=csv&limit=") + limit;
    const auto plain = get(target);
    const auto zipped = get(target, "Accept-Encoding: br, gzip;q=0.5\r\n");
    EXPECT_EQ(plain.headers.count("content-encoding"), 0u);
    EXPECT_EQ(zipped.headers.at("content-encoding"), "gzip");
    EXPECT_EQ(zipped.headers.at("vary"), "Accept, Authorization, User-Agent, Accept-Encoding");
    EXPECT_LT(zipped.body.size(), plain.body.size() / 2);
    EXPECT_EQ(unzipped(zipped.body, folder_), plain.body);
    EXPECT_EQ(get(target, "Accept-Encoding: gzip;q=0\r\n").body, plain.body);
    EXPECT_EQ(get(target, "Accept-Encoding: gzip;q=0, *\r\n").body, plain.body);
  }
}

// The digest of no bytes is one that everybody knows: of what comes it is another.
TEST_F(ShapeTest, WhoWantsItGetsTheDigestOfWhatCame) {
  const auto answer = get("/api/v1/indicators", "Want-Repr-Digest: sha-512=3, sha-256=10\r\n");
  const auto digest = answer.headers.at("repr-digest");
  std::ofstream(folder_ / "answer", std::ios::binary) << answer.body;
  const auto command = "sha256sum '" + (folder_ / "answer").string() +
                       "' | cut -c1-64 | tr a-f A-F | basenc --base16 -d | base64";
  FILE* pipe = ::popen(command.c_str(), "r");
  char text[64] = "";
  EXPECT_NE(std::fgets(text, sizeof text, pipe), nullptr);
  EXPECT_EQ(::pclose(pipe), 0);
  EXPECT_EQ(digest, "sha-256=:" + std::string(text).substr(0, 44) + ":");
  EXPECT_EQ(get("/api/v1/indicators").headers.count("repr-digest"), 0u);
  EXPECT_EQ(
      get("/api/v1/indicators", "Want-Repr-Digest: sha-256=0\r\n").headers.count("repr-digest"),
      0u);
}

}  // namespace
}  // namespace qd::test
