// Settings: what the file, the environment and the command line say, in that order of weakness.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "core/worker/parent/settings.hpp"
#include "server/http/edge.hpp"
#include "server/tokens/token_terms.hpp"

namespace qd::composition {

// What the file says under [family.<id>]: checked once the families are known.
struct FamilySetting {
  std::string family, key, value;
  std::string place;  // "quarterday.toml:7"
};

struct Configuration {
  std::string database;  // URL; empty: a SQLite file in the state directory
  std::filesystem::path
      database_password_file;  // empty: the URL has the password, or there is none
  std::filesystem::path state_directory;
  std::filesystem::path family_directory;
  std::filesystem::path delivery_directory;
  std::filesystem::path return_plan;  // of the Executive's return; empty: the one that ships
  std::string landlord;               // area code of the landlord whose returns are made
  std::string organisation;           // its name, on the cover
  bool open = false;                  // no key is asked; only on loopback
  bool access_log = true;             // a line for each answer
  bool scheduler = true;              // `serve` makes the returns that are due
  std::chrono::milliseconds lease = std::chrono::minutes{30};        // of a claimed return
  std::chrono::milliseconds longest_wait = std::chrono::minutes{1};  // of the scheduler
  http::EdgeSettings edge;
  tokens::TokenTerms tokens;
  worker::parent::WorkerSettings worker;
  // What the file and the environment say, by key, without passwords.
  std::map<std::string, std::string> said;
  std::vector<FamilySetting> family_settings;  // as they stand; those that hold are in `worker`

  // "key = value; …" of what is said, by key: for the audit.
  std::string said_text() const;
  // With the password, if it is in a file. Errors: kFileUnreadable, kConfigurationMalformed (a
  // password in both places, or a URL that takes none).
  Result<std::string> database_url() const;
};

// What is asked of the world around, so that tests can answer.
struct Surroundings {
  std::function<std::optional<std::string>(const std::string&)> environment;
  std::filesystem::path executable;  // the families of a build tree and of an installation are
                                     // found from here
};
Surroundings real_surroundings();

// Reads `file`, or quarterday.toml in the working directory, in the state directory, or where the
// program was installed (/etc/quarterday); no file is no error. Then the environment. Errors:
// kConfigurationUnknownKey (names the nearest key), kConfigurationMalformed, kFileUnreadable (a
// file that was named).
Result<Configuration> load_configuration(const std::optional<std::filesystem::path>& file,
                                         const Surroundings& surroundings);

// For the documentation and its test: every key with its type, default and meaning.
struct ConfigurationKey {
  std::string name;  // "http.threads"
  std::string type;  // "text", "path", "number", "yes or no"
  std::string default_text;
  std::string meaning;
  std::string environment;  // the variable that overrides it; empty: none
};
const std::vector<ConfigurationKey>& configuration_keys();

}  // namespace qd::composition
