// A table of a TOML file that is asked key by key and remembers what it was asked for, so that a
// key nobody asks for is refused. Of everything that is wrong, what stands first in the file is
// told. Names no type of toml++ to whoever does not include that itself.
#pragma once

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/error.hpp"
#include "core/model/number.hpp"

namespace qd::declarations {

// What is wrong, with its place.
class Complaints {
 public:
  explicit Complaints(std::string file) : file_(std::move(file)) {}

  void add(const toml::source_region& place, const std::string& what, std::string hint = {});
  // The one that stands first; nullopt: nothing is wrong.
  const std::optional<Error>& first() const { return first_; }
  int count() const { return count_; }
  std::string place_text(const toml::source_region& place) const;

 private:
  std::string file_;
  toml::source_position at_{};
  std::optional<Error> first_;
  int count_ = 0;
};

class Section {
 public:
  // `name` is what it is called in a complaint: "indicator TP01", "column area".
  Section(const toml::table& table, std::string name, Complaints& complaints)
      : table_(table), name_(std::move(name)), complaints_(complaints) {}

  const std::string& name() const { return name_; }
  void rename(std::string name) { name_ = std::move(name); }
  bool has(const char* key) const { return table_.contains(key); }
  toml::source_region place(const char* key) const;

  // Each leaves the value as it is when the key is absent; false then. A value of another type is
  // a complaint.
  bool read(const char* key, std::string& value);
  bool read(const char* key, std::int64_t& value);
  bool read(const char* key, int& value);
  bool read(const char* key, bool& value);
  bool read(const char* key, Date& value);
  bool read(const char* key, Number& value);
  bool read(const char* key, std::vector<std::string>& value);
  template <class Value>
  bool read(const char* key, std::optional<Value>& value) {
    Value found{};
    if (!read(key, found)) return false;
    value = std::move(found);
    return true;
  }
  // A text that is said in one line, not empty. Its absence is a complaint when it is needed.
  std::string said(const char* key, bool needed = true);
  // The tables of an array; what is not one is a complaint.
  std::vector<const toml::table*> tables(const char* key);
  const toml::table* table(const char* key);

  // `key` is where it is wrong; "": the section as a whole.
  void complain(const char* key, const std::string& what, std::string hint = {});
  // After everything was asked for.
  void refuse_other_keys();

 private:
  const toml::node* find(const char* key);
  bool wrong_type(const char* key, const char* wanted);

  const toml::table& table_;
  std::string name_;
  Complaints& complaints_;
  std::vector<std::string> known_;
};

}  // namespace qd::declarations
