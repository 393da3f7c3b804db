#include "core/model/scope.hpp"

#include <algorithm>
#include <iterator>

#include "core/model/list_text.hpp"

namespace qd {
namespace {

constexpr ScopeWords kScopes[] = {
    {Scope::kFigures, "figures", "figures, what they are of, and the rules and counts behind them"},
    {Scope::kRecords, "records", "the rows behind figures, some of which are of one person"},
    {Scope::kReturns, "returns", "the returns that were built, and their workbooks"},
    {Scope::kOperate, "operate", "what the server does and when: jobs"},
};

unsigned bit_of(Scope scope) { return 1U << static_cast<unsigned>(scope); }

}  // namespace

std::span<const ScopeWords> scopes() { return kScopes; }

std::string_view name_of(Scope scope) {
  return std::find_if(std::begin(kScopes), std::end(kScopes),
                      [&](const ScopeWords& words) { return words.scope == scope; })
      ->name;
}

std::optional<Scope> scope_named(std::string_view name) {
  for (const auto& words : kScopes)
    if (words.name == name) return words.scope;
  return std::nullopt;
}

Scopes::Scopes(std::initializer_list<Scope> scopes) {
  for (const Scope scope : scopes) add(scope);
}

Scopes Scopes::usual() { return {Scope::kFigures, Scope::kReturns, Scope::kOperate}; }

Scopes Scopes::parse(std::string_view text) {
  Scopes found;
  for (const auto& name : list_of(text))
    if (const auto scope = scope_named(name)) found.add(*scope);
  return found;
}

void Scopes::add(Scope scope) { bits_ |= bit_of(scope); }

bool Scopes::has(Scope scope) const { return (bits_ & bit_of(scope)) != 0; }

std::vector<std::string> Scopes::names() const {
  std::vector<std::string> names;
  for (const auto& words : kScopes)
    if (has(words.scope)) names.emplace_back(words.name);
  return names;
}

std::string Scopes::text() const { return list_text(names()); }

}  // namespace qd
