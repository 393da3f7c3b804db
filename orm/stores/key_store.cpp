#include "orm/stores/key_store.hpp"

#include "core/model/list_text.hpp"
#include "orm/guarded.hpp"

namespace qd::orm {
namespace {

rows::MaybeNumber number(const std::optional<Instant>& at) {
  return at ? std::make_unique<std::int64_t>(milliseconds(*at)) : nullptr;
}
std::optional<Instant> instant(const rows::MaybeNumber& at) {
  return at ? std::optional(instant_of(*at)) : std::nullopt;
}

rows::MaybeText text(const std::vector<std::string>& items) {
  return items.empty() ? nullptr : std::make_unique<std::string>(list_text(items));
}
// What confines a key and cannot be read confines it to nothing that there is.
std::vector<std::string> items(const rows::MaybeText& text) {
  if (!text) return {};
  auto found = list_of(*text);
  return found.empty() ? std::vector<std::string>{""} : found;
}

ApiKey key_of(const rows::ApiKeyRow& row) {
  ApiKey key;
  key.prefix = row.prefix;
  key.hash = row.hash;
  key.name = row.name;
  key.created_at = instant_of(row.created_at);
  key.expires_at = instant(row.expires_at);
  key.revoked_at = instant(row.revoked_at);
  key.scopes = Scopes::parse(row.scopes);
  // A word of a newer program is no reason to show more.
  key.viewer = {audience_named(row.audience).value_or(Audience::kPublic), items(row.areas),
                items(row.families)};
  key.addresses = items(row.addresses);
  key.last_used_at = instant(row.last_used_at);
  return key;
}

}  // namespace

Result<void> SqlKeyStore::add(const ApiKey& key) {
  return retried([&] {
    rows::ApiKeyRow row;
    row.prefix = key.prefix;
    row.hash = key.hash;
    row.name = key.name;
    row.created_at = milliseconds(key.created_at);
    row.expires_at = number(key.expires_at);
    row.revoked_at = number(key.revoked_at);
    row.scopes = key.scopes.text();
    row.audience = std::string(name_of(key.viewer.audience));
    row.areas = text(key.viewer.areas);
    row.families = text(key.viewer.families);
    row.addresses = text(key.addresses);
    row.last_used_at = number(key.last_used_at);
    gateway_.persist(row);
  });
}

Result<std::optional<ApiKey>> SqlKeyStore::find(const std::string& prefix) {
  return guarded([&]() -> std::optional<ApiKey> {
    const auto row = gateway_.find<rows::ApiKeyRow>(prefix);
    return row ? std::optional(key_of(*row)) : std::nullopt;
  });
}

Result<std::vector<ApiKey>> SqlKeyStore::list() {
  return guarded([&] {
    std::vector<ApiKey> keys;
    for (const auto& row : gateway_.keys()) keys.push_back(key_of(row));
    return keys;
  });
}

Result<bool> SqlKeyStore::revoke(const std::string& prefix, Instant now) {
  return retried([&] { return gateway_.revoke(prefix, milliseconds(now)); });
}

Result<void> SqlKeyStore::note_use(const std::string& prefix, Instant now) {
  return retried([&] { gateway_.note_use(prefix, milliseconds(now)); });
}

}  // namespace qd::orm
