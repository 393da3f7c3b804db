// What a key opens. To add a scope is to add its value and its line in scopes(); a route names it.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qd {

enum class Scope { kFigures, kRecords, kReturns, kOperate };

struct ScopeWords {
  Scope scope;
  std::string_view name;     // as typed, stored and shown
  std::string_view meaning;  // what it opens, for lists and help
};

// Every scope there is.
std::span<const ScopeWords> scopes();
std::string_view name_of(Scope scope);
std::optional<Scope> scope_named(std::string_view name);

// A set of scopes.
class Scopes {
 public:
  Scopes() = default;
  Scopes(std::initializer_list<Scope> scopes);

  // What a key opens unless its maker says otherwise: everything but people's own rows.
  static Scopes usual();
  // Of text(). Names that this program does not know open nothing.
  static Scopes parse(std::string_view text);

  void add(Scope scope);
  bool has(Scope scope) const;
  bool empty() const { return bits_ == 0; }
  std::vector<std::string> names() const;  // in the order of scopes()
  std::string text() const;                // "figures;records"

  bool operator==(const Scopes&) const = default;

 private:
  unsigned bits_ = 0;
};

}  // namespace qd
