#include "orm/stores/secret_store.hpp"

#include <optional>

#include "orm/guarded.hpp"

namespace qd::orm {

Result<std::string> SqlSecretStore::secret(const std::string& name, const std::string& candidate) {
  const auto known = [&] {
    return retried([&]() -> std::optional<std::string> {
      const auto row = gateway_.find<rows::ServerSecretRow>(name);
      if (!row) return std::nullopt;
      return std::string(row->secret.begin(), row->secret.end());
    });
  };
  if (auto found = known(); !found || *found)
    return found ? Result<std::string>(**found) : fail(found.error());
  const auto added = retried([&] {
    rows::ServerSecretRow row;
    row.name = name;
    row.secret.assign(candidate.begin(), candidate.end());
    gateway_.persist(row);
  });
  if (added) return candidate;
  if (added.error().code != ErrorCode::kStoreConflict) return fail(added.error());
  auto others = known();  // another server was first
  if (!others) return fail(others.error());
  return others->value_or("");
}

}  // namespace qd::orm
