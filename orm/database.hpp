// The door to a database: everything above sees stores, never SQL, never ODB.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/model/error.hpp"
#include "core/ports/audit_log.hpp"
#include "core/ports/catalogue.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/delivery_store.hpp"
#include "core/ports/family_register.hpp"
#include "core/ports/figure_query.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/member_register.hpp"
#include "core/ports/observation_store.hpp"
#include "core/ports/reading_log.hpp"
#include "core/ports/return_store.hpp"
#include "core/ports/run_store.hpp"
#include "core/ports/schedule_store.hpp"
#include "core/ports/secret_store.hpp"

namespace qd::orm {

struct MigrationReport {
  int from_version;  // 0: the database was empty
  int to_version;
};

class Database {
 public:
  virtual ~Database() = default;

  virtual ObservationStore& observations() = 0;
  virtual RunStore& runs() = 0;
  virtual FigureStore& figures() = 0;
  virtual Catalogue& catalogue() = 0;
  virtual FamilyRegister& families() = 0;
  virtual ScheduleStore& schedules() = 0;
  virtual ReturnStore& returns() = 0;
  virtual DeliveryStore& deliveries() = 0;
  virtual KeyStore& keys() = 0;
  virtual ReadingLog& readings() = 0;
  virtual SecretStore& secrets() = 0;
  virtual MemberRegister& members() = 0;
  virtual AuditLog& audit() = 0;

  // Answers a trivial query. Errors: kStoreUnavailable.
  virtual Result<void> ping() = 0;
};

// What this process asked of databases, since it began.
struct StoreCalls {
  std::uint64_t made = 0;      // a transaction, or one reading
  std::uint64_t repeated = 0;  // of these, done again because others were writing
  std::uint64_t failed = 0;    // of these, told as kStoreUnavailable
};
StoreCalls store_calls();  // thread-safe

// "sqlite:///relative/file.db" (three slashes), "sqlite:////absolute/file.db" (four) or
// "mysql://user:password@host:port/name" (percent-encoded where needed), with
// "?tls=required&ca=FILE" or "?tls=off" behind it: what leaves this machine is encrypted unless it
// says off. Errors, which name the file as it was understood: kStoreUrlMalformed,
// kStoreUnavailable, kStoreNewer (made by a newer program), kStoreOlder (run migrate first; also
// for an empty or missing database). `who` stands in the audit beside what it changes.
Result<std::unique_ptr<Database>> open_database(const std::string& url,
                                                const std::string& who = "quarterday");

// Creates the schema, or brings it up to this program's version. Errors: as above, never
// kStoreOlder.
Result<MigrationReport> migrate_database(const std::string& url);

// The file of an embedded database that is still to be made: missing, or empty because who made it
// was killed at once. nullopt: it is there, or the URL is a server's.
std::optional<std::filesystem::path> unmade_embedded_file(const std::string& url);

}  // namespace qd::orm
