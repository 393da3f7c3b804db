#include "orm/stores/catalogue.hpp"

#include <map>
#include <utility>

#include "orm/guarded.hpp"
#include "orm/stores/definition_rows.hpp"
#include "orm/stores/fact_rows.hpp"

namespace qd::orm {
namespace {

// An instant as the gateway takes one, which may be none.
class MaybeMilliseconds {
 public:
  explicit MaybeMilliseconds(std::optional<Instant> instant)
      : milliseconds_(instant ? std::optional(milliseconds(*instant)) : std::nullopt) {}
  const std::int64_t* get() const { return milliseconds_ ? &*milliseconds_ : nullptr; }

 private:
  std::optional<std::int64_t> milliseconds_;
};

}  // namespace

// What people captured goes before what families declare, and of several wordings of one version
// the one written down last holds.
Result<std::vector<Definition>> SqlCatalogue::definitions(std::optional<Instant> as_of) {
  return guarded([&] {
    std::map<std::pair<std::string, int>, Definition> known;
    const auto add = [&](Definition definition) {
      known[{definition.code, definition.version}] = std::move(definition);
    };
    with_connection(pool_, [&](SqlConnection& connection) {
      // One that is captured is a copy of what people wrote, and perhaps of what they did later.
      for (auto& row : stored_definitions(connection))
        if (!as_of || !row.definition.captured) add(std::move(row.definition));
      for (auto& definition : captured_definitions(connection, as_of)) add(std::move(definition));
    });
    std::vector<Definition> definitions;
    definitions.reserve(known.size());
    for (auto& [key, definition] : known) definitions.push_back(std::move(definition));
    return definitions;
  });
}

Result<std::vector<DefinitionLink>> SqlCatalogue::links(std::optional<Instant> as_of) {
  return guarded([&] {
    std::vector<DefinitionLink> links;
    const MaybeMilliseconds instant(as_of);
    for (const auto& row : gateway_.links(instant.get())) links.push_back(link_of(row));
    return links;
  });
}

Result<std::vector<Area>> SqlCatalogue::areas(std::optional<Instant> as_of) {
  return guarded([&] {
    std::vector<Area> areas;
    const MaybeMilliseconds instant(as_of);
    for (const auto& row : gateway_.areas(instant.get())) areas.push_back(area_of(row));
    return areas;
  });
}

}  // namespace qd::orm
