// Figures as CSV and JSON.
#include "server/faces/figure_writer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace qd {
namespace {

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
  f = Fact{{Number::of(2), Number::of(3), 3, 100},
           7,
           1,
           "TP01",
           1,
           "L1",
           "FY2024-25",
           Reading::kYear,
           "tenure=LCRA"};
  f.flags = kWeighted | kProvisional;
  return figure;
}

faces::AreaLabels labels() {
  faces::AreaLabels table;
  table.labels["L1"] = {"Landlord, Ltd", "estate", "N1", "N1/L1"};
  table.labels["L2"] = {"=Second", "landlord", "", "L2"};
  return table;
}

std::string as_json(const Figure& figure, const faces::AreaLabels& labels) {
  formats::Json json;
  faces::FigureWriter(faces::all_figure_fields())
      .write(json, {view_of(figure.fact, figure.definition), labels});
  return json.take();
}

TEST(FigureWriter, numbers_are_plain_and_exact) {
  const auto figure = satisfaction();
  const auto text = as_json(figure, labels());
  EXPECT_NE(text.find(R"("value":66.6666666667,"display":"66.7","null_reason":null,"unit":"%",)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("flags":["provisional","weighted"])"), std::string::npos) << text;
  EXPECT_EQ(text.find('e', text.find("\"value\":") + 8) < text.find("\"display\""), false);
}

