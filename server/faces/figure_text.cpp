#include "server/faces/figure_text.hpp"

namespace qd::faces {
namespace {

// A line a figure, as CSV or as JSON.
class PlainText final : public FigureText {
 public:
  explicit PlainText(FigureRendering rendering)
      : is_csv_(rendering.format == formats::Format::kCsv),
        labels_(std::move(rendering.labels)),
        writer_(std::move(rendering.fields)),
        csv_(rendering.dialect) {}

  void begin() override {
    if (is_csv_) return writer_.write_heading(csv_);
    json_.begin_object().key("data").begin_array();
  }
  void take(const FigureView& figure) override {
    const ShownFigure shown{figure, *labels_};
    if (is_csv_)
      writer_.write(csv_, shown);
    else
      writer_.write(json_, shown);
  }
  void end(const TextEnd& end) override {
    if (is_csv_) return;
    json_.end_array().field("as_of", to_text(end.as_of));
    json_.optional_field("next", end.next).end_object();
  }
  std::string text() override {
    writer_.forget_definitions();
    return is_csv_ ? csv_.take() : json_.take();
  }

 private:
  bool is_csv_;
  std::shared_ptr<const AreaLabels> labels_;
  FigureWriter writer_;
  formats::Json json_;
  formats::Csv csv_;
};

}  // namespace

std::unique_ptr<FigureText> plain_text(FigureRendering rendering) {
  return std::make_unique<PlainText>(std::move(rendering));
}

std::unique_ptr<FigureText> figure_text(FigureRendering rendering) {
  if (rendering.format == formats::Format::kSdmxCsv) return sdmx_text(rendering);
  if (rendering.format == formats::Format::kJsonStat) return json_stat_text(rendering);
  return rendering.wide ? wide_text(std::move(rendering)) : plain_text(std::move(rendering));
}

}  // namespace qd::faces
