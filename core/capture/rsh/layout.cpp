#include "core/capture/rsh/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "core/capture/rsh/plain_heading.hpp"
#include "core/text/nearest.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture::rsh {
namespace {

constexpr const char* kMeaningHint =
    "write it like 'TP05 very positive', 'CH01_1 LCHO numerator', 'weighted' or 'not loaded'";

// Reads one layout; every complaint names the file, the line and the column.
class LayoutReader {
 public:
  explicit LayoutReader(const std::string& name) : name_(name) {}

  Result<Layout> read(const toml::table& root);

 private:
  using Take = Result<void> (LayoutReader::*)(const toml::node&);
  struct Key {
    std::string_view name;
    Take take;
  };

  tl::unexpected<Error> malformed(const toml::source_region& at, const std::string& what,
                                  std::string hint) const;
  Result<void> take_keys(const toml::node& node, const std::vector<Key>& keys);
  Result<std::string> text_of(const toml::node& node) const;
  Result<std::vector<std::string>> texts_of(const toml::node& node) const;

  Result<void> take_edition(const toml::node& node);
  Result<void> take_published(const toml::node& node);
  Result<void> take_without_figures(const toml::node& node);
  Result<void> take_whole_numbers(const toml::node& node);
  Result<void> take_rounded_answers(const toml::node& node);
  Result<std::vector<std::string>> tenures_in(const toml::node& node) const;
  Result<void> take_words(const toml::node& node);
  Result<void> take_not_loaded(const toml::node& node);
  Result<void> take_columns(const toml::node& node);
  Result<void> take_column(const toml::node& node);
  Result<void> take_sheet(const toml::node& node);
  Result<void> take_heading(const toml::node& node);
  Result<void> take_means(const toml::node& node);

