#include "core/declarations/section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/text/nearest.hpp"
#include "core/text/text_rules.hpp"

namespace qd::declarations {

std::string Complaints::place_text(const toml::source_region& place) const {
  if (!place.begin) return file_;
  return fmt::format("{}:{}:{}", file_, static_cast<unsigned>(place.begin.line),
                     static_cast<unsigned>(place.begin.column));
}

void Complaints::add(const toml::source_region& place, const std::string& what, std::string hint) {
  const auto before = [](const toml::source_position& a, const toml::source_position& b) {
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  };
  ++count_;
  if (first_ && !before(place.begin, at_)) return;
  at_ = place.begin;
  first_ = Error{ErrorCode::kFamilyRefused, fmt::format("{}: {}", place_text(place), what),
                 std::move(hint)};
}

toml::source_region Section::place(const char* key) const {
  const toml::node* node = table_.get(key);
  return node ? node->source() : table_.source();
}

const toml::node* Section::find(const char* key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  return table_.get(key);
}

void Section::complain(const char* key, const std::string& what, std::string hint) {
  complaints_.add(place(key), name_.empty() ? what : fmt::format("{}: {}", name_, what),
                  std::move(hint));
}

bool Section::wrong_type(const char* key, const char* wanted) {
  complain(key, fmt::format("{} is not {}", key, wanted));
  return false;
}

bool Section::read(const char* key, std::string& value) {
  const toml::node* node = find(key);
  if (!node) return false;
  const auto text = node->value_exact<std::string>();
  if (!text) return wrong_type(key, "a text in quotes");
  if (text->size() > text::kLongestText || !text::is_plain_text(*text))
    return wrong_type(
        key, fmt::format("a text of one line and at most {} bytes", text::kLongestText).c_str());
  value = *text;
  return true;
}

bool Section::read(const char* key, std::int64_t& value) {
  const toml::node* node = find(key);
  if (!node) return false;
  const auto number = node->value_exact<std::int64_t>();
  if (!number) return wrong_type(key, "a whole number");
  value = *number;
  return true;
}

bool Section::read(const char* key, int& value) {
  std::int64_t wide = 0;
  if (!read(key, wide)) return false;
  using Limits = std::numeric_limits<int>;
  if (wide < Limits::min() || wide > Limits::max()) return wrong_type(key, "a number that small");
  value = static_cast<int>(wide);
  return true;
}

bool Section::read(const char* key, bool& value) {
  const toml::node* node = find(key);
  if (!node) return false;
  const auto yes = node->value_exact<bool>();
  if (!yes) return wrong_type(key, "true or false");
  value = *yes;
  return true;
}

bool Section::read(const char* key, Date& value) {
  const toml::node* node = find(key);
  if (!node) return false;
  const auto date = node->value_exact<toml::date>();
  if (!date) return wrong_type(key, "a date like 2026-04-01, without quotes");
  value = make_date(date->year, date->month, date->day);
  return true;
}

// A decimal is written as it is meant: the shortest text that gives the same floating point number.
bool Section::read(const char* key, Number& value) {
  const toml::node* node = find(key);
  if (!node) return false;
  const auto whole = node->value_exact<std::int64_t>();
  const auto decimal = node->value_exact<double>();
  const auto number = whole     ? Number::parse(std::to_string(*whole))
                      : decimal ? Number::parse(fmt::format("{}", *decimal))
                                : std::nullopt;
  if (!number) return wrong_type(key, "a plain number with at most six decimals");
  value = *number;
  return true;
}

bool Section::read(const char* key, std::vector<std::string>& value) {
  const toml::node* node = find(key);
  if (!node) return false;
  const auto* array = node->as_array();
  if (!array) return wrong_type(key, "a list of texts");
  std::vector<std::string> texts;
  for (const auto& element : *array) {
    const auto text = element.value_exact<std::string>();
    if (!text || text->empty() || !text::is_plain_text(*text))
      return wrong_type(key, "a list of texts");
    texts.push_back(*text);
  }
  value = std::move(texts);
  return true;
}

std::string Section::said(const char* key, bool needed) {
  std::string text;
  const bool there = has(key);
  read(key, text);
  if (needed && !there) complain("", fmt::format("no {}", key));
  if (there && needed && text.empty()) complain(key, fmt::format("no {}", key));
  return text;
}

std::vector<const toml::table*> Section::tables(const char* key) {
  std::vector<const toml::table*> tables;
  const toml::node* node = find(key);
  if (!node) return tables;
  const auto* array = node->as_array();
  if (!array) wrong_type(key, fmt::format("a list of tables: write [[{}]]", key).c_str());
  if (!array) return tables;
  for (const auto& element : *array) {
    if (const auto* table = element.as_table())
      tables.push_back(table);
    else
      wrong_type(key, fmt::format("a list of tables: write [[{}]]", key).c_str());
  }
  return tables;
}

const toml::table* Section::table(const char* key) {
  const toml::node* node = find(key);
  if (!node) return nullptr;
  if (!node->is_table()) wrong_type(key, "a table: write { key = \"text\" }");
  return node->as_table();
}

void Section::refuse_other_keys() {
  for (const auto& [key, node] : table_) {
    const std::string name(key.str());
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    complain(name.c_str(), fmt::format("'{}' is not a key", text::plain_text(name, 60)),
             text::nearest_hint(name, known_));
  }
}

}  // namespace qd::declarations
