// Every key and every column a plan may name, once: the reader, its refusals and the reference
// page are held to these lists.
#include "core/returns/plan/plan.hpp"

namespace qd::returns::plan {

const std::vector<PlanKey>& plan_keys() {
  static const std::vector<PlanKey> keys = {
      {"", "title", "text", "title on the cover; {kind} and {audience} are filled in"},
      {"", "about", "text", "sentence on the cover: what the return is about"},
      {"", "keywords", "text", "keywords of the document"},
      {"", "summary", "text", "what the sheet Summary holds"},
      {"", "sentence", "tables", "sentences of the summary, in this order"},
      {"", "pyramid", "table", "figures by level, also drawn; left out: no chart"},
      {"", "section", "tables", "sheets of the return, in this order"},

      {"sentence", "about", "text", "figure, newest, lines, shortfall or owned: see below"},
      {"sentence", "says", "text", "the sentence without its full stop, with {places} to fill in"},
      {"sentence", "families", "texts", "of lines and owned: the families that are counted"},
      {"sentence", "indicators", "texts", "of figure, newest and shortfall: the indicators"},
      {"sentence", "breakdown", "text", "of figure: which part; left out: the total"},
      {"sentence", "one", "text", "what is counted, when it is one; left out: the unit"},
      {"sentence", "many", "text", "what is counted, when it is not one; left out: the unit"},
      {"sentence", "none", "text", "of shortfall: said when nothing is lacking"},
      {"sentence", "joins", "yes or no", "it follows the sentence before it after a semicolon"},

      {"pyramid", "heading", "text", "heading of the column of levels"},
      {"pyramid", "chart", "text", "title of the chart"},
      {"pyramid", "described", "text", "first words of what is read to who cannot see the chart"},
      {"pyramid", "total", "text", "name of the last row"},
      {"pyramid", "one", "text", "what a bar counts, when it is one"},
      {"pyramid", "many", "text", "what a bar counts, when it is not one"},
      {"pyramid", "level", "tables", "the levels, the top first; three at most"},
      {"pyramid", "column", "tables", "the columns; the first one is drawn"},
      {"pyramid.level", "name", "text", "name of the level in the table"},
      {"pyramid.level", "label", "text", "short name, beside its bar"},
      {"pyramid.level", "breakdown", "text", "the part of the indicator, as level=4"},
      {"pyramid.column", "heading", "text", "heading; {previous} is the period before"},
      {"pyramid.column", "indicator", "text", "the indicator whose parts are the levels"},
      {"pyramid.column", "total", "text", "the indicator of the last row; left out: it has none"},
      {"pyramid.column", "previous", "yes or no", "figures of the period before"},

      {"section", "title", "text", "name of the sheet, at most 31 characters"},
      {"section", "heading", "text", "heading; left out: the title"},
      {"section", "holds", "text", "one sentence: what the sheet holds"},
      {"section", "words", "texts", "sentences above the table"},
      {"section", "layout", "text", "areas, lines or links: see below"},
      {"section", "families", "texts", "families that are shown whole"},
      {"section", "indicators", "texts", "indicators that are shown, in this order"},
      {"section", "breakdowns", "texts", "keys of parts that are shown; left out: all"},
      {"section", "columns", "texts", "columns, in this order; left out: those of the layout"},
      {"section", "headings", "table", "headings of columns, in place of their own"},
      {"section", "areas", "texts", "of areas: kinds of area that are shown"},
      {"section", "totals", "texts", "indicators whose rows are printed strong"},
      {"section", "order", "text", "declared or code: how the indicators of families follow"},
      {"section", "official", "text", "quarter, ytd or year: other readings are indicative"},
      {"section", "indicative", "text", "what Status says of an indicative figure"},
  };
  return keys;
}

const std::vector<ColumnWords>& column_words() {
  static const std::vector<ColumnWords> columns = {
      {"area", "Area", "name of the area"},
      {"code", "Code", "code of the indicator"},
      {"title", "Indicator", "title of the indicator"},
      {"measure", "Measure", "title with the part"},
      {"part", "Part", "the part alone; All for the total"},
      {"unit", "Unit", "unit of the figure"},
      {"period", "", "figure of the return's period"},
      {"ytd", "", "figure of the year to date; of a return of a year it is left out"},
      {"full_year", "", "figure of the newest full year; of a return of a year it is left out"},
      {"previous", "", "figures of the four periods before, a column each"},
      {"before", "", "figure of the period before"},
      {"answers", "Answers or cases", "cases behind the figure of the period"},
      {"counts_for", "Counts are for", "which reading the columns behind it are of: the newest"},
      {"numerator", "Numerator", "numerator of that figure"},
      {"denominator", "Denominator", "denominator of that figure"},
      {"shortfall", "Shortfall", "what it lacks, where its definition has words for it"},
      {"n", "Answers", "answers or cases behind it"},
      {"margin", "Margin, plus or minus points", "margin of error of a sample"},
      {"interval", "Range at 95 % confidence", "lowest and highest value the margin leaves open"},
      {"status", "Status", "final, provisional, indicative, … and what is lacking"},
      {"relation", "How it is linked, and how strongly", "the link in words", true},
      {"linked_code", "Linked indicator", "code of the indicator it is linked to", true},
      {"linked_title", "What the linked indicator measures", "its title", true},
      {"linked_figure", "Figure of the linked indicator", "the landlord's newest figure", true},
      {"linked_period", "Figure is for", "which reading that is", true},
      {"adds", "What it adds", "what the indicator adds to the linked one", true},
  };
  return columns;
}

std::vector<std::string> usual_columns(Layout layout) {
  switch (layout) {
    case Layout::kAreas:
      return {"area", "code", "measure", "unit", "period", "ytd", "previous"};
    case Layout::kLinks:
      return {"area",          "code",          "title",    "unit",        "period",
              "answers",       "before",        "relation", "linked_code", "linked_title",
              "linked_figure", "linked_period", "adds"};
    case Layout::kLines:
      break;
  }
  return {"code",       "title",     "part",        "unit",      "period", "ytd",    "full_year",
          "counts_for", "numerator", "denominator", "shortfall", "n",      "margin", "status"};
}

}  // namespace qd::returns::plan
