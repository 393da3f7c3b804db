#include "server/faces/figure_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/text/nearest.hpp"

namespace qd::faces {
namespace {

constexpr std::string_view kNameFields[] = {"title", "area_name"};
constexpr std::string_view kCodeFields[] = {"indicator", "area"};

template <class Names>
bool is_among(const Names& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

const FigureField* field_of(const FigureFields& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const FigureField& field) { return field.name == name; });
  return found == all.end() ? nullptr : &*found;
}

Error no_field(const char* parameter, const std::string& name, const FigureFields& all) {
  std::vector<std::string> known;
  for (const auto& field : all) known.push_back(field.name);
  return {ErrorCode::kParameterMalformed,
          fmt::format("{}: there is no field '{}'", parameter, name),
          text::nearest_hint(name, known)};
}

Result<LabelsShown> read_labels(const std::optional<std::string>& text) {
  if (!text || *text == "both") return LabelsShown::kBoth;
  if (*text == "codes") return LabelsShown::kCodes;
  if (*text == "names") return LabelsShown::kNames;
  return fail(ErrorCode::kParameterMalformed, fmt::format("labels: '{}' is not known", *text),
              text::nearest_hint(*text, {"both", "codes", "names"}));
}

Result<std::optional<reading::grouping::Grouping>> read_grouping(
    const std::vector<std::string>& words) {
  if (words.empty()) return std::nullopt;
  if (const auto grouping = reading::grouping::grouping_of(words)) return *grouping;
  const auto known = reading::grouping::grouping_words();
  const auto wrong = std::find_if(words.begin(), words.end(),
                                  [&](const auto& word) { return !is_among(known, word); });
  return fail(ErrorCode::kParameterMalformed,
              fmt::format("group_by: figures are not grouped by '{}'", *wrong),
              text::nearest_hint(*wrong, known));
}

Result<std::optional<Instant>> read_since(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  if (const auto since = parse_instant(*text)) return since;
  return fail(ErrorCode::kInstantMalformed,
              fmt::format("changed_since: '{}' is not an instant", *text),
              "take as_of of the answer before, or write it as 2026-03-31T08:30:00Z");
}

// What does not go together.
Result<void> check(const FigureShape& shape) {
  if (shape.wide && !shape.order.empty())
    return fail(ErrorCode::kParameterMalformed,
                "order: with wide=period, series stand by indicator and area",
                "leave out order or wide");
  if (shape.changed_since && shape.is_listed())
    return fail(ErrorCode::kParameterMalformed,
                "changed_since: what changed is neither ordered nor grouped",
                "leave out order and group_by");
  return {};
}

// Plain decimals by what they are, to the last digit.
int compare_decimals(std::string_view a, std::string_view b) {
  const bool is_negative = a.starts_with('-');
  if (is_negative != b.starts_with('-')) return is_negative ? -1 : 1;
  if (is_negative) {
    a.remove_prefix(1);
    b.remove_prefix(1);
    std::swap(a, b);
  }
  const auto whole = [](std::string_view text) { return text.substr(0, text.find('.')); };
  if (whole(a).size() != whole(b).size()) return whole(a).size() < whole(b).size() ? -1 : 1;
  return a.compare(b);  // digits behind the point compare as texts: none ends with a zero
}

struct Sorted {
  std::vector<formats::Cell> cells;  // by term
  std::size_t place;                 // before
};

class Order {
 public:
  Order(const std::vector<OrderTerm>& terms, const std::vector<const FigureField*>& fields)
      : terms_(terms), fields_(fields) {}
  bool operator()(const Sorted& a, const Sorted& b) const {
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const auto &left = a.cells[i], &right = b.cells[i];
      if (left.has_value() != right.has_value()) return left.has_value();
      if (!left) continue;
      const bool is_number = fields_[i]->kind == formats::FieldKind::kDecimal ||
                             fields_[i]->kind == formats::FieldKind::kInteger;
      const int compared = is_number ? compare_decimals(*left, *right) : left->compare(*right);
      if (compared != 0) return terms_[i].descending ? compared > 0 : compared < 0;
    }
    return false;
  }

 private:
  const std::vector<OrderTerm>& terms_;
  const std::vector<const FigureField*>& fields_;
};

}  // namespace

Result<FigureShape> figure_shape(const ShapeTexts& texts) {
  FigureShape shape;
  shape.fields = texts.fields;
  for (const auto& term : texts.order) {
    const bool descending = term.starts_with('-');
    shape.order.push_back({term.substr(descending ? 1 : 0), descending});
  }
  const auto labels = read_labels(texts.labels);
  if (!labels) return fail(labels.error());
  shape.labels = *labels;
  const auto grouping = read_grouping(texts.group_by);
  if (!grouping) return fail(grouping.error());
  shape.group_by = *grouping;
  if (texts.wide && *texts.wide != "period")
    return fail(ErrorCode::kParameterMalformed,
                fmt::format("wide: '{}' does not become columns", *texts.wide), "use wide=period");
  shape.wide = texts.wide.has_value();
  const auto since = read_since(texts.changed_since);
  if (!since) return fail(since.error());
  shape.changed_since = *since;
  if (auto checked = check(shape); !checked) return fail(checked.error());
  return shape;
}

Result<FigureFields> shown_fields(const FigureShape& shape, const FigureFields& all) {
  FigureFields shown;
  for (const auto& name : shape.fields) {
    const FigureField* field = field_of(all, name);
    if (!field) return fail(no_field("fields", name, all));
    shown.push_back(*field);
  }
  if (shape.fields.empty()) shown = all;
  if (shape.labels == LabelsShown::kCodes)
    std::erase_if(shown, [](const auto& field) { return is_among(kNameFields, field.name); });
  if (shape.labels == LabelsShown::kNames)
    std::erase_if(shown, [](const auto& field) { return is_among(kCodeFields, field.name); });
  return shown;
}

Result<void> put_in_order(std::vector<Figure>& figures, const std::vector<OrderTerm>& order,
                          const FigureFields& all, const AreaLabels& labels) {
  std::vector<const FigureField*> fields;
  for (const auto& term : order) {
    fields.push_back(field_of(all, term.field));
    if (!fields.back()) return fail(no_field("order", term.field, all));
  }
  std::vector<Sorted> sorted;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const FigureView view = view_of(figures[i].fact, figures[i].definition);
    const ShownFigure shown{view, labels};
    sorted.push_back({{}, i});
    for (const auto* field : fields) sorted.back().cells.push_back(field->text(shown));
  }
  std::stable_sort(sorted.begin(), sorted.end(), Order(order, fields));
  std::vector<Figure> ordered;
  ordered.reserve(figures.size());
  for (const auto& one : sorted) ordered.push_back(std::move(figures[one.place]));
  figures = std::move(ordered);
  return {};
}

}  // namespace qd::faces
