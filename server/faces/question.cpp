#include "server/faces/question.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/text/nearest.hpp"
#include "core/text/whole_number.hpp"

namespace qd::faces {
namespace {

constexpr std::size_t kMostPeriods = 1000;

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

std::optional<Instant> parse_sent_instant(std::string sent) {
  std::replace(sent.begin(), sent.end(), ' ', '+');  // an unescaped + of an offset
  return parse_instant(sent);
}

Result<void> read_as_of(const std::optional<std::string>& text, FactQuery& query) {
  if (!text) return {};
  query.as_of = parse_sent_instant(*text);
  if (query.as_of) return {};
  return fail(ErrorCode::kInstantMalformed, fmt::format("'{}' is not an instant", *text),
              "write it as 2026-03-31 (that whole day) or 2026-03-31T08:30:00Z");
}

// A breakdown, or the beginning of one: "level=*".
void read_breakdown(const std::optional<std::string>& text, FactQuery& query) {
  if (text && text->ends_with('*'))
    query.breakdown_prefix = text->substr(0, text->size() - 1);
  else
    query.breakdown = text;
}

enum class End { kFrom, kUntil };

// The first day of what is typed, or the first day after it.
Result<std::optional<Date>> read_end(const char* name, const std::optional<std::string>& text,
                                     End end) {
  if (!text) return std::nullopt;
  if (const auto day = parse_date(*text))
    return end == End::kFrom ? *day : *day + std::chrono::days{1};
  if (const auto period = Period::parse(*text))
    return end == End::kFrom ? period->from() : period->until();
  return fail(ErrorCode::kParameterMalformed,
              fmt::format("{}: '{}' is neither a period nor a day", name, *text),
              "write it as FY2026-27-Q3, FY2026-27, 2026-11 or 2026-11-30");
}

Result<std::optional<std::size_t>> read_latest(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto number = text::whole_number<std::size_t>(*text);
  if (number && *number >= 1 && *number <= kMostPeriods) return *number;
  return fail(ErrorCode::kParameterMalformed,
              fmt::format("latest: '{}' is not a number from 1 to {}", *text, kMostPeriods),
              "latest=8 gives the newest eight quarters, years and months");
}

void add(std::string& text, const std::vector<std::string>& list) {
  for (const auto& item : list) text += item + '\x1f';
  text += '\n';
}
void add(std::string& text, const std::optional<std::string>& item) {
  text += (item ? "=" + *item : "") + '\n';
}
void add(std::string& text, const std::optional<Date>& day) {
  text += (day ? to_text(*day) : "") + '\n';
}

}  // namespace

std::string Question::text() const {
  std::string text;
  for (const auto* list :
       {&filter.indicators, &filter.areas, &filter.periods, &filter.families, &under, &kinds})
    add(text, *list);
  for (const Reading reading : filter.readings) text += std::string(to_text(reading)) + '\x1f';
  add(text, filter.breakdown);
  add(text, filter.breakdown_prefix);
  text += (filter.as_of ? to_text(*filter.as_of) : "") + '\n';
  for (const auto* day : {&from, &until, &at}) add(text, *day);
  return text + (latest ? std::to_string(*latest) : "");
}

Result<Question> question(const QuestionTexts& texts) {
  Question asked;
  asked.filter.indicators = texts.indicators;
  asked.filter.areas = texts.areas;
  asked.filter.families = texts.families;
  asked.under = texts.under;
  asked.kinds = texts.kinds;
  read_breakdown(texts.breakdown, asked.filter);
  if (auto read = read_periods(texts.periods, asked.filter); !read) return fail(read.error());
  if (auto read = read_readings(texts.readings, asked.filter); !read) return fail(read.error());
  if (auto read = read_as_of(texts.as_of, asked.filter); !read) return fail(read.error());
  const std::tuple<const char*, const std::optional<std::string>&, End, std::optional<Date>&>
      ends[] = {{"from", texts.from, End::kFrom, asked.from},
                {"until", texts.until, End::kUntil, asked.until},
                {"at", texts.at, End::kUntil, asked.at}};
  for (const auto& [name, text, end, day] : ends) {
    auto read = read_end(name, text, end);
    if (!read) return fail(read.error());
    day = *read;
  }
  const auto latest = read_latest(texts.latest);
  if (!latest) return fail(latest.error());
  asked.latest = *latest;
  return asked;
}

}  // namespace qd::faces
