// Indicators: one block is one version of one definition.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/declarations/parts.hpp"
#include "core/model/definition_rules.hpp"
#include "core/model/period.hpp"
#include "core/text/nearest.hpp"
#include "core/text/text_rules.hpp"

namespace qd::declarations {
namespace {

bool is_code(std::string_view code) {
  const auto is_visible = [](char c) { return c > ' ' && c < '\x7F'; };
  return !code.empty() && code.size() <= 60 && std::all_of(code.begin(), code.end(), is_visible);
}

template <class Word>
void read_word(Section& section, const char* key, Word& value,
               std::optional<Word> (*parse)(std::string_view),
               const std::vector<std::string>& known) {
  std::string word;
  if (!section.read(key, word)) return;
  const auto parsed = parse(word);
  if (!parsed)
    section.complain(key, fmt::format("no such {}: '{}'", key, text::plain_text(word, 60)),
                     text::nearest_hint(word, known));
  else
    value = *parsed;
}

// Parameters are kept as key=text;key=text.
void read_parameters(Section& section, const char* key, std::vector<Parameter>& value) {
  const toml::table* table = section.table(key);
  if (!table) return;
  value.clear();
  for (const auto& [name, node] : *table) {
    const auto text = node.value_exact<std::string>();
    const std::string parameter(name.str());
    if (!text::is_name(parameter))
      section.complain(
          key, fmt::format("'{}' is not a name of a parameter", text::plain_text(parameter, 60)));
    else if (!text || !text::is_plain_text(*text) || text->find(';') != std::string::npos)
      section.complain(key, fmt::format("parameter {} is not a text without ';'", parameter));
    else
      value.push_back({parameter, *text});
  }
}

// A field by its type. The family is the one that declares it, and no place owns it.
class FieldReader {
 public:
  explicit FieldReader(Section& section) : section_(section) {}

  template <class Value>
  void operator()(const DefinitionField& field, Value& value) {
    const std::string_view name = field.name;
    if (name == "code" || name == "version" || name == "family" || name == "area") return;
    read(field.name, value);
  }

 private:
  template <class Value>
  void read(const char* key, Value& value) {
    section_.read(key, value);
  }
  void read(const char* key, Polarity& value) {
    read_word(section_, key, value, parse_polarity, polarity_texts());
  }
  void read(const char* key, Aggregation& value) {
    read_word(section_, key, value, parse_aggregation, aggregation_texts());
  }
  void read(const char* key, Interval& value) {
    read_word(section_, key, value, parse_interval, interval_texts());
  }
  void read(const char* key, Counted& value) {
    read_word(section_, key, value, parse_counted, counted_texts());
  }
  void read(const char* key, std::vector<Parameter>& value) {
    read_parameters(section_, key, value);
  }

  Section& section_;
};

void check_words(Section& section, const Definition& definition) {
  if (definition.title.empty()) section.complain("title", "no title");
  if (definition.numerator.empty()) section.complain("numerator", "no numerator in words");
  if (definition.unit.empty()) section.complain("unit", "no unit");
  if (definition.source.empty()) section.complain("source", "no source, the rule that defines it");
}

bool begins_quarter(Date date) { return Period::quarter_of(date).from() == date; }

void check_beginning(Section& section, const Definition& definition) {
  if (section.has("effective_from") && !begins_quarter(definition.effective_from))
    section.complain("effective_from", "a definition begins with a quarter");
}

void check_breakdowns(Section& section, const Definition& definition, const Family& family) {
  std::vector<std::string> known;
  for (const auto& breakdown : family.breakdowns) known.push_back(breakdown.key);
  for (const auto& key : definition.breakdowns)
    if (std::find(known.begin(), known.end(), key) == known.end())
      section.complain(
          "breakdowns", fmt::format("breakdown '{}' is not declared", key),
          known.empty() ? "declare it under [[breakdown]]" : text::nearest_hint(key, known));
}

// The newest version of each code that stands before a block.
using Newest = std::map<std::string, std::size_t>;

class IndicatorReader {
 public:
  IndicatorReader(Family& family, Complaints& complaints)
      : family_(family), complaints_(complaints) {}

