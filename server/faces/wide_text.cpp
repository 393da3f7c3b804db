// A line for each series and a column for each period, for who compares by eye.
#include <algorithm>
#include <map>
#include <tuple>

#include "server/faces/figure_text.hpp"

namespace qd::faces {
namespace {

// What says nothing of one period alone.
bool is_of_a_series(const FigureField& field) {
  return field.source != FieldSource::kPeriod && field.source != FieldSource::kFigure;
}

class WideText final : public FigureText {
 public:
  explicit WideText(FigureRendering rendering)
      : is_csv_(rendering.format == formats::Format::kCsv),
        labels_(std::move(rendering.labels)),
        periods_(std::move(rendering.columns)),
        csv_(rendering.dialect) {
    std::sort(periods_.begin(), periods_.end());
    for (const auto& field : *rendering.fields)
      if (is_of_a_series(field)) fields_.push_back(field);
  }

  void begin() override {
    if (!is_csv_) json_.begin_object().key("data").begin_array();
    if (!is_csv_) return;
    for (const auto& field : fields_) csv_.text(field.name);
    for (const auto& period : periods_) csv_.text(period);
    csv_.end_line();
  }
  // Figures of one indicator and area come together, period by period.
  void take(const FigureView& figure) override {
    const auto group =
        std::tuple(std::string(figure.indicator), figure.version, std::string(figure.area));
    if (group != group_) end_group();
    group_ = group;
    Series& series = series_[{figure.reading, std::string(figure.breakdown)}];
    if (series.cells.empty()) {
      const ShownFigure shown{figure, *labels_};
      for (const auto& field : fields_) series.cells.push_back(field.text(shown));
    }
    std::string value = exact_text(figure.value, *figure.definition);
    const bool is_number = !value.empty();
    if (!is_number) value = display(figure.value, *figure.definition);
    series.values[std::string(figure.period)] = {std::move(value), is_number};
  }
  void end(const TextEnd& end) override {
    end_group();
    if (is_csv_) return;
    json_.end_array().field("as_of", to_text(end.as_of));
    json_.optional_field("next", end.next).end_object();
  }
  std::string text() override { return is_csv_ ? csv_.take() : json_.take(); }

 private:
  struct Value {
    std::string text;  // or the mark that says why there is none
    bool is_number;
  };
  struct Series {
    std::vector<formats::Cell> cells;
    std::map<std::string, Value> values;  // by period
  };

  void end_group() {
    for (const auto& [key, series] : series_) {
      if (is_csv_)
        write_csv(series);
      else
        write_json(series);
    }
    series_.clear();
  }
  void write_csv(const Series& series) {
    for (std::size_t i = 0; i < fields_.size(); ++i) write(csv_, i, series);
    for (const auto& period : periods_) {
      const auto value = series.values.find(period);
      if (value == series.values.end())
        csv_.empty();
      else if (value->second.is_number)
        csv_.number(value->second.text);
      else
        csv_.text(value->second.text);
    }
    csv_.end_line();
  }
  void write_json(const Series& series) {
    json_.begin_object();
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      json_.key(fields_[i].name);
      write(json_, i, series);
    }
    json_.key("periods").begin_object();
    for (const auto& period : periods_) {
      const auto value = series.values.find(period);
      json_.key(period);
      if (value == series.values.end())
        json_.null();
      else if (value->second.is_number)
        json_.decimal(value->second.text);
      else
        json_.text(value->second.text);
    }
    json_.end_object().end_object();
  }
  template <class Out>
  void write(Out& out, std::size_t field, const Series& series) {
    const auto& cell = series.cells[field];
    formats::write_cell(out, fields_[field].kind, cell ? &*cell : nullptr);
  }

  bool is_csv_;
  std::shared_ptr<const AreaLabels> labels_;
  FigureFields fields_;
  std::vector<std::string> periods_;
  std::tuple<std::string, int, std::string> group_;
  std::map<std::pair<Reading, std::string>, Series> series_;
  formats::Json json_;
  formats::Csv csv_;
};

}  // namespace

std::unique_ptr<FigureText> wide_text(FigureRendering rendering) {
  return std::make_unique<WideText>(std::move(rendering));
}

}  // namespace qd::faces
