#include "orm/mapping/open.hpp"

#include <mysql/mysql.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <new>
#include <odb/mysql/connection-factory.hxx>
#include <odb/mysql/connection.hxx>
#include <odb/mysql/database.hxx>
#include <odb/mysql/exceptions.hxx>
#include <odb/sqlite/connection-factory.hxx>
#include <odb/sqlite/connection.hxx>
#include <odb/sqlite/database.hxx>
#include <utility>

namespace qd::orm {
namespace {

// More than this many at once only wait; beyond the second number idle ones are closed.
constexpr std::size_t kMostConnections = 32;
constexpr std::size_t kKeptConnections = 2;

// Every connection waits for others instead of failing, and syncs before a commit returns.
class PatientPool : public odb::sqlite::connection_pool_factory {
 public:
  PatientPool() : connection_pool_factory(kMostConnections, kKeptConnections) {}

 private:
  pooled_connection_ptr create() override {
    pooled_connection_ptr connection = connection_pool_factory::create();
    ::sqlite3_busy_timeout(connection->handle(), 30000);
    connection->execute("PRAGMA synchronous=FULL");
    return connection;
  }
};

// It will hold persons and digests of keys: its owner's alone, whatever the umask; SQLite gives the
// files beside it the same mode. Made without being opened, since closing a file drops the locks
// other threads have on it. Errors show when SQLite opens it; one that is there stays as it is.
void create_private(const std::string& path) { ::mknod(path.c_str(), S_IFREG | 0600, 0); }

std::unique_ptr<odb::database> open_sqlite(const Target& target, Gateway::Missing missing) {
  if (missing == Gateway::Missing::kCreate) create_private(target.path);
  std::unique_ptr<odb::sqlite::connection_factory> pool(new PatientPool);
  // A private cache: with a shared one, readers would wait for writers again, in spite of the WAL.
  return std::unique_ptr<odb::database>(
      new odb::sqlite::database(target.path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE,
                                /*foreign_keys=*/false, /*vfs=*/"", std::move(pool)));
}

void close_handle(MYSQL* handle) { ::mysql_close(handle); }
using Handle = std::unique_ptr<MYSQL, void (*)(MYSQL*)>;

// As ODB connects, and encrypted: of that its own connections know nothing.
Handle connect_secretly(const Target& target) {
  Handle handle(::mysql_init(nullptr), close_handle);
  if (!handle) throw std::bad_alloc();
  const my_bool yes = 1;
  ::mysql_options(handle.get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
  ::mysql_options(handle.get(), MYSQL_OPT_SSL_ENFORCE, &yes);
  ::mysql_options(handle.get(), MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
  ::mysql_options(handle.get(), MYSQL_OPT_SSL_CA, target.authorities.c_str());
  if (::mysql_real_connect(handle.get(), target.host.c_str(), target.user.c_str(),
                           target.password.c_str(), target.name.c_str(), target.port, nullptr,
                           CLIENT_FOUND_ROWS) == nullptr)
    throw odb::mysql::database_exception(
        ::mysql_errno(handle.get()), ::mysql_sqlstate(handle.get()), ::mysql_error(handle.get()));
  return handle;
}

class SecretPool : public odb::mysql::connection_pool_factory {
 public:
  explicit SecretPool(const Target& target)
      : connection_pool_factory(kMostConnections, kKeptConnections), target_(target) {}

 private:
  pooled_connection_ptr create() override {
    Handle handle = connect_secretly(target_);
    using OfDatabase = std::is_constructible<pooled_connection, odb::mysql::database&, MYSQL*>;
    pooled_connection_ptr connection(made<pooled_connection>(OfDatabase(), handle.get()));
    (void)handle.release();
    return connection;
  }

  // ODB 2.4 makes a connection of its database, later ones of their factory.
  template <class Connection>
  Connection* made(std::true_type, MYSQL* handle) {
    return new (odb::details::shared) Connection(*db_, handle);
  }
  template <class Connection>
  Connection* made(std::false_type, MYSQL* handle) {
    return new (odb::details::shared) Connection(*this, handle);
  }

  Target target_;
};

std::unique_ptr<odb::mysql::connection_factory> pool_for(const Target& target) {
  using Pool = std::unique_ptr<odb::mysql::connection_factory>;
  if (target.tls) return Pool(new SecretPool(target));
  return Pool(new odb::mysql::connection_pool_factory(kMostConnections, kKeptConnections));
}

std::unique_ptr<odb::database> open_mariadb(const Target& target) {
  std::unique_ptr<odb::mysql::connection_factory> pool = pool_for(target);
  const std::string* const no_socket = nullptr;
  return std::unique_ptr<odb::database>(
      new odb::mysql::database(target.user, target.password, target.name, target.host, target.port,
                               no_socket, "utf8mb4", 0, std::move(pool)));
}

}  // namespace

std::unique_ptr<odb::database> open_mapped(const Target& target, Gateway::Missing missing) {
  return target.engine == DatabaseKind::kSqlite ? open_sqlite(target, missing)
                                                : open_mariadb(target);
}

odb::transaction_impl* begin_writing(odb::database& database) {
  if (database.id() != odb::id_sqlite) return database.begin();
  return static_cast<odb::sqlite::database&>(database).begin_immediate();
}

odb::transaction_impl* begin_alone(odb::database& database) {
  if (database.id() != odb::id_sqlite) return database.begin();
  return static_cast<odb::sqlite::database&>(database).begin_exclusive();
}

}  // namespace qd::orm
