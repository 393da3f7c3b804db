// CSV, tables and figures as text.
#include <gtest/gtest.h>

#include "core/text/nearest.hpp"
#include "server/cli/terminal_progress.hpp"
#include "server/faces/figure_writer.hpp"
#include "server/formats/csv.hpp"
#include "server/formats/text_table.hpp"

namespace qd {
namespace {

std::string csv_of(std::string_view text,
                   formats::CsvDialect dialect = formats::CsvDialect::kExact) {
  formats::Csv csv(dialect);
  return csv.text(text).end_line().take();
}

TEST(Csv, quotes_where_rfc_4180_says) {
  EXPECT_EQ(csv_of("plain"), "plain\r\n");
  EXPECT_EQ(csv_of("a,b"), "\"a,b\"\r\n");
  EXPECT_EQ(csv_of("say \"x\""), "\"say \"\"x\"\"\"\r\n");
  EXPECT_EQ(csv_of("two\nlines"), "\"two\nlines\"\r\n");
}

TEST(Csv, only_the_spreadsheet_dialect_guards_formulas) {
  for (const std::string text : {"=1+1", "+1", "-1", "@x", "\tx"}) {
    EXPECT_EQ(csv_of(text), text + "\r\n");
    EXPECT_EQ(csv_of(text, formats::CsvDialect::kSpreadsheet), "'" + text + "\r\n");
  }
  EXPECT_EQ(csv_of("\rx", formats::CsvDialect::kSpreadsheet), "\"'\rx\"\r\n");
  EXPECT_EQ(csv_of("a=b", formats::CsvDialect::kSpreadsheet), "a=b\r\n");
  formats::Csv numbers(formats::CsvDialect::kSpreadsheet);
  EXPECT_EQ(numbers.number("-1.5").empty().end_line().take(), "-1.5,\r\n");
}

TEST(TextTable, reads_the_same_in_every_format) {
  const formats::TextTable table{
      {{"code"}, {"n", formats::FieldKind::kInteger}, {"tags", formats::FieldKind::kList}},
      {{"é", formats::cell(12), formats::joined({"a;b", "c"})},
       {{}, formats::cell(3), formats::joined({})}}};
  EXPECT_EQ(formats::to_csv(table), "code,n,tags\r\né,12,a;b;c\r\n,3,\r\n");
  EXPECT_EQ(formats::to_aligned(table), "code   n  tags\né     12  a;b;c\n       3\n");
  formats::Json json;
  formats::write_rows(json, table);
  EXPECT_EQ(json.take(),
            R"([{"code":"é","n":12,"tags":["a;b","c"]},{"code":null,"n":3,"tags":[]}])");
}

Figure satisfaction() {
  Figure figure;
  auto& d = figure.definition;
  d.code = "TP01";
  d.title = "Overall satisfaction";
  d.family = "existing_pis";
  d.denominator = "answers";
  d.unit = "%";
  d.multiplier = 100;
  d.decimals = 1;
  d.interval = Interval::kSampleMargin;
  auto& f = figure.fact;
  f = Fact{7,
           1,
           "TP01",
           1,
           "L1",
           "FY2024-25",
           Reading::kYear,
           "tenure=LCRA",
           Number::of(2),
           Number::of(3),
           3,
           100};
  f.flags = kWeighted | kProvisional;
  return figure;
}

TEST(FigureWriter, numbers_are_plain_and_exact) {
  const auto figure = satisfaction();
  formats::Json json;
  rest::write_figure(json, faces::ShownFigure{figure, "Landlord, Ltd"});
  const auto text = json.take();
  EXPECT_NE(text.find(R"("value":66.6666666667,"display":"66.7","unit":"%","n":3,)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("flags":["provisional","weighted"])"), std::string::npos) << text;
  EXPECT_EQ(text.find('e', text.find("\"value\":") + 8) < text.find("\"display\""), false);
}

TEST(FigureWriter, csv_has_a_cell_for_every_heading) {
  const auto figure = satisfaction();
  formats::Csv csv;
  rest::write_figure_heading(csv);
  rest::write_figure(csv, faces::ShownFigure{figure, "Landlord, Ltd"});
  const auto text = csv.take();
  EXPECT_EQ(
      text.substr(0, text.find("\r\n")),
      "indicator,title,version,area,area_name,period,reading,breakdown,numerator,denominator,"
      "value,display,unit,n,population,margin,required_sample,null_reason,flags,family,run,id");
  EXPECT_NE(text.find("L1,\"Landlord, Ltd\",FY2024-25,year,tenure=LCRA,2,3,66.6666666667,66.7,%,3,"
                      "100,"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(",,provisional;weighted,existing_pis,1,7\r\n"), std::string::npos) << text;
}

TEST(FigureWriter, a_missing_value_is_null_and_says_why) {
  auto figure = satisfaction();
  figure.fact.denominator = Number::of(0);
  figure.fact.null_reason = NullReason::kZeroDenominator;
  formats::Json json;
  rest::write_figure(json, faces::ShownFigure{figure, ""});
  const auto text = json.take();
  EXPECT_NE(text.find(R"("value":null,"display":"[u]")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("null_reason":"zero_denominator")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("area_name":null)"), std::string::npos) << text;
}

TEST(Nearest, names_what_was_probably_meant) {
  const std::vector<std::string> known = {"indicator", "area", "period"};
  EXPECT_EQ(text::nearest("inidcator", known), "indicator");
  EXPECT_EQ(text::nearest("areas", known), "area");
  EXPECT_EQ(text::nearest("zzz", known), "");
  EXPECT_EQ(text::nearest_hint("perod", known), "did you mean 'period'?");
  EXPECT_EQ(text::nearest_hint("zzz", known), "known are: indicator, area, period");
}

TEST(TerminalProgress, says_how_far_work_is) {
  EXPECT_EQ(cli::progress_line("rows", 1200, 2400),
            "rows [##########----------]  50 %  1,200 of 2,400");
  EXPECT_EQ(cli::progress_line("rows", 1234567, 0), "rows 1,234,567");
}

}  // namespace
}  // namespace qd
