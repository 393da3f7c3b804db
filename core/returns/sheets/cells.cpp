#include "core/returns/sheets/cells.hpp"

namespace qd::returns::sheets::cells {

render::Cell cell(const Figure* figure) {
  if (!figure) return std::string(mark(NullReason::kNotAvailable));
  const std::string shown = display(figure->fact, figure->definition);
  if (!value(figure->fact, figure->definition)) return shown;
  return render::NumberCell{shown};
}

render::Cell number(const std::optional<Number>& number) {
  if (!number) return std::string(mark(NullReason::kNotApplicable));
  return render::NumberCell{number->text()};
}

render::Cell count(const std::optional<std::int64_t>& count) {
  if (!count) return std::string(mark(NullReason::kNotApplicable));
  return render::NumberCell{std::to_string(*count)};
}

}  // namespace qd::returns::sheets::cells
