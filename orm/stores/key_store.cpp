#include "orm/stores/key_store.hpp"

#include "orm/guarded.hpp"

namespace qd::orm {
namespace {

rows::MaybeNumber number(const std::optional<Instant>& at) {
  return at ? std::make_unique<std::int64_t>(milliseconds(*at)) : nullptr;
}
std::optional<Instant> instant(const rows::MaybeNumber& at) {
  return at ? std::optional(instant_of(*at)) : std::nullopt;
}

ApiKey key_of(const rows::ApiKeyRow& row) {
  return {row.prefix, row.hash, row.name, instant_of(row.created_at), instant(row.expires_at),
          instant(row.revoked_at), Scopes::parse(row.scopes),
          // A word of a newer program is no reason to show more.
          audience_named(row.audience).value_or(Audience::kPublic)};
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
    row.audience = std::string(name_of(key.audience));
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

}  // namespace qd::orm
