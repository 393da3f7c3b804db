#include "core/returns/plan/plan_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/nearest.hpp"

namespace qd::returns::plan {
namespace {

std::vector<std::string> keys_of(const std::string& table) {
  std::vector<std::string> names;
  for (const PlanKey& key : plan_keys())
    if (key.table == table) names.emplace_back(key.name);
  return names;
}

}  // namespace

std::string Findings::where(const toml::source_region& source) const {
  return fmt::format("{}:{}:{}", file_, static_cast<unsigned>(source.begin.line),
                     static_cast<unsigned>(source.begin.column));
}

void Findings::refuse(const std::string& where, const std::string& why, std::string hint) {
  if (refusal_) return;
  refusal_ =
      Error{ErrorCode::kReturnPlanMalformed, fmt::format("{}: {}", where, why), std::move(hint)};
}

PlanTable::PlanTable(const toml::table& table, std::string name, Findings& findings)
    : table_(table), name_(std::move(name)), findings_(findings) {
  const auto known = keys_of(name_);
  for (const auto& [key, value] : table_) {
    const std::string word(key.str());
    if (std::find(known.begin(), known.end(), word) != known.end()) continue;
    findings_.refuse(findings_.where(key.source()),
                     fmt::format("'{}' is no key of {}", word, shown()),
                     text::nearest_hint(word, known));
  }
}

std::string PlanTable::shown() const {
  return name_.empty() ? "a plan" : fmt::format("[{}]", name_);
}

std::string PlanTable::text(const char* key, std::string missing) {
  const toml::node* found = node(key);
  if (!found) return missing;
  if (const auto value = found->value_exact<std::string>()) return *value;
  refuse(*found, fmt::format("'{}' is not a text", key), "put it in quotes");
  return missing;
}

std::string PlanTable::needed(const char* key) {
  std::string found = text(key);
  if (!found.empty()) return found;
  refuse(node(key) ? *node(key) : static_cast<const toml::node&>(table_),
         fmt::format("{} has no '{}'", shown(), key));
  return found;
}

std::optional<std::vector<std::string>> PlanTable::texts(const char* key) {
  const toml::node* found = node(key);
  if (!found) return std::nullopt;
  std::vector<std::string> all;
  const toml::array* array = found->as_array();
  if (!array) refuse(*found, fmt::format("'{}' is not a list of texts", key), "write [\"…\"]");
  if (!array) return all;
  for (const toml::node& one : *array) {
    const auto value = one.value_exact<std::string>();
    if (!value) refuse(one, fmt::format("'{}' holds what is not a text", key), "put it in quotes");
    all.push_back(value.value_or(""));
  }
  return all;
}

std::vector<std::string> PlanTable::names(const char* key, Mention::Kind kind, Plan& plan) {
  auto found = texts(key).value_or(std::vector<std::string>{});
  for (std::size_t i = 0; i < found.size(); ++i) {
    const toml::array* array = node(key)->as_array();
    plan.mentions.push_back({kind, found[i], findings_.where(*array->get(i))});
  }
  return found;
}

bool PlanTable::yes(const char* key) {
  const toml::node* found = node(key);
  if (!found) return false;
  const auto value = found->value_exact<bool>();
  if (!value) refuse(*found, fmt::format("'{}' is neither true nor false", key));
  return value.value_or(false);
}

std::size_t PlanTable::word(const char* key, const std::vector<std::string>& words) {
  const std::string found = text(key);
  const auto at = std::find(words.begin(), words.end(), found);
  if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
  if (node(key))
    refuse(*node(key), fmt::format("'{}' is no {} of {}", found, key, shown()),
           text::nearest_hint(found, words));
  return 0;
}

std::vector<PlanTable> PlanTable::tables(const char* key) {
  std::vector<PlanTable> all;
  const toml::node* found = node(key);
  if (!found) return all;
  const toml::array* array = found->as_array();
  if (!array || !array->is_homogeneous(toml::node_type::table)) {
    refuse(*found, fmt::format("'{}' is not a list of tables", key),
           fmt::format("write [[{}]]", inner(key)));
    return all;
  }
  for (const toml::node& one : *array) all.emplace_back(*one.as_table(), inner(key), findings_);
  return all;
}

std::optional<PlanTable> PlanTable::table(const char* key) {
  const toml::node* found = node(key);
  if (!found) return std::nullopt;
  if (found->is_table()) return PlanTable(*found->as_table(), inner(key), findings_);
  refuse(*found, fmt::format("'{}' is not a table", key), fmt::format("write [{}]", inner(key)));
  return std::nullopt;
}

void PlanTable::check_texts(const char* key, const std::vector<std::string>& known,
                            const char* what) {
  const auto found = texts(key).value_or(std::vector<std::string>{});
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (std::find(known.begin(), known.end(), found[i]) != known.end()) continue;
    refuse(*node(key)->as_array()->get(i), fmt::format("'{}' is no {}", found[i], what),
           text::nearest_hint(found[i], known));
  }
}

}  // namespace qd::returns::plan
