#include "orm/database.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "orm/guarded.hpp"
#include "orm/mapping/gateway.hpp"
#include "orm/sql/pool.hpp"
#include "orm/stores/audit_log.hpp"
#include "orm/stores/catalogue.hpp"
#include "orm/stores/delivery_store.hpp"
#include "orm/stores/family_register.hpp"
#include "orm/stores/figure_store.hpp"
#include "orm/stores/key_store.hpp"
#include "orm/stores/member_register.hpp"
#include "orm/stores/observation_store.hpp"
#include "orm/stores/reading_log.hpp"
#include "orm/stores/return_store.hpp"
#include "orm/stores/run_store.hpp"
#include "orm/stores/schedule_store.hpp"
#include "orm/stores/secret_store.hpp"
#include "orm/url.hpp"

namespace qd::orm {
namespace {

class OpenDatabase final : public Database {
 public:
  OpenDatabase(std::unique_ptr<Gateway> gateway, const Target& target, const std::string& who)
      : gateway_(std::move(gateway)), pool_(target), trail_(who) {}

  ObservationStore& observations() override { return observations_; }
  RunStore& runs() override { return runs_; }
  FigureStore& figures() override { return figures_; }
  Catalogue& catalogue() override { return catalogue_; }
  FamilyRegister& families() override { return families_; }
  ScheduleStore& schedules() override { return schedules_; }
  ReturnStore& returns() override { return returns_; }
  DeliveryStore& deliveries() override { return deliveries_; }
  KeyStore& keys() override { return keys_; }
  ReadingLog& readings() override { return readings_; }
  SecretStore& secrets() override { return secrets_; }
  MemberRegister& members() override { return members_; }
  AuditLog& audit() override { return audit_; }

  Result<void> ping() override {
    return guarded([&] { gateway_->ping(); });
  }

 private:
  std::unique_ptr<Gateway> gateway_;
  Pool pool_;
  AuditTrail trail_;
  SqlObservationStore observations_{*gateway_, pool_, trail_};
  SqlRunStore runs_{*gateway_, pool_, trail_};
  SqlFigureStore figures_{pool_};
  SqlCatalogue catalogue_{*gateway_, pool_};
  SqlFamilyRegister families_{pool_, trail_};
  SqlScheduleStore schedules_{*gateway_};
  SqlReturnStore returns_{*gateway_, pool_, trail_};
  SqlDeliveryStore deliveries_{*gateway_, pool_};
  SqlKeyStore keys_{*gateway_, pool_, trail_};
  SqlReadingLog readings_{*gateway_};
  SqlSecretStore secrets_{*gateway_};
  SqlMemberRegister members_{pool_, secrets_};
  SqlAuditLog audit_{pool_, trail_};
};

// Where it is, without what a URL may hold besides: a password.
std::string place(const Target& target) {
  if (target.engine != DatabaseKind::kSqlite)
    return fmt::format("{} at {}", target.name, target.host);
  std::error_code ignored;  // without a working directory it stays relative
  const auto whole = std::filesystem::absolute(target.path, ignored);
  return ignored ? target.path : whole.lexically_normal().string();
}

// Which database it is, in an error of an engine that only says what is wrong with it.
template <class T>
Result<T> placed(Result<T> result, const Target& target) {
  if (result || result.error().code != ErrorCode::kStoreUnavailable) return result;
  Error error = result.error();
  error.message = fmt::format("database {}: {}", place(target), error.message);
  if (error.hint != kSeeThatItRuns) return fail(std::move(error));
  if (target.engine == DatabaseKind::kSqlite)
    error.hint =
        "look at its folder, and whether it may be written to; sqlite:/// and a relative path, "
        "sqlite://// and an absolute one";
  else if (target.tls && error.message.find("TLS/SSL") != std::string::npos)
    error.hint =
        "what is sent to it is encrypted: name who signed its certificate with "
        "?tls=required&ca=FILE, or write ?tls=off where nobody else is on the way";
  return fail(std::move(error));
}

// Where it cannot be read, the client's library only says that it believes nobody.
Result<Target> parse_target(const std::string& url) {
  auto target = parse_database_url(url);
  if (!target || !target->tls || std::ifstream(target->authorities).good()) return target;
  return fail(ErrorCode::kStoreUnavailable,
              fmt::format("database {}: the authorities in {} cannot be read", place(*target),
                          target->authorities),
              "name a file of certificates with ?tls=required&ca=FILE");
}

Error newer(const Target& target, const SchemaVersions& versions) {
  return {ErrorCode::kStoreNewer,
          fmt::format("database {} has version {}, this program knows {}", place(target),
                      versions.database, versions.program),
          "use the newer program"};
}

Error older(const Target& target, const SchemaVersions& versions) {
  return {ErrorCode::kStoreOlder,
          versions.database == 0 ? fmt::format("database {} is empty or missing", place(target))
                                 : fmt::format("database {} has version {}, this program needs {}",
                                               place(target), versions.database, versions.program),
          "run: quarterday migrate"};
}

bool is_missing_file(const Target& target) {
  std::error_code ignored;  // unreadable folders show when it is opened
  return target.engine == DatabaseKind::kSqlite && !std::filesystem::exists(target.path, ignored);
}

}  // namespace

Result<std::unique_ptr<Database>> open_database(const std::string& url, const std::string& who) {
  const auto target = parse_target(url);
  if (!target) return fail(target.error());
  if (is_missing_file(*target)) return fail(older(*target, {}));
  return placed<std::unique_ptr<Database>>(retried([&]() -> Result<std::unique_ptr<Database>> {
                                             auto gateway = std::make_unique<Gateway>(*target);
                                             const auto versions = gateway->versions();
                                             if (versions.database > versions.program)
                                               return fail(newer(*target, versions));
                                             if (versions.database < versions.program)
                                               return fail(older(*target, versions));
                                             return std::make_unique<OpenDatabase>(
                                                 std::move(gateway), *target, who);
                                           }),
                                           *target);
}

Result<MigrationReport> migrate_database(const std::string& url) {
  const auto target = parse_target(url);
  if (!target) return fail(target.error());
  return placed<MigrationReport>(
      retried([&]() -> Result<MigrationReport> {
        Gateway gateway(*target, Gateway::Missing::kCreate);
        const auto before = gateway.migrate();
        if (before.database > before.program) return fail(newer(*target, before));
        return MigrationReport{static_cast<int>(before.database), static_cast<int>(before.program)};
      }),
      *target);
}

std::optional<std::filesystem::path> unmade_embedded_file(const std::string& url) {
  const auto target = parse_database_url(url);
  if (!target || target->engine != DatabaseKind::kSqlite) return std::nullopt;
  std::error_code missing;
  const auto size = std::filesystem::file_size(target->path, missing);
  if (!missing && size > 0) return std::nullopt;
  return place(*target);
}

}  // namespace qd::orm
