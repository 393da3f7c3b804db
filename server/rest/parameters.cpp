#include "server/rest/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/model/period.hpp"
#include "core/text/nearest.hpp"

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
      return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' is given twice", name));
    found = value;
  }
  return found;
}

bool Parameters::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const http::HttpField& field) { return field.first == name; });
}

namespace {

Result<void> read_periods(const std::vector<std::string>& texts, FactQuery& query) {
  for (const auto& text : texts) {
    const auto period = Period::parse(text);
    if (!period) return fail(period.error());
    query.periods.push_back(period->id());
  }
  return {};
}

Result<void> read_readings(const std::vector<std::string>& texts, FactQuery& query) {
  for (const auto& text : texts) {
    const auto reading = parse_reading(text);
    if (!reading)
      return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' is not a reading", text),
                  text::nearest_hint(text, {"quarter", "ytd", "year"}));
    query.readings.push_back(*reading);
  }
  return {};
}

Result<void> read_as_of(const std::optional<std::string>& text, FactQuery& query) {
  if (!text) return {};
  std::string sent = *text;
  std::replace(sent.begin(), sent.end(), ' ', '+');  // an unescaped + of an offset
  query.as_of = parse_instant(sent);
  if (query.as_of) return {};
  return fail(ErrorCode::kInstantMalformed, fmt::format("'{}' is not an instant", *text),
              "write it as 2026-03-31 (that whole day) or 2026-03-31T08:30:00Z");
}

}  // namespace

Result<FactQuery> fact_filter(const FactFilterTexts& texts) {
  FactQuery query;
  query.indicators = texts.indicators;
  query.areas = texts.areas;
  query.families = texts.families;
  query.breakdown = texts.breakdown;
  if (auto read = read_periods(texts.periods, query); !read) return fail(read.error());
  if (auto read = read_readings(texts.readings, query); !read) return fail(read.error());
  if (auto read = read_as_of(texts.as_of, query); !read) return fail(read.error());
  return query;
}

Result<std::int64_t> whole_number(std::string_view name, std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size() && number >= 0) return number;
  return fail(ErrorCode::kParameterMalformed,
              fmt::format("{}: '{}' is not a whole number", name, text));
}

}  // namespace qd::rest
