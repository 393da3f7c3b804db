#include "orm/stores/key_store.hpp"

#include "core/model/list_text.hpp"
#include "orm/guarded.hpp"
#include "orm/sql/bulk_writer.hpp"

namespace qd::orm {
namespace {

std::optional<Instant> instant(const rows::MaybeNumber& at) {
  return at ? std::optional(instant_of(*at)) : std::nullopt;
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

void write(BulkWriter& writer, const std::optional<Instant>& at) {
  if (at)
    writer.number(milliseconds(*at));
  else
    writer.absent();
}
void write(BulkWriter& writer, const std::vector<std::string>& items) {
  if (items.empty())
    writer.absent();
  else
    writer.text(list_text(items));
}

void insert(SqlConnection& connection, const ApiKey& key) {
  BulkWriter writer(connection, "api_keys",
                    {"prefix", "hash", "name", "created_at", "expires_at", "revoked_at", "scopes",
                     "audience", "areas", "families", "addresses", "last_used_at"});
  writer.text(key.prefix);
  writer.text(key.hash);
  writer.text(key.name);
  writer.number(milliseconds(key.created_at));
  write(writer, key.expires_at);
  write(writer, key.revoked_at);
  writer.text(key.scopes.text());
  writer.text(name_of(key.viewer.audience));
  for (const auto* items : {&key.viewer.areas, &key.viewer.families, &key.addresses})
    write(writer, *items);
  write(writer, key.last_used_at);
  writer.end_row();
  writer.flush();
}

}  // namespace

Result<void> SqlKeyStore::add(const ApiKey& key) {
  return retried([&] {
    with_connection(pool_, [&](SqlConnection& connection) {
      SqlTransaction transaction(connection);
      insert(connection, key);
      trail_.write(connection,
                   {Act::kKeyCreated, subject_of_key(key.prefix), digest_of(key), key.created_at});
      transaction.commit();
    });
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

// A key that is revoked already keeps its time.
Result<bool> SqlKeyStore::revoke(const std::string& prefix, Instant now) {
  return retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      SqlTransaction transaction(connection);
      const bool is_known =
          connection.number("SELECT count(*) FROM api_keys WHERE prefix = ?", {prefix}) > 0;
      const auto revoked = connection.execute(
          "UPDATE api_keys SET revoked_at = ? WHERE prefix = ? AND revoked_at IS NULL",
          {milliseconds(now), prefix});
      if (revoked > 0)
        trail_.write(connection, {Act::kKeyRevoked, subject_of_key(prefix), "", now});
      transaction.commit();
      return is_known;
    });
  });
}

Result<void> SqlKeyStore::note_use(const std::string& prefix, Instant now) {
  return retried([&] { gateway_.note_use(prefix, milliseconds(now)); });
}

}  // namespace qd::orm