  void read(const toml::table& one) {
    Section section(one, "", complaints_);
    const int complaints_before = complaints_.count();
    const auto code = section.said("code");
    if (!code.empty() && !is_code(code))
      section.complain("code",
                       fmt::format("'{}' is not an indicator code", text::plain_text(code, 60)));
    section.rename(fmt::format("indicator {}", text::plain_text(code, 60)));
    const auto before = newest_.find(code);
    Definition definition = before == newest_.end()
                                ? first(section)
                                : next(section, family_.indicators[before->second]);
    // What it takes over says so only where it is not what goes without saying.
    const bool usual = definition.part_of_whole == is_share(definition);
    definition.code = code;
    definition.family = family_.id;
    for_each_field(definition, FieldReader(section));
    if (usual && !section.has("part_of_whole")) definition.part_of_whole = is_share(definition);
    // What does not fit together is told once every part is what it should be.
    if (complaints_.count() == complaints_before) check(section, definition);
    section.refuse_other_keys();
    if (before != newest_.end())
      end_before(section, family_.indicators[before->second], definition);
    newest_[code] = family_.indicators.size();
    family_.indicators.push_back(std::move(definition));
  }

 private:
  // The first version of a code, perhaps like another one.
  Definition first(Section& section) {
    Definition definition;
    std::string like;
    if (section.read("like", like)) definition = found(section, like);
    definition.version = 1;
    definition.effective_from = make_date(1, 1, 1);  // always
    definition.effective_until.reset();
    definition.comparable_with_previous = true;
    section.read("version", definition.version);
    if (definition.version < 1 || definition.version > kLastVersion)
      section.complain("version", "versions count from 1 to 9999");
    return definition;
  }

  Definition found(Section& section, const std::string& like) {
    const auto known = newest_.find(like);
    if (known != newest_.end()) return family_.indicators[known->second];
    std::vector<std::string> codes;
    for (const auto& entry : newest_) codes.push_back(entry.first);
    section.complain("like", fmt::format("no indicator {} stands before it", like),
                     text::nearest_hint(like, codes));
    return {};
  }

  // What a later version does not say is as it was.
  Definition next(Section& section, const Definition& before) {
    Definition definition = before;
    section.read("version", definition.version);
    if (section.has("like"))
      section.complain("like", "a later version is like the one before it; leave like out");
    if (definition.version == before.version)
      section.complain("version", fmt::format("version {} is there twice", before.version),
                       fmt::format("give it version = {}", before.version + 1));
    else if (definition.version != before.version + 1)
      section.complain("version", fmt::format("after version {} comes version {}", before.version,
                                              before.version + 1));
    if (!section.has("effective_from"))
      section.complain("", "a later version says from when it holds: effective_from");
    definition.effective_until.reset();
    definition.comparable_with_previous = true;
    std::string unused;
    section.read("like", unused);
    return definition;
  }

  void check(Section& section, const Definition& definition) {
    check_words(section, definition);
    for (const auto& fault : faults_of(definition)) section.complain(fault.field, fault.what);
    check_beginning(section, definition);
    check_breakdowns(section, definition, family_);
  }

  // One version holds at a time: where the earlier one does not say, it ends as the next begins.
  static void end_before(Section& section, Definition& before, const Definition& after) {
    if (after.effective_from <= before.effective_from)
      section.complain("effective_from",
                       fmt::format("it begins on {}, not after version {}, which begins on {}",
                                   to_text(after.effective_from), before.version,
                                   to_text(before.effective_from)));
    else if (before.effective_until && *before.effective_until > after.effective_from)
      section.complain("effective_from",
                       fmt::format("it begins on {}, while version {} holds until {}",
                                   to_text(after.effective_from), before.version,
                                   to_text(*before.effective_until)));
    if (!before.effective_until) before.effective_until = after.effective_from;
  }

  Family& family_;
  Complaints& complaints_;
  Newest newest_;
};

}  // namespace

void read_indicators(Section& declaration, Family& family, Complaints& complaints) {
  const auto indicators = declaration.tables("indicator");
  if (indicators.size() > kMostIndicators)
    declaration.complain("indicator",
                         fmt::format("it declares {} indicators, at most {} are possible",
                                     indicators.size(), kMostIndicators));
  IndicatorReader reader(family, complaints);
  for (const auto* one : indicators) reader.read(*one);
}

}  // namespace qd::declarations
