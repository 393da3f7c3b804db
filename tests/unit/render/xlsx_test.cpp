// A form becomes a workbook: whole, accessible, the same every time.
#include "core/render/xlsx.hpp"

#include <gtest/gtest.h>

#include "core/render/text.hpp"
#include "core/render/well_formed.hpp"
#include "tests/support/unzipped.hpp"

namespace qd {
namespace {

render::Sheet sheet(const std::string& name) {
  render::Sheet made;
  made.name = name;
  made.heading = "Heading of " + name;
  made.holds = "What " + name + " holds.";
  made.table.name = name + "_table";
  made.table.columns = {{"Code", 12}, {"Value", 10, true}};
  made.table.rows = {{{std::string("TP03"), render::NumberCell{"77.3"}}},
                     {{std::string("BS05"), std::string("[x]")}}};
  return made;
}

render::Form form() {
  render::Form made;
  made.title = "Return";
  made.author = "Quarterday Homes";
  made.created = *parse_instant("2026-10-21T07:00:00Z");
  made.sheets = {sheet("One"), sheet("Two")};
  return made;
}

std::string refusal(const render::Form& form) {
  const auto rendered = render::render_xlsx(form);
  return rendered ? "" : rendered.error().message;
}

TEST(RenderXlsx, TheSameFormGivesTheSameBytes) {
  const auto first = render::render_xlsx(form());
  ASSERT_TRUE(first) << to_text(first.error());
  EXPECT_EQ(*first, *render::render_xlsx(form()));
  EXPECT_TRUE(render::check_workbook(*first));
}

TEST(RenderXlsx, NoTimeOfWritingIsInTheBytes) {
  const auto parts = unzipped(*render::render_xlsx(form()));
  EXPECT_NE(parts.at("docProps/core.xml").find("2026-10-21T07:00:00Z"), std::string::npos);
  for (const ZipTime& time : zip_times(*render::render_xlsx(form()))) EXPECT_EQ(time.year, 1980);
  render::Form undated = form();
  undated.created = {};
  EXPECT_NE(
      unzipped(*render::render_xlsx(undated)).at("docProps/core.xml").find("1970-01-01T00:00:01Z"),
      std::string::npos);
}

TEST(RenderXlsx, NothingIsMergedFrozenFilteredOrHidden) {
  const auto parts = unzipped(*render::render_xlsx(form()));
  for (const auto& [name, xml] : parts) {
    for (const char* unwanted : {"<mergeCell", "<pane", "autoFilter", "hidden=\"1\"", "<f>"}) {
      EXPECT_EQ(xml.find(unwanted), std::string::npos) << name << " has " << unwanted;
    }
  }
  EXPECT_NE(parts.at("xl/tables/table1.xml").find("displayName=\"One_table\" ref=\"A3:B5\""),
            std::string::npos);
  const std::string& page = parts.at("xl/worksheets/sheet1.xml");
  EXPECT_NE(page.find("orientation=\"landscape\""), std::string::npos);
  EXPECT_NE(page.find("fitToHeight=\"0\""), std::string::npos);
  EXPECT_NE(parts.at("xl/workbook.xml").find("One!$3:$3"), std::string::npos) << "repeated head";
}

TEST(RenderXlsx, ATextIsNeverAFormula) {
  render::Form odd = form();
  for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "\t=1"}) {
    odd.sheets[0].table.rows.push_back({{std::string(text), std::string("[x]")}});
  }
  const auto parts = unzipped(*render::render_xlsx(odd));
  EXPECT_EQ(parts.at("xl/worksheets/sheet1.xml").find("<f"), std::string::npos);
  EXPECT_NE(parts.at("xl/sharedStrings.xml").find("<t>=1+1</t>"), std::string::npos);
}

TEST(RenderXlsx, BrokenTextIsMadeWhole) {
  render::Form odd = form();
  odd.title = "Damp & mould \xFF <1>";
  odd.sheets[0].heading = std::string("a\x01") + "b\xC3";
  odd.sheets[0].table.columns[0].heading = "Code & \x02";
  odd.sheets[0].table.rows[0].cells[0] = std::string(40'000, 'x');
  const auto rendered = render::render_xlsx(odd);
  ASSERT_TRUE(rendered) << to_text(rendered.error());
  EXPECT_NE(unzipped(*rendered).at("xl/sharedStrings.xml").find("a b\xEF\xBF\xBD"),
            std::string::npos);
}

TEST(RenderXlsx, RefusesAFormThatIsNotAccessible) {
  const auto changed = [](auto change) {
    render::Form made = form();
    change(made);
    return refusal(made);
  };
  EXPECT_EQ(changed([](render::Form&) {}), "");
  EXPECT_NE(changed([](render::Form& f) { f.sheets[1].name = "ONE"; }).find("repeated"),
            std::string::npos);
  EXPECT_NE(changed([](render::Form& f) { f.sheets[0].name = std::string(32, 'x'); }), "");
  EXPECT_NE(changed([](render::Form& f) { f.sheets[0].name = "a/b"; }), "");
  EXPECT_NE(changed([](render::Form& f) { f.sheets[1].table.name = "One_table"; }), "");
  EXPECT_NE(changed([](render::Form& f) { f.sheets[0].table.columns[1].heading = "code"; }), "");
  EXPECT_NE(changed([](render::Form& f) { f.sheets[0].table.rows.clear(); }), "");
  EXPECT_NE(changed([](render::Form& f) { f.sheets[0].holds = ""; }), "");
  EXPECT_NE(changed([](render::Form& f) {
              f.sheets[0].table.rows[0].cells[0] = std::string();
            }).find("column 'Code' is empty"),
            std::string::npos);
  EXPECT_NE(changed([](render::Form& f) {
              f.sheets[0].table.rows[0].cells[1] = render::NumberCell{"12,5"};
            }),
            "");
  EXPECT_NE(changed([](render::Form& f) { f.sheets[0].table.rows[0].cells.pop_back(); }), "");
  EXPECT_NE(changed([](render::Form& f) { f.sheets.clear(); }), "");
}

TEST(CheckWorkbook, FindsWhatIsCutOff) {
  const std::string whole = *render::render_xlsx(form());
  EXPECT_FALSE(render::check_workbook(whole.substr(0, whole.size() / 2)));
  std::string damaged = whole;
  damaged[damaged.find("xl/workbook.xml") + 60] ^= 0x55;
  EXPECT_FALSE(render::check_workbook(damaged));
}

TEST(Fold, BreaksAtBlanksAndKeepsLongWords) {
  EXPECT_EQ(render::fold("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(render::fold("abcdefghij k", 5), (std::vector<std::string>{"abcdefghij", "k"}));
  EXPECT_EQ(render::fold("", 5), std::vector<std::string>{""});
  EXPECT_EQ(render::fold("äöü äöü", 7), std::vector<std::string>{"äöü äöü"})
      << "characters, not bytes";
}

TEST(CellText, KeepsLineFeedsAndCutsAtTheLongest) {
  EXPECT_EQ(render::cell_text("a\nb\rc"), "a\nb c");
  EXPECT_EQ(render::cell_text("abcdef", 4), "abc…");
  EXPECT_EQ(render::cell_text("abcd", 4), "abcd");
  EXPECT_EQ(render::cell_text("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD")
      << "a surrogate";
}

}  // namespace
}  // namespace qd
