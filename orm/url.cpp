#include "orm/url.hpp"

#include <string>

#include "core/text/percent.hpp"
#include "core/text/whole_number.hpp"

namespace qd::orm {
namespace {

constexpr std::string_view kSqlitePrefix = "sqlite:///";
constexpr std::string_view kMariaDbPrefix = "mysql://";
constexpr const char* kForm =
    "write it as sqlite:///relative/file.db, sqlite:////absolute/file.db or "
    "mysql://user:password@host:port/name, with ?tls=required&ca=FILE or ?tls=off behind it";
// Those that the system trusts, where the URL names none.
constexpr const char* kSystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

tl::unexpected<Error> malformed(const std::string& what) {
  return fail(ErrorCode::kStoreUrlMalformed, "the database URL " + what, kForm);
}

// The part before the separator; rest keeps what follows it, or nothing.
std::string_view cut(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const std::string_view first = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return first;
}

Result<Target> parse_sqlite(std::string_view path) {
  if (path.empty()) return malformed("names no file");
  Target target;
  target.path = path;
  return target;
}

// What is sent does not leave this machine.
bool is_here(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Result<void> read_option(std::string_view option, Target& target) {
  const auto name = cut(option, '=');
  const auto value = text::percent_decoded(option);
  if (!value) return malformed("has a % without two digits");
  if (name == "tls" && (*value == "required" || *value == "off"))
    target.tls = *value == "required";
  else if (name == "ca" && !value->empty())
    target.authorities = *value;
  else
    return malformed("has an option other than tls=required, tls=off and ca=FILE");
  return {};
}

// Encrypted unless it says otherwise, or stays here.
Result<void> read_options(std::string_view options, Target& target) {
  target.tls = !is_here(target.host);
  while (!options.empty())
    if (auto read = read_option(cut(options, '&'), target); !read) return read;
  if (!target.tls && !target.authorities.empty())
    return malformed("names authorities with ca, and is not encrypted");
  if (target.tls && target.authorities.empty()) target.authorities = kSystemAuthorities;
  return {};
}

Result<Target> parse_mariadb(std::string_view rest) {
  // The last @ ends the password: people do forget to encode one in it.
  const auto at = rest.rfind('@');
  if (at == std::string_view::npos) return malformed("names no user");
  std::string_view account = rest.substr(0, at);
  std::string_view place = rest.substr(at + 1);
  std::string_view address = cut(place, '/'), options = place;
  place = cut(options, '?');

  const auto user = text::percent_decoded(cut(account, ':'));
  const auto password = text::percent_decoded(account);
  const auto host = text::percent_decoded(cut(address, ':'));
  const auto name = text::percent_decoded(place);
  if (!user || !password || !host || !name) return malformed("has a % without two digits");
  if (host->empty() || name->empty()) return malformed("names no host or no database");

  Target target{DatabaseKind::kMariaDb, {}, *user, *password, *host, 3306, *name, false, {}};
  if (auto read = read_options(options, target); !read) return fail(read.error());
  if (address.empty()) return target;
  const auto port = text::whole_number<unsigned>(address);
  if (!port || *port == 0 || *port > 65535) return malformed("has no valid port");
  target.port = *port;
  return target;
}

}  // namespace

Result<Target> parse_database_url(std::string_view url) {
  if (url.starts_with(kSqlitePrefix)) return parse_sqlite(url.substr(kSqlitePrefix.size()));
  if (url.starts_with(kMariaDbPrefix)) return parse_mariadb(url.substr(kMariaDbPrefix.size()));
  return malformed("begins with neither sqlite:/// nor mysql://");
}

}  // namespace qd::orm