  const std::string& name_;
  Layout layout_;
  LayoutColumn column_;  // the one being read
};

tl::unexpected<Error> LayoutReader::malformed(const toml::source_region& at,
                                              const std::string& what, std::string hint) const {
  return fail(ErrorCode::kLayoutMalformed,
              fmt::format("{}:{}:{}: {}", name_, static_cast<unsigned>(at.begin.line),
                          static_cast<unsigned>(at.begin.column), what),
              std::move(hint));
}

Result<void> LayoutReader::take_keys(const toml::node& node, const std::vector<Key>& keys) {
  if (!node.is_table()) return malformed(node.source(), "this is no table of keys", "");
  for (const auto& [key, value] : *node.as_table()) {
    const auto found = std::find_if(keys.begin(), keys.end(), [&name = key](const Key& known) {
      return known.name == name.str();
    });
    if (found == keys.end()) {
      std::vector<std::string> known;
      known.reserve(keys.size());
      for (const auto& one : keys) known.emplace_back(one.name);
      return malformed(key.source(), fmt::format("a layout has no '{}' here", key.str()),
                       text::nearest_hint(key.str(), known));
    }
    if (auto taken = (this->*found->take)(value); !taken) return taken;
  }
  return {};
}

Result<std::string> LayoutReader::text_of(const toml::node& node) const {
  const auto text = node.value_exact<std::string>();
  if (text && !text->empty()) return *text;
  return malformed(node.source(), "this is no text", "write it in quotation marks");
}

Result<std::vector<std::string>> LayoutReader::texts_of(const toml::node& node) const {
  if (!node.is_array()) {
    return malformed(node.source(), "this is no list", R"(write it as ["one", "another"])");
  }
  std::vector<std::string> texts;
  for (const auto& one : *node.as_array()) {
    auto text = text_of(one);
    if (!text) return fail(text.error());
    texts.push_back(std::move(*text));
  }
  return texts;
}

Result<Layout> LayoutReader::read(const toml::table& root) {
  auto taken = take_keys(root, {{"edition", &LayoutReader::take_edition},
                                {"published", &LayoutReader::take_published},
                                {"words", &LayoutReader::take_words},
                                {"not_loaded", &LayoutReader::take_not_loaded},
                                {"column", &LayoutReader::take_columns}});
  if (!taken) return fail(taken.error());
  return std::move(layout_);
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

Result<void> LayoutReader::take_edition(const toml::node& node) {
  const auto text = text_of(node);
  if (!text) return fail(text.error());
  const bool shaped = text->size() == 7 && (*text)[4] == '-' && all_digits(text->substr(0, 4)) &&
                      all_digits(text->substr(5));
  const int year = shaped ? std::stoi(text->substr(0, 4)) : 0;
  if (!shaped || (year + 1) % 100 != std::stoi(text->substr(5))) {
    return malformed(node.source(), fmt::format("'{}' is no reporting year", *text),
                     "write it as 2024-25");
  }
  layout_.edition = *text;
  layout_.start_year = year;
  return {};
}

Result<void> LayoutReader::take_published(const toml::node& node) {
  return take_keys(node, {{"without_figures", &LayoutReader::take_without_figures},
                          {"whole_numbers", &LayoutReader::take_whole_numbers},
                          {"rounded_answers", &LayoutReader::take_rounded_answers}});
}

Result<void> LayoutReader::take_without_figures(const toml::node& node) {
  const auto text = text_of(node);
  if (!text) return fail(text.error());
  if (*text != "0" && *text != "[U]") {
    return malformed(node.source(), fmt::format(R"('{}' is neither "0" nor "[U]")", *text),
                     "say what is published where there is no denominator");
  }
  layout_.without_figures = *text == "0" ? WithoutFigures::kZero : WithoutFigures::kMark;
  return {};
}

Result<std::vector<std::string>> LayoutReader::tenures_in(const toml::node& node) const {
  auto texts = texts_of(node);
  if (!texts) return texts;
  const auto known = tenures_of("CH01_1");
  for (const auto& tenure : *texts) {
    if (std::find(known.begin(), known.end(), tenure) == known.end()) {
      return malformed(node.source(), fmt::format("'{}' is no tenure", tenure),
                       text::nearest_hint(tenure, known));
    }
  }
  return texts;
}

Result<void> LayoutReader::take_whole_numbers(const toml::node& node) {
  auto tenures = tenures_in(node);
  if (!tenures) return fail(tenures.error());
  layout_.whole_numbers = std::move(*tenures);
  return {};
}

Result<void> LayoutReader::take_rounded_answers(const toml::node& node) {
  auto tenures = tenures_in(node);
  if (!tenures) return fail(tenures.error());
  layout_.rounded_answers = std::move(*tenures);
  return {};
}

Result<void> LayoutReader::take_words(const toml::node& node) {
  if (!node.is_table()) return malformed(node.source(), "this is no table of measures", "");
  for (const auto& [key, value] : *node.as_table()) {
    const auto& measures = tsm_measures();
    if (std::find(measures.begin(), measures.end(), key.str()) == measures.end()) {
      return malformed(key.source(), fmt::format("there is no measure '{}'", key.str()),
                       text::nearest_hint(key.str(), measures));
    }
    const auto texts = texts_of(value);
    if (!texts) return fail(texts.error());
    auto& words = layout_.words[std::string(key.str())];
    for (const auto& phrase : *texts) words.push_back(plain_heading(phrase));
  }
  return {};
}

// "a & b": both.
Result<void> LayoutReader::take_not_loaded(const toml::node& node) {
  const auto texts = texts_of(node);
  if (!texts) return fail(texts.error());
  for (std::string_view rest : *texts) {
    auto& words = layout_.not_loaded.emplace_back();
    while (!rest.empty()) {
      const std::size_t end = rest.find('&');
      words.push_back(plain_heading(rest.substr(0, end)));
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
  }
  return {};
}

Result<void> LayoutReader::take_columns(const toml::node& node) {
  if (!node.is_array_of_tables()) {
    return malformed(node.source(), "columns are blocks", "begin each with [[column]]");
  }
  for (const auto& one : *node.as_array()) {
    if (auto taken = take_column(one); !taken) return taken;
  }
  return {};
}

Result<void> LayoutReader::take_column(const toml::node& node) {
  column_ = {};
  auto taken = take_keys(node, {{"sheet", &LayoutReader::take_sheet},
                                {"heading", &LayoutReader::take_heading},
                                {"means", &LayoutReader::take_means}});
  if (!taken) return taken;
  if (column_.heading.empty() || column_.means.role == TsmRole::kUnknown) {
    return malformed(node.source(), "a column needs its heading and what it means", kMeaningHint);
  }
  for (const auto& other : layout_.columns) {
    if (other.sheet != column_.sheet || other.heading != column_.heading) continue;
    return malformed(node.source(), "this heading stands in the layout already",
                     "keep one of the two blocks");
  }
  layout_.columns.push_back(column_);
  return {};
}

Result<void> LayoutReader::take_sheet(const toml::node& node) {
  static const std::vector<std::string> sheets = {"LCRA Perception", "LCHO Perception",
                                                  "Combined Perception", "Management Info"};
  const auto text = text_of(node);
  if (!text) return fail(text.error());
  if (std::find(sheets.begin(), sheets.end(), *text) == sheets.end()) {
    return malformed(node.source(), fmt::format("there is no sheet '{}'", *text),
                     text::nearest_hint(*text, sheets));
  }
  column_.sheet = *text;
  return {};
}

Result<void> LayoutReader::take_heading(const toml::node& node) {
  const auto text = text_of(node);
  if (!text) return fail(text.error());
  column_.heading = plain_heading(*text);
  return {};
}

Result<void> LayoutReader::take_means(const toml::node& node) {
  const auto text = text_of(node);
  if (!text) return fail(text.error());
  const auto meaning = parse_meaning(*text);
  if (!meaning) {
    return malformed(node.source(),
                     fmt::format("'{}' is nothing a column can mean", text::shortened(*text)),
                     kMeaningHint);
  }
  column_.means = *meaning;
  return {};
}

}  // namespace

Result<Layout> parse_layout(std::string_view text, const std::string& name) {
  const auto parsed = toml::parse(text);
  if (parsed) return LayoutReader(name).read(parsed.table());
  const auto& error = parsed.error();
  return fail(ErrorCode::kLayoutMalformed,
              fmt::format("{}:{}:{}: {}", name, static_cast<unsigned>(error.source().begin.line),
                          static_cast<unsigned>(error.source().begin.column), error.description()),
              "write it as TOML");
}

Layout merged(const Layout& shared, Layout edition) {
  for (const auto& [measure, words] : shared.words) {
    auto& all = edition.words[measure];
    all.insert(all.end(), words.begin(), words.end());
  }
  edition.not_loaded.insert(edition.not_loaded.end(), shared.not_loaded.begin(),
                            shared.not_loaded.end());
  edition.columns.insert(edition.columns.end(), shared.columns.begin(), shared.columns.end());
  return edition;
}

}  // namespace qd::capture::rsh
