// What a declaration says is read as it stands there, and refused with the place of the first thing
// that is wrong.
#include "core/declarations/declaration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

namespace qd {
namespace {

using testing::ElementsAre;

const std::string kHead = "id = \"walks\"\nversion = \"1.2.0\"\ntitle = \"Walks\"\n";
const std::string kTable =
    "[[table]]\nname = \"walks_log\"\nmeaning = \"Walks.\"\nkey = [\"code\"]\ncolumn = [\n"
    "{name = \"code\", type = \"text\", required = true, meaning = \"which\"},\n"
    "{name = \"area\", type = \"text\", references = \"areas\", meaning = \"where\"},\n"
    "{name = \"spent\", type = \"money\", unit = \"pounds\", min = 0, max = 99.5, meaning = "
    "\"m\"},\n"
    "]\n";
const std::string kInput =
    "[[input]]\ntable = \"walks_log\"\ncolumns = [\"code\", \"spent\"]\n"
    "[[input]]\ntable = \"events\"\ncolumns = [\"held_on\"]\n";
const std::string kOption =
    "[[option]]\nkey = \"limit\"\ntype = \"integer\"\nmin = 1\nmax = 99\ndefault = \"28\"\n"
    "meaning = \"days\"\n";
const std::string kBreakdown =
    "[[breakdown]]\nkey = \"tenure\"\nmeaning = \"tenure\"\nvalues = [\"LCRA\"]\n";
const std::string kIndicator =
    "[[indicator]]\ncode = \"walks.on_time\"\ntitle = \"Walks on time\"\n"
    "numerator = \"walks on time\"\ndenominator = \"walks\"\nunit = \"%\"\nsource = \"handbook\"\n"
    "multiplier = 100\ndecimals = 1\npolarity = \"high\"\naggregation = \"flow_ratio\"\n";

Result<Family> read(const std::string& text) {
  return declarations::read_declaration(text, "walks.toml");
}

TEST(Declaration, SaysEverythingOfAFamily) {
  const auto family = read(kHead + kTable + kInput + kOption + kBreakdown + kIndicator +
                           "parameters = {limit = \"28\"}\nrule = \"SHARE\"\n"
                           "shortfall = \"walks late\"\nbreakdowns = [\"tenure\"]\n");
  ASSERT_TRUE(family) << to_text(family.error());
  EXPECT_EQ(family->id + ' ' + family->version + ' ' + family->title, "walks 1.2.0 Walks");
  EXPECT_EQ(family->declaration_sha256.size(), 64u);
  ASSERT_EQ(family->tables.size(), 1u);
  EXPECT_EQ(family->tables[0].family, "walks");
  EXPECT_EQ(family->tables[0].n_key, 1u);
  EXPECT_EQ(family->tables[0].columns[1].references, "areas");
  const ColumnSpec& spent = family->tables[0].columns[2];
  EXPECT_EQ(spent.kind, ColumnKind::kMoney);
  EXPECT_EQ(spent.max, Number{99'500'000});
  ASSERT_EQ(family->inputs.size(), 2u);
  EXPECT_EQ(family->inputs[0].table.name, "walks_log");
  EXPECT_EQ(family->inputs[1].table.family, "") << "a table that ships";
  ASSERT_EQ(family->options.size(), 1u);
  EXPECT_EQ(family->options[0].most, Number::of(99));
  EXPECT_EQ(family->options[0].default_text, "28");
  EXPECT_THAT(family->breakdowns.at(0).values, ElementsAre("LCRA"));
  const Definition& indicator = family->indicators.at(0);
  EXPECT_EQ(indicator.family, "walks");
  EXPECT_EQ(indicator.rule, "SHARE");
  EXPECT_EQ(indicator.parameters, (std::vector<Parameter>{{"limit", "28"}}));
  EXPECT_EQ(indicator.shortfall, "walks late");
  EXPECT_EQ(indicator.polarity, Polarity::kHigh);
  EXPECT_TRUE(indicator.part_of_whole) << "a ratio in %";
  EXPECT_EQ(to_text(indicator.effective_from), "0001-01-01") << "always";
  EXPECT_FALSE(indicator.effective_until);
  EXPECT_FALSE(indicator.captured);
}

TEST(Declaration, LikeTakesOverWhatIsNotStated) {
  const auto family = read(kHead + kInput.substr(kInput.rfind("[[")) + kIndicator +
                           "[[indicator]]\ncode = \"walks.b\"\nlike = \"walks.on_time\"\n"
                           "title = \"B\"\n");
  ASSERT_TRUE(family) << to_text(family.error());
  const Definition &a = family->indicators.at(0), &b = family->indicators.at(1);
  EXPECT_EQ(b.title, "B");
  EXPECT_EQ(b.code, "walks.b");
  EXPECT_EQ(b.numerator, a.numerator);
  EXPECT_EQ(b.multiplier, 100);
  EXPECT_TRUE(b.part_of_whole);
}

TEST(Declaration, WhetherItIsPartOfAWholeFollowsItsOwnUnitUnlessStated) {
  const auto like = [](const std::string& stated, const std::string& lines) {
    const auto family =
        read(kHead + kInput.substr(kInput.rfind("[[")) + kIndicator + stated +
             "[[indicator]]\ncode = \"walks.b\"\nlike = \"walks.on_time\"\n" + lines);
    EXPECT_TRUE(family) << to_text(family.error());
    return family->indicators.at(1).part_of_whole;
  };
  EXPECT_TRUE(like("", ""));
  EXPECT_FALSE(like("", "unit = \"per 1,000\"\nmultiplier = 1000\n"));
  EXPECT_FALSE(like("part_of_whole = false\n", ""));
  EXPECT_TRUE(like("part_of_whole = false\n", "part_of_whole = true\n"));
}

TEST(Declaration, ALaterVersionIsAsTheOneBeforeItButForWhatItSays) {
  const auto family =
      read(kHead + kInput.substr(kInput.rfind("[[")) + kIndicator +
           "[[indicator]]\ncode = \"walks.on_time\"\nversion = 2\neffective_from = 2025-04-01\n"
           "multiplier = 1000\nunit = \"per 1,000 walks\"\ncomparable_with_previous = false\n");
  ASSERT_TRUE(family) << to_text(family.error());
  const Definition &first = family->indicators.at(0), &second = family->indicators.at(1);
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(second.title, "Walks on time");
  EXPECT_EQ(second.multiplier, 1000);
  EXPECT_FALSE(second.comparable_with_previous);
  EXPECT_FALSE(second.effective_until);
  EXPECT_EQ(first.effective_until, make_date(2025, 4, 1)) << "it ends as the next begins";
}

struct Refusal {
  const char* name;
  std::string text;
  std::string message;  // after "walks.toml:"
  std::string hint = "";
};
std::ostream& operator<<(std::ostream& out, const Refusal& refusal) { return out << refusal.name; }

const std::string kGood = kHead + kTable + kInput + kIndicator;
std::string with(const std::string& what, const std::string& instead) {
  std::string text = kGood;
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}
std::string second_block(const std::string& lines) { return kGood + "[[indicator]]\n" + lines; }
const std::string kSecond = "code = \"walks.on_time\"\n";

class Refused : public testing::TestWithParam<Refusal> {};

TEST_P(Refused, WithItsPlace) {
  const auto family = read(GetParam().text);
  ASSERT_FALSE(family);
  EXPECT_EQ(family.error().code, ErrorCode::kFamilyRefused);
  EXPECT_EQ(family.error().message, "walks.toml:" + GetParam().message);
  EXPECT_EQ(family.error().hint, GetParam().hint);
}

INSTANTIATE_TEST_SUITE_P(
    Head, Refused,
    testing::Values(
        Refusal{"id", with("\"walks\"", "\"Walks\""),
                "1:6: its id 'Walks' is not a name of lower case letters, digits and _"},
        Refusal{"version", with("\"1.2.0\"", "\"1.2\""),
                "2:11: its version '1.2' is not like 1.2.0"},
        Refusal{"title", with("title = \"Walks\"", "title = \"\""), "3:9: no title"},
        Refusal{"unknown", with("title =", "titel ="), "1:1: no title"},
        Refusal{"other", kHead + "colour = \"red\"\n" + kTable + kInput + kIndicator,
                "4:10: 'colour' is not a key",
                "known are: id, version, title, table, input, option, breakdown, indicator"},
        Refusal{"near", kHead + "verson = \"1\"\n" + kTable + kInput + kIndicator,
                "4:10: 'verson' is not a key", "did you mean 'version'?"},
        Refusal{"not toml", "id = walks\n",
                "1:6: Error while parsing value: could not determine "
                "value type",
                "write it as TOML"},
        Refusal{"no input", kHead + kIndicator, "1:1: it declares 0 inputs, 1 to 64 are possible"}),
    [](const auto& one) { return "n" + std::to_string(one.index); });

INSTANTIATE_TEST_SUITE_P(
    Tables, Refused,
    testing::Values(
        Refusal{"prefix", with("name = \"walks_log\"", "name = \"walk_log\""),
                "5:8: its table walk_log must be called walks_…"},
        Refusal{"the host's", with("name = \"walks_log\"", "name = \"events\""),
                "5:8: table events is the host's"},
        Refusal{"name", with("name = \"walks_log\"", "name = \"Log\""),
                "5:8: 'Log' is not a table name"},
        Refusal{"meaning", with("meaning = \"Walks.\"\n", ""), "4:1: table walks_log: no meaning"},
        Refusal{"no key", with("key = [\"code\"]\n", ""),
                "4:1: table walks_log: a table of its own needs a key"},
        Refusal{"unknown key", with("key = [\"code\"]", "key = [\"cod\"]"),
                "7:7: table walks_log: there is no column cod for its key", "did you mean 'code'?"},
        Refusal{"key not first", with("key = [\"code\"]", "key = [\"area\"]"),
                "7:7: table walks_log: column area is part of the key, so it must be the first of "
                "the table's columns"},
        Refusal{"key not required", with("required = true", "required = false"),
                "7:7: table walks_log: column code is part of the key, so it must be required"},
        Refusal{"type", with("type = \"money\"", "type = \"mony\""),
                "11:25: column spent: 'mony' is no type that exists", "did you mean 'money'?"},
        Refusal{"range", with("max = 99.5", "max = -1"),
                "11:66: column spent: max is less than min"},
        Refusal{"range of text", with("references = \"areas\"", "min = 1"),
                "10:38: column area: min and max belong to columns that count or measure"},
        Refusal{"reference", with("references = \"areas\"", "references = \"area\""),
                "10:45: column area: table area does not exist", "did you mean 'areas'?"},
        Refusal{"two keys", with("references = \"areas\"", "references = \"participations\""),
                "10:45: column area: table participations is not known by a single text"},
        Refusal{"column twice", with("name = \"area\"", "name = \"code\""),
                "10:9: column code: it is there twice"},
        Refusal{"no such table", with("table = \"events\"", "table = \"event\""),
                "17:9: input event: table event does not exist; a table of its own stands under "
                "[[table]]",
                "did you mean 'events'?"},
        Refusal{"no such column", with("\"held_on\"", "\"held_n\""),
                "18:11: input events: table events has no column held_n",
                "did you mean 'held_on'?"},
        Refusal{"column read twice", with("[\"code\", \"spent\"]", "[\"code\", \"code\"]"),
                "15:11: input walks_log: column code is there twice"},
        Refusal{"no columns", with("columns = [\"held_on\"]\n", ""),
                "16:1: input events: it has 0 columns, 1 to 256 are possible"}),
    [](const auto& one) { return "n" + std::to_string(one.index); });

INSTANTIATE_TEST_SUITE_P(
    Indicators, Refused,
    testing::Values(
        Refusal{"code", with("\"walks.on_time\"", "\"on time\""),
                "20:8: 'on time' is not an indicator code"},
        Refusal{"title", with("title = \"Walks on time\"\n", ""),
                "19:1: indicator walks.on_time: no title"},
        Refusal{"numerator", with("numerator = \"walks on time\"", "numerator = \"\""),
                "22:13: indicator walks.on_time: no numerator in words"},
        Refusal{"unit", with("unit = \"%\"\n", ""), "19:1: indicator walks.on_time: no unit"},
        Refusal{"source", with("source = \"handbook\"\n", ""),
                "19:1: indicator walks.on_time: no source, the rule that defines it"},
        Refusal{"denominator of a ratio", with("denominator = \"walks\"\n", ""),
                "19:1: indicator walks.on_time: no denominator in words, where only a count or a "
                "quantile has none"},
        Refusal{"denominator of a count", with("\"flow_ratio\"", "\"snapshot_count\""),
                "23:15: indicator walks.on_time: a count has no denominator"},
        Refusal{"multiplier 0", with("multiplier = 100", "multiplier = 0"),
                "26:14: indicator walks.on_time: multiplier and divisor must lie between 1 and "
                "1,000,000,000"},
        Refusal{"multiplier too large", with("multiplier = 100", "multiplier = 1000000001"),
                "26:14: indicator walks.on_time: multiplier and divisor must lie between 1 and "
                "1,000,000,000"},
        Refusal{"decimals", with("decimals = 1", "decimals = 11"),
                "27:12: indicator walks.on_time: decimals must lie between 0 and 10"},
        Refusal{"polarity", with("\"high\"", "\"hihg\""),
                "28:12: indicator walks.on_time: no such polarity: 'hihg'", "did you mean 'high'?"},
        Refusal{"range", with("\"high\"", "\"range\""),
                "28:12: indicator walks.on_time: a range has range_from or range_until, or both"},
        Refusal{"nearest", with("\"high\"", "\"nearest\""),
                "28:12: indicator walks.on_time: nearest needs a target"},
        Refusal{"target", kGood + "target = 4\n",
                "30:10: indicator walks.on_time: a target belongs to the polarity nearest"},
        Refusal{"aggregation", with("\"flow_ratio\"", "\"flow\""),
                "29:15: indicator walks.on_time: no such aggregation: 'flow'",
                "known are: snapshot_ratio, flow_ratio, rate_per_stock, survey_proportion, "
                "mean_duration, distinct_count, additive_count, snapshot_count, quantile"},
        Refusal{"quantile", with("\"flow_ratio\"", "\"quantile\""),
                "19:1: indicator walks.on_time: no percentile"},
        Refusal{"percentile", kGood + "percentile = 50\n",
                "30:14: indicator walks.on_time: a percentile belongs to the aggregation quantile"},
        Refusal{"key", kGood + "multipler = 100\n",
                "30:13: indicator walks.on_time: 'multipler' is not a key",
                "did you mean 'multiplier'?"},
        Refusal{"type of a value", with("decimals = 1", "decimals = \"1\""),
                "27:12: indicator walks.on_time: decimals is not a whole number"},
        Refusal{"breakdown", kGood + "breakdowns = [\"tenure\"]\n",
                "30:14: indicator walks.on_time: breakdown 'tenure' is not declared",
                "declare it under [[breakdown]]"},
        Refusal{"mid-quarter", kGood + "effective_from = 2026-05-01\n",
                "30:18: indicator walks.on_time: a definition begins with a quarter"},
        Refusal{"like nobody", second_block("code = \"b\"\nlike = \"walks.ontime\"\n"),
                "32:8: indicator b: no indicator walks.ontime stands before it",
                "did you mean 'walks.on_time'?"}),
    [](const auto& one) { return "n" + std::to_string(one.index); });

INSTANTIATE_TEST_SUITE_P(
    Versions, Refused,
    testing::Values(
        Refusal{"twice", second_block(kSecond),
                "30:1: indicator walks.on_time: version 1 is there "
                "twice",
                "give it version = 2"},
        Refusal{"a gap", second_block(kSecond + "version = 3\neffective_from = 2025-04-01\n"),
                "32:11: indicator walks.on_time: after version 1 comes version 2"},
        Refusal{"no date", second_block(kSecond + "version = 2\n"),
                "30:1: indicator walks.on_time: a later version says from when it holds: "
                "effective_from"},
        Refusal{"not later",
                kGood + "effective_from = 2025-04-01\n[[indicator]]\n" + kSecond +
                    "version = 2\neffective_from = 2025-04-01\n",
                "34:18: indicator walks.on_time: it begins on 2025-04-01, not after version 1, "
                "which begins on 2025-04-01"},
        Refusal{"overlap",
                kGood + "effective_until = 2026-04-01\n[[indicator]]\n" + kSecond +
                    "version = 2\neffective_from = 2026-01-01\n",
                "34:18: indicator walks.on_time: it begins on 2026-01-01, while version 1 holds "
                "until 2026-04-01"}),
    [](const auto& one) { return "n" + std::to_string(one.index); });

TEST(NamesHeader, SaysWhatTheCodeCallsThings) {
  const auto family = read(kHead + kTable + kInput + kOption + kIndicator +
                           "[[indicator]]\ncode = \"X.1\"\nlike = \"walks.on_time\"\n");
  ASSERT_TRUE(family) << to_text(family.error());
  const auto header = declarations::names_header(*family);
  for (const char* line :
       {"namespace walks_names {", "inline constexpr const char* kId = \"walks\";",
        "inline constexpr const char* kVersion = \"1.2.0\";",
        "namespace log {\ninline constexpr std::size_t code = 0;\n"
        "inline constexpr std::size_t spent = 1;\n}",
        "namespace events {\ninline constexpr std::size_t held_on = 0;\n}",
        "inline constexpr std::uint32_t log = 0;\ninline constexpr std::uint32_t events = 1;",
        "inline constexpr quarterday::Indicator on_time{0};",
        "inline constexpr quarterday::Indicator X_1{1};",
        "inline constexpr const char* limit = \"limit\";"})
    EXPECT_THAT(header, testing::HasSubstr(line));
}

}  // namespace
}  // namespace qd
