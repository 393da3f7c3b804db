#include "server/faces/fact_filter.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/period.hpp"
#include "core/text/nearest.hpp"

namespace qd::faces {
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

}  // namespace qd::faces
