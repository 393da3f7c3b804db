#include "core/ports/key_store.hpp"

#include "core/model/digest.hpp"
#include "core/model/sealed_text.hpp"

namespace qd {

std::string digest_of(const ApiKey& key) {
  SealedText text;
  for (const auto* part : {&key.prefix, &key.hash, &key.name}) text.add(*part);
  text.add(key.scopes.text());
  text.add(name_of(key.viewer.audience));
  for (const auto* list : {&key.viewer.areas, &key.viewer.families, &key.addresses}) {
    text.add(static_cast<std::int64_t>(list->size()));
    for (const auto& one : *list) text.add(one);
  }
  text.add(milliseconds(key.created_at));
  text.add(key.expires_at ? std::optional(milliseconds(*key.expires_at)) : std::nullopt);
  return sha256(text.text());
}

std::string subject_of_key(const std::string& prefix) { return "key " + prefix; }

}  // namespace qd
