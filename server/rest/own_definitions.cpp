#include "server/rest/own_definitions.hpp"

#include <set>
#include <string>

namespace qd::rest {

Result<OwnDefinitions> own_definitions(ApiState& state, const Call& call) {
  auto definitions = state.parts.database.catalogue().definitions();
  if (!definitions) return fail(definitions.error());
  auto links = state.parts.database.catalogue().links();
  if (!links) return fail(links.error());
  const auto portion = state.parts.figures.portion(call.viewer());
  if (!portion) return fail(portion.error());
  OwnDefinitions own{std::move(*definitions), std::move(*links)};
  std::set<std::string> others;
  for (const auto& definition : own.definitions)
    if (!(*portion)->has(definition)) others.insert(definition.code);
  std::erase_if(own.definitions, [&](const Definition& one) { return !(*portion)->has(one); });
  // Of a code that has a version of one's own the other versions are no secret.
  for (const auto& definition : own.definitions) others.erase(definition.code);
  std::erase_if(own.links, [&](const DefinitionLink& link) {
    return others.contains(link.code) || others.contains(link.linked);
  });
  return own;
}

}  // namespace qd::rest
