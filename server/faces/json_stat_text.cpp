// JSON-stat 2.0: one dataset, values by their place among the categories of the dimensions.
#include <algorithm>
#include <array>
#include <map>

#include "server/faces/figure_text.hpp"

namespace qd::faces {
namespace {

// A dimension: its categories in order of their codes.
struct Dimension {
  const char* id;
  const char* label;
  struct Category {
    std::string label;
    std::uint64_t place = 0;  // once all are known
  };
  std::map<std::string, Category> categories;  // by code
};

// Held whole: where a value stands is known when all categories are.
class JsonStatText final : public FigureText {
 public:
  explicit JsonStatText(const FigureRendering& rendering) : labels_(rendering.labels) {}

  void begin() override {}
  void take(const FigureView& figure) override {
    Codes codes = {std::string(figure.indicator) + "/" + std::to_string(figure.version),
                   std::string(figure.area), std::string(figure.period),
                   std::string(to_text(figure.reading)),
                   figure.breakdown.empty() ? "_T" : std::string(figure.breakdown)};
    const std::array<std::string, 5> names = {figure.definition->title,
                                              labels_->of(figure.area).name, codes[2], codes[3],
                                              codes[4] == "_T" ? "total" : codes[4]};
    for (std::size_t i = 0; i < codes.size(); ++i)
      dimensions_[i].categories[codes[i]].label = names[i].empty() ? codes[i] : names[i];
    observations_.push_back({std::move(codes), exact_text(figure.value, *figure.definition),
                             std::string(to_text(figure.value.null_reason))});
  }
  void end(const TextEnd& end) override {
    json_.begin_object().field("version", "2.0").field("class", "dataset");
    json_.field("label", "Figures").field("source", "Quarterday");
    json_.field("updated", to_text(end.as_of));
    number_categories();
    write_dimensions();
    write_observations();
    json_.key("role").begin_object();
    json_.key("time").begin_array().text("period").end_array();
    json_.key("geo").begin_array().text("area").end_array();
    json_.key("metric").begin_array().text("indicator").end_array();
    json_.end_object();
    json_.key("extension").begin_object().optional_field("next", end.next).end_object();
    json_.end_object();
  }
  std::string text() override { return json_.take(); }

 private:
  using Codes = std::array<std::string, 5>;
  struct Observation {
    Codes codes;
    std::string value, status;
  };

  void number_categories() {
    for (auto& dimension : dimensions_) {
      std::uint64_t place = 0;
      for (auto& [code, category] : dimension.categories) category.place = place++;
    }
  }
  void write_dimensions() {
    json_.key("id").begin_array();
    for (const auto& dimension : dimensions_) json_.text(dimension.id);
    json_.end_array().key("size").begin_array();
    for (const auto& dimension : dimensions_)
      json_.integer(static_cast<std::int64_t>(dimension.categories.size()));
    json_.end_array().key("dimension").begin_object();
    for (const auto& dimension : dimensions_) {
      json_.key(dimension.id).begin_object().field("label", dimension.label);
      json_.key("category").begin_object().key("index").begin_array();
      for (const auto& [code, category] : dimension.categories) json_.text(code);
      json_.end_array().key("label").begin_object();
      for (const auto& [code, category] : dimension.categories) json_.field(code, category.label);
      json_.end_object().end_object().end_object();
    }
    json_.end_object();
  }
  void write_observations() {
    json_.key("value").begin_object();
    for (const auto& one : observations_)
      if (!one.value.empty()) json_.key(std::to_string(place_of(one.codes))).decimal(one.value);
    json_.end_object().key("status").begin_object();
    for (const auto& one : observations_)
      if (!one.status.empty()) json_.field(std::to_string(place_of(one.codes)), one.status);
    json_.end_object();
  }
  std::uint64_t place_of(const Codes& codes) const {
    std::uint64_t place = 0;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const auto& categories = dimensions_[i].categories;
      place = place * categories.size() + categories.at(codes[i]).place;
    }
    return place;
  }

  std::shared_ptr<const AreaLabels> labels_;
  std::array<Dimension, 5> dimensions_ = {{{"indicator", "Indicator and version", {}},
                                           {"area", "Area", {}},
                                           {"period", "Period", {}},
                                           {"reading", "Reading", {}},
                                           {"breakdown", "Breakdown", {}}}};
  std::vector<Observation> observations_;
  formats::Json json_;
};

}  // namespace

std::unique_ptr<FigureText> json_stat_text(const FigureRendering& rendering) {
  return std::make_unique<JsonStatText>(rendering);
}

}  // namespace qd::faces