TEST(FigureWriter, csv_has_a_cell_for_every_heading) {
  const auto figure = satisfaction();
  formats::Csv csv;
  faces::FigureWriter writer(
      std::make_shared<const faces::FigureFields>(faces::figure_fields({"level", "tenure"})));
  writer.write_heading(csv);
  const auto table = labels();
  writer.write(csv, {view_of(figure.fact, figure.definition), table});
  const auto text = csv.take();
  EXPECT_EQ(
      text.substr(0, text.find("\r\n")),
      "indicator,title,version,area,area_name,area_kind,area_parent,area_path,period,reading,from,"
      "until,previous_period,period_year_before,breakdown,level,tenure,numerator,denominator,value,"
      "display,null_reason,unit,decimals,polarity,aggregation,n,population,margin,required_sample,"
      "flags,family,key,run,id");
  EXPECT_NE(text.find("L1,\"Landlord, Ltd\",estate,N1,N1/L1,FY2024-25,year,2024-04-01,2025-04-01,"
                      "FY2023-24,FY2023-24,tenure=LCRA,total,LCRA,2,3,66.6666666667,66.7,,%,1,"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(",provisional;weighted,existing_pis,TP01/1/L1/FY2024-25/year/tenure=LCRA,1,7"
                      "\r\n"),
            std::string::npos)
      << text;
}

TEST(FigureWriter, a_missing_value_is_null_and_says_why) {
  auto figure = satisfaction();
  figure.fact.denominator = Number::of(0);
  figure.fact.null_reason = NullReason::kZeroDenominator;
  const auto text = as_json(figure, {});
  EXPECT_NE(text.find(R"("value":null,"display":"[u]")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("null_reason":"zero_denominator")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("area_name":null)"), std::string::npos) << text;
}

// Each by a writer of its own, that has said nothing before.
template <class Format>
std::string each_anew(const std::vector<FigureView>& figures, const faces::FigureFields& fields,
                      Format to) {
  const auto table = labels();
  const auto shared = std::make_shared<const faces::FigureFields>(fields);
  for (const auto& figure : figures) faces::FigureWriter(shared).write(to, {figure, table});
  return to.take();
}

template <class Format>
std::string one_after_the_other(const std::vector<FigureView>& figures,
                                const faces::FigureFields& fields, Format to) {
  const auto table = labels();
  faces::FigureWriter writer(std::make_shared<const faces::FigureFields>(fields));
  for (const auto& figure : figures) writer.write(to, {figure, table});
  return to.take();
}

// Two of everything that figures may share or not, each beside each.
std::vector<FigureView> all_kinds(const Figure& one, const Figure& other) {
  std::vector<FigureView> figures;
  for (int kind = 0; kind < 64; ++kind) {
    const auto is = [&](int bit) { return (kind >> bit) % 2 == 1; };
    FigureView view =
        is(0) ? view_of(one.fact, one.definition) : view_of(other.fact, other.definition);
    view.area = is(1) ? "L1" : "L2";
    view.period = is(2) ? "FY2024-25-Q3" : "FY2023-24-Q1";
    view.reading = is(3) ? Reading::kQuarter : Reading::kYearToDate;
    view.breakdown = is(4) ? "" : "tenure=LCRA";
    view.value.numerator = Number::of(kind);
    if (is(5)) view.value.null_reason = NullReason::kSuppressed;
    figures.push_back(view);
    figures.push_back(view_of(one.fact, one.definition));
  }
  return figures;
}

formats::Json array() {
  formats::Json json;
  json.begin_array();
  return json;
}

Figure other_measure() {
  auto figure = satisfaction();
  figure.definition.code = figure.fact.indicator = "RP01";
  figure.definition.title = "Homes, \"decent\" or not";
  figure.definition.unit = "";
  return figure;
}

TEST(FigureWriter, what_was_said_before_reads_as_if_it_was_said_anew) {
  const auto one = satisfaction(), other = other_measure();
  const auto figures = all_kinds(one, other);
  faces::FigureFields backwards = faces::figure_fields({"tenure"});
  std::reverse(backwards.begin(), backwards.end());
  for (const auto& fields : {faces::figure_fields({"tenure"}), backwards}) {
    EXPECT_EQ(one_after_the_other(figures, fields, array()), each_anew(figures, fields, array()));
    for (const auto dialect : {formats::CsvDialect::kExact, formats::CsvDialect::kSpreadsheet})
      EXPECT_EQ(one_after_the_other(figures, fields, formats::Csv(dialect)),
                each_anew(figures, fields, formats::Csv(dialect)));
  }
}

TEST(FigureWriter, fields_by_themselves_read_the_same_too) {
  const auto one = satisfaction(), other = other_measure();
  const auto figures = all_kinds(one, other);
  for (const auto& field : faces::figure_fields({"tenure"})) {
    const faces::FigureFields alone = {field};
    EXPECT_EQ(one_after_the_other(figures, alone, array()), each_anew(figures, alone, array()))
        << field.name;
    EXPECT_EQ(one_after_the_other(figures, alone, formats::Csv()),
              each_anew(figures, alone, formats::Csv()))
        << field.name;
  }
}

TEST(FigureWriter, a_reading_that_was_spoilt_in_the_store_reads_as_none) {
  const auto one = satisfaction();
  auto spoilt = view_of(one.fact, one.definition);
  spoilt.reading = static_cast<Reading>(99);
  const faces::FigureFields fields = {faces::figure_fields()[8], faces::figure_fields()[9]};
  EXPECT_EQ(one_after_the_other({spoilt}, fields, formats::Csv()), "FY2024-25,\r\n");
}

TEST(FigureWriter, more_periods_than_it_remembers_read_the_same) {
  const auto one = satisfaction();
  std::vector<std::string> periods;
  for (int year = 1000; year < 1550; ++year)
    for (const char* quarter : {"-Q1", "-Q2"})
      periods.push_back(fmt::format("FY{}-{:02}{}", year, (year + 1) % 100, quarter));
  std::vector<FigureView> figures;
  for (int round = 0; round < 2; ++round)
    for (const auto& period : periods) {
      figures.push_back(view_of(one.fact, one.definition));
      figures.back().period = period;
    }
  const auto& fields = faces::figure_fields();
  EXPECT_EQ(one_after_the_other(figures, fields, array()), each_anew(figures, fields, array()));
}

TEST(FigureWriter, a_definition_that_is_gone_is_forgotten) {
  auto figure = satisfaction();
  const auto table = labels();
  faces::FigureWriter writer(faces::all_figure_fields());
  formats::Csv csv;
  writer.write(csv, {view_of(figure.fact, figure.definition), table});
  (void)csv.take();
  figure.definition.title = "Another at its address";
  writer.forget_definitions();
  writer.write(csv, {view_of(figure.fact, figure.definition), table});
  EXPECT_NE(csv.take().find(",Another at its address,"), std::string::npos);
}

}  // namespace
}  // namespace qd
