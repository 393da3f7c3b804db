// Who may read, who read people's own rows, and what servers sign with. C++14: ODB's compiler reads
// it.
#pragma once

#include "orm/rows/model.hxx"

namespace qd {
namespace rows {

#pragma db object table("api_keys")
struct ApiKeyRow {
#pragma db id type("VARCHAR(128)")
  std::string prefix;
  std::string hash;
  std::string name;
  std::int64_t created_at = 0;
  MaybeNumber expires_at;
  MaybeNumber revoked_at;
// Keys of before there were scopes lose people's own rows, and nothing else.
#pragma db type("VARCHAR(128)") default("figures;returns;operate")
  std::string scopes;
// Keys of before there were audiences see what they saw.
#pragma db type("VARCHAR(128)") default("executive")
  std::string audience;
  // What it is confined to, with semicolons; NULL: to nothing.
  MaybeText areas;
  MaybeText families;
  MaybeText addresses;
  MaybeNumber last_used_at;
};

#pragma db object table("record_readings")
struct RecordReadingRow {
#pragma db id auto
  std::int64_t id = 0;
  std::int64_t read_at = 0;
#pragma db type("VARCHAR(128)")
  std::string reader;
  std::int64_t fact = 0;
  std::int64_t n_rows = 0;
  std::string reason;
};

#pragma db object table("server_secrets")
struct ServerSecretRow {
#pragma db id type("VARCHAR(128)")
  std::string name;
  Bytes secret;
};

}  // namespace rows
}  // namespace qd
