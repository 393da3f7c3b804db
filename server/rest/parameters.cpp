#include "server/rest/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/nearest.hpp"
#include "core/text/whole_number.hpp"

namespace qd::rest {

Result<Parameters> Parameters::of(const http::HttpRequest& request,
                                  const std::vector<std::string>& known) {
  for (const auto& [name, value] : request.query)
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fail(
          ErrorCode::kParameterUnknown, fmt::format("'{}' is not a parameter here", name),
          known.empty() ? "this address takes no parameters" : text::nearest_hint(name, known));
  Parameters parameters;
  parameters.fields_ = request.query;
  return parameters;
}

std::vector<std::string> Parameters::list(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [field, value] : fields_) {
    if (field != name) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto item = rest.substr(0, rest.find(','));
      if (!item.empty()) values.emplace_back(item);
      rest.remove_prefix(std::min(item.size() + 1, rest.size()));
    }
  }
  return values;
}

Result<std::optional<std::string>> Parameters::single(std::string_view name) const {
  std::optional<std::string> found;
  for (const auto& [field, value] : fields_) {
    if (field != name) continue;
    if (found)
      return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' is given twice", name),
                  "give it once");
    found = value;
  }
  return found;
}

bool Parameters::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const http::HttpField& field) { return field.first == name; });
}

Result<std::int64_t> whole_number(std::string_view name, std::string_view text) {
  const auto number = text::whole_number<std::int64_t>(text);
  if (number && *number >= 0) return *number;
  return fail(ErrorCode::kParameterMalformed,
              fmt::format("{}: '{}' is not a whole number", name, text));
}

}  // namespace qd::rest
