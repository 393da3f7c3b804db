#include "server/rest/fact_question.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace qd::rest {
namespace {

constexpr std::size_t kDefaultLimit = 1000;
constexpr std::int64_t kLargestLimit = 10'000;

// What a question is typed as.
struct Typed {
  faces::QuestionTexts question;
  faces::ShapeTexts shape;
  std::optional<std::string> limit, cursor, format, dialect;
};

// A parameter and where it goes: those that may be repeated, and those that stand once. To add one
// is to add its line.
using List = std::vector<std::string>;
using Single = std::optional<std::string>;
struct ListPlace {
  const char* name;
  List& (*place)(Typed&);
};
struct SinglePlace {
  const char* name;
  Single& (*place)(Typed&);
};

const ListPlace kLists[] = {
    {"indicator", [](Typed& t) -> List& { return t.question.indicators; }},
    {"area", [](Typed& t) -> List& { return t.question.areas; }},
    {"under", [](Typed& t) -> List& { return t.question.under; }},
    {"area_kind", [](Typed& t) -> List& { return t.question.kinds; }},
    {"period", [](Typed& t) -> List& { return t.question.periods; }},
    {"reading", [](Typed& t) -> List& { return t.question.readings; }},
    {"family", [](Typed& t) -> List& { return t.question.families; }},
    {"fields", [](Typed& t) -> List& { return t.shape.fields; }},
    {"order", [](Typed& t) -> List& { return t.shape.order; }},
    {"group_by", [](Typed& t) -> List& { return t.shape.group_by; }},
};
const SinglePlace kSingles[] = {
    {"breakdown", [](Typed& t) -> Single& { return t.question.breakdown; }},
    {"as_of", [](Typed& t) -> Single& { return t.question.as_of; }},
    {"from", [](Typed& t) -> Single& { return t.question.from; }},
    {"until", [](Typed& t) -> Single& { return t.question.until; }},
    {"latest", [](Typed& t) -> Single& { return t.question.latest; }},
    {"at", [](Typed& t) -> Single& { return t.question.at; }},
    {"changed_since", [](Typed& t) -> Single& { return t.shape.changed_since; }},
    {"labels", [](Typed& t) -> Single& { return t.shape.labels; }},
    {"wide", [](Typed& t) -> Single& { return t.shape.wide; }},
    {"limit", [](Typed& t) -> Single& { return t.limit; }},
    {"cursor", [](Typed& t) -> Single& { return t.cursor; }},
    {"format", [](Typed& t) -> Single& { return t.format; }},
    {"dialect", [](Typed& t) -> Single& { return t.dialect; }},
};

Result<Typed> read_typed(const Parameters& parameters) {
  Typed typed;
  for (const auto& [name, place] : kLists) place(typed) = parameters.list(name);
  for (const auto& [name, place] : kSingles) {
    auto value = parameters.single(name);
    if (!value) return fail(value.error());
    place(typed) = std::move(*value);
  }
  return typed;
}

Result<std::optional<std::size_t>> read_limit(const std::optional<std::string>& text) {
  if (!text) return kDefaultLimit;
  if (*text == "all") return std::nullopt;
  const auto limit = whole_number("limit", *text);
  if (!limit) return fail(limit.error());
  if (*limit >= 1 && *limit <= kLargestLimit) return static_cast<std::size_t>(*limit);
  return fail(ErrorCode::kParameterMalformed,
              fmt::format("limit: {} is not between 1 and {}", *limit, kLargestLimit),
              "follow the pages, or ask for limit=all");
}

Error cannot(const char* what, const char* hint) {
  return {ErrorCode::kParameterMalformed, what, hint};
}

// What does not go together.
Result<void> check_shape(const FactQuestion& question) {
  const auto& shape = question.shape;
  const bool is_plain = question.format == Format::kCsv || question.format == Format::kJson;
  if (shape.wide && !is_plain)
    return fail(cannot("wide: columns by period are for json and csv", "leave out wide or format"));
  if (shape.wide && question.limit)
    return fail(cannot("wide: a page would end within a series", "ask for limit=all"));
  if (question.format == Format::kJsonStat && !question.limit)
    return fail(
        cannot("limit: a JSON-stat dataset is a page", "ask for limit=10000 and follow next"));
  return {};
}

std::string shape_text(const faces::ShapeTexts& texts) {
  std::string text;
  for (const auto* list : {&texts.order, &texts.group_by}) {
    for (const auto& item : *list) text += item + '\x1f';
    text += '\n';
  }
  return text + texts.changed_since.value_or("");
}

}  // namespace

const std::vector<std::string>& fact_parameters() {
  static const auto names = [] {
    std::vector<std::string> all;
    for (const auto& one : kLists) all.emplace_back(one.name);
    for (const auto& one : kSingles) all.emplace_back(one.name);
    return all;
  }();
  return names;
}

Result<FactQuestion> fact_question(const Call& call, CursorSigner& cursors) {
  const auto typed = read_typed(call.parameters);
  if (!typed) return fail(typed.error());
  FactQuestion question;
  auto asked = faces::question(typed->question);
  if (!asked) return fail(asked.error());
  question.asked = std::move(*asked);
  auto shape = faces::figure_shape(typed->shape);
  if (!shape) return fail(shape.error());
  question.shape = std::move(*shape);
  const auto limit = read_limit(typed->limit);
  if (!limit) return fail(limit.error());
  question.limit = *limit;
  const auto format = wanted_format(call.request, typed->format,
                                    {Format::kJson, Format::kCsv, Format::kSdmxCsv,
                                     Format::kJsonStat, Format::kDataPackage, Format::kCsvw});
  if (!format) return fail(format.error());
  question.format = *format;
  const auto dialect = wanted_dialect(call.request, typed->dialect);
  if (!dialect) return fail(dialect.error());
  question.dialect = *dialect;
  question.text = question.asked.text() + '\n' + shape_text(typed->shape);
  if (auto checked = check_shape(question); !checked) return fail(checked.error());
  if (!typed->cursor) return question;
  const auto cursor = cursors.parse(*typed->cursor, question.text);
  if (!cursor) return fail(cursor.error());
  question.cursor = *cursor;
  return question;
}

}  // namespace qd::rest
