// SDMX-CSV 2.0: an observation a line, for statistical tools.
#include <fmt/format.h>

#include "server/faces/figure_text.hpp"

namespace qd::faces {
namespace {

// The financial year begins on 1 April: SDMX calls that the start of the reporting year.
constexpr std::string_view kYearBegins = "--04-01";

// "2026-Q1" for FY2026-27-Q1, "2026-A1" for the year, "2026-11" for a month.
std::string time_period(std::string_view id) {
  const auto period = Period::parse(id);
  if (!period) return std::string(id);
  switch (period->kind()) {
    case Period::Kind::kYear:
      return fmt::format("{}-A1", period->start_year());
    case Period::Kind::kQuarter:
      return fmt::format("{}-Q{}", period->start_year(), period->quarter_number());
    case Period::Kind::kMonth:
      break;
  }
  return period->id();
}

// Of the code list CL_OBS_STATUS.
std::string_view status_of(const FactValue& value) {
  if ((value.flags & kProvisional) != 0 && value.null_reason == NullReason::kHasValue) return "P";
  switch (value.null_reason) {
    case NullReason::kHasValue:
      return "A";
    case NullReason::kSuppressed:
      return "Q";
    case NullReason::kLowReliability:
      return "U";
    case NullReason::kNotApplicable:
    case NullReason::kZeroDenominator:
      return "M";
    case NullReason::kNotAvailable:
    case NullReason::kExcluded:
      break;
  }
  return "O";
}

class SdmxText final : public FigureText {
 public:
  explicit SdmxText(const FigureRendering& rendering) : csv_(rendering.dialect) {}

  void begin() override {
    for (const char* name : {"STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "INDICATOR", "VERSION",
                             "REF_AREA", "READING", "BREAKDOWN", "TIME_PERIOD", "OBS_VALUE",
                             "OBS_STATUS", "UNIT_MEASURE", "DECIMALS", "REPORTING_YEAR_START_DAY"})
      csv_.text(name);
    csv_.end_line();
  }
  void take(const FigureView& figure) override {
    const Definition& definition = *figure.definition;
    const auto period = Period::parse(figure.period);
    const char* frequency = !period                                    ? ""
                            : period->kind() == Period::Kind::kYear    ? "A"
                            : period->kind() == Period::Kind::kQuarter ? "Q"
                                                                       : "M";
    csv_.text("dataflow").text("QUARTERDAY:FIGURES(1.0)").text("R").text(frequency);
    csv_.text(figure.indicator).number(std::to_string(figure.version)).text(figure.area);
    csv_.text(to_text(figure.reading));
    csv_.text(figure.breakdown.empty() ? "_T" : figure.breakdown);
    csv_.text(time_period(figure.period)).number(exact_text(figure.value, definition));
    csv_.text(status_of(figure.value)).text(definition.unit);
    csv_.number(std::to_string(definition.decimals)).text(kYearBegins).end_line();
  }
  void end(const TextEnd&) override {}
  std::string text() override { return csv_.take(); }

 private:
  formats::Csv csv_;
};

}  // namespace

std::unique_ptr<FigureText> sdmx_text(const FigureRendering& rendering) {
  return std::make_unique<SdmxText>(rendering);
}

}  // namespace qd::faces
