// One table of a plan's file, read key by key. The first thing that is wrong is remembered, with
// its place. Only for the sources of core/returns/plan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "core/model/error.hpp"
#include "core/returns/plan/plan.hpp"

namespace qd::returns::plan {

class Findings {
 public:
  explicit Findings(std::string file) : file_(std::move(file)) {}
  std::string where(const toml::node& node) const { return where(node.source()); }
  std::string where(const toml::source_region& source) const;
  void refuse(const std::string& where, const std::string& why, std::string hint = {});
  const std::optional<Error>& refusal() const { return refusal_; }

 private:
  std::string file_;
  std::optional<Error> refusal_;
};

class PlanTable {
 public:
  // name as in plan_keys(); keys that are not there are refused.
  PlanTable(const toml::table& table, std::string name, Findings& findings);

  std::string text(const char* key, std::string missing = {});
  std::string needed(const char* key);  // a text that must be there and not empty
  std::optional<std::vector<std::string>> texts(const char* key);
  std::vector<std::string> names(const char* key, Mention::Kind kind, Plan& plan);
  bool yes(const char* key);
  // The place of the text among the words; 0 when it is not there.
  std::size_t word(const char* key, const std::vector<std::string>& words);
  std::vector<PlanTable> tables(const char* key);  // [[key]]
  std::optional<PlanTable> table(const char* key);
  // Each of a list of texts must be one of the known ones.
  void check_texts(const char* key, const std::vector<std::string>& known, const char* what);

  const toml::node* node(const char* key) const { return table_.get(key); }
  const toml::table& raw() const { return table_; }
  void refuse(const toml::node& at, const std::string& why, std::string hint = {}) {
    findings_.refuse(findings_.where(at), why, std::move(hint));
  }

 private:
  std::string inner(const char* key) const { return name_.empty() ? key : name_ + "." + key; }
  std::string shown() const;

  const toml::table& table_;
  std::string name_;
  Findings& findings_;
};

}  // namespace qd::returns::plan
