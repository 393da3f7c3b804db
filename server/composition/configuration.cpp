#include "server/composition/configuration.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "core/text/nearest.hpp"
#include "core/text/percent.hpp"
#include "server/composition/configuration_table.hpp"
#include "server/composition/passwords.hpp"

namespace qd::composition {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> malformed(const std::string& where, const Error& error) {
  return fail(ErrorCode::kConfigurationMalformed, fmt::format("{}: {}", where, error.message),
              error.hint);
}

// A value as text, when its type is what the key wants.
std::optional<std::string> text_of(const toml::node& node, const std::string& type) {
  if (type == "number") {
    const auto number = node.value_exact<std::int64_t>();
    return number ? std::optional(std::to_string(*number)) : std::nullopt;
  }
  if (type == "yes or no") {
    const auto yes = node.value_exact<bool>();
    return yes ? std::optional<std::string>(*yes ? "true" : "false") : std::nullopt;
  }
  return node.value_exact<std::string>();
}

struct FilePlace {
  const fs::path& file;
  const toml::node& node;
  std::string text() const {
    return fmt::format("{}:{}", file.string(), static_cast<unsigned>(node.source().begin.line));
  }
};

Result<void> unknown_key(const FilePlace& place, const std::string& name) {
  std::vector<std::string> known;
  for (const auto& key : configuration_keys()) known.push_back(key.name);
  known.emplace_back("family");
  return fail(ErrorCode::kConfigurationUnknownKey,
              fmt::format("{}: '{}' is not a key", place.text(), name),
              text::nearest_hint(name, known));
}

Result<void> apply_key(const FilePlace& place, const std::string& name, Configuration& into) {
  for (const auto& setting : configuration_settings()) {
    if (setting.key.name != name) continue;
    const auto text = text_of(place.node, setting.key.type);
    if (!text)
      return fail(ErrorCode::kConfigurationMalformed,
                  fmt::format("{}: '{}' is not a {}", place.text(), name, setting.key.type));
    const auto applied = setting.apply(into, *text);
    if (!applied) return malformed(fmt::format("{}: '{}'", place.text(), name), applied.error());
    into.said[name] = without_password(*text);
    return {};
  }
  return unknown_key(place, name);
}

// As a text: yes and no for true and false, a number as it is written.
std::optional<std::string> option_text(const toml::node& node) {
  if (const auto yes = node.value_exact<bool>()) return *yes ? "yes" : "no";
  if (const auto whole = node.value_exact<std::int64_t>()) return std::to_string(*whole);
  if (const auto number = node.value_exact<double>()) return fmt::format("{}", *number);
  return node.value_exact<std::string>();
}

// [family.copis] key = "value": what the family declares decides whether it may stand there.
Result<void> apply_families(const fs::path& file, const toml::table& families,
                            Configuration& into) {
  for (const auto& [family, options] : families) {
    const FilePlace place{file, options};
    if (!options.is_table()) return unknown_key(place, "family." + std::string(family.str()));
    for (const auto& [key, value] : *options.as_table()) {
      const auto text = option_text(value);
      if (!text)
        return fail(ErrorCode::kConfigurationMalformed,
                    fmt::format("{}: '{}' is no option of a family", place.text(), key.str()),
                    "write a text, a number, or true or false");
      into.family_settings.push_back({std::string(family.str()), std::string(key.str()), *text,
                                      FilePlace{file, value}.text()});
      into.worker.options[std::string(family.str())][std::string(key.str())] = *text;
      into.said[fmt::format("family.{}.{}", family.str(), key.str())] = *text;
    }
  }
  return {};
}

Result<void> apply_table(const fs::path& file, const toml::table& table, const std::string& prefix,
                         Configuration& into) {
  for (const auto& [key, node] : table) {
    const auto name = prefix + std::string(key.str());
    Result<void> applied;
    if (name == "family" && node.is_table())
      applied = apply_families(file, *node.as_table(), into);
    else if (prefix.empty() && node.is_table())
      applied = apply_table(file, *node.as_table(), name + ".", into);
    else
      applied = apply_key(FilePlace{file, node}, name, into);
    if (!applied) return applied;
  }
  return {};
}

Result<void> apply_file(const fs::path& file, Configuration& into) {
  const auto parsed = toml::parse_file(file.string());
  if (parsed) return apply_table(file, parsed.table(), "", into);
  const auto& error = parsed.error();
  return fail(
      ErrorCode::kConfigurationMalformed,
      fmt::format("{}:{}:{}: {}", file.string(), static_cast<unsigned>(error.source().begin.line),
                  static_cast<unsigned>(error.source().begin.column), error.description()),
      "write it as TOML");
}

Result<void> apply_environment(const Surroundings& surroundings, Configuration& into) {
  for (const auto& setting : configuration_settings()) {
    if (setting.key.environment.empty()) continue;
    const auto text = surroundings.environment(setting.key.environment);
    if (!text || text->empty()) continue;
    const auto applied = setting.apply(into, *text);
    if (!applied) return malformed(setting.key.environment, applied.error());
    into.said[setting.key.name] = without_password(*text);
  }
  return {};
}

fs::path default_state(const Surroundings& surroundings) {
  if (const auto state = surroundings.environment("XDG_STATE_HOME"); state && !state->empty())
    return fs::path(*state) / "quarterday";
  const auto home = surroundings.environment("HOME").value_or("/var/lib");
  return fs::path(home) / ".local/state/quarterday";
}

// "/usr" of "/usr/bin/quarterday".
fs::path prefix_of(const fs::path& executable) { return executable.parent_path().parent_path(); }

fs::path installed_families(const fs::path& executable) {
  const auto installed = prefix_of(executable) / "lib/quarterday/families";
  std::error_code ignored;
  return fs::is_directory(installed, ignored) ? installed : fs::path{};
}

// Beside the program's folder in a build tree, in lib/quarterday of an installation.
fs::path default_families(const fs::path& executable) {
  const auto installed = installed_families(executable);
  return installed.empty() ? prefix_of(executable) / "families" : installed;
}

// Of a program that was installed; "": it was not.
fs::path installed_configuration(const fs::path& executable) {
  if (installed_families(executable).empty()) return {};
  const auto prefix = prefix_of(executable);
  return (prefix == "/usr" ? fs::path("/etc") : prefix / "etc") / "quarterday/quarterday.toml";
}

Result<fs::path> configuration_file(const std::optional<fs::path>& named,
                                    const Surroundings& surroundings) {
  std::error_code ignored;
  if (named && !fs::is_regular_file(*named, ignored))
    return fail(ErrorCode::kFileUnreadable,
                fmt::format("there is no configuration file {}", named->string()));
  if (named) return *named;
  if (fs::is_regular_file("quarterday.toml", ignored)) return fs::path("quarterday.toml");
  const auto state = surroundings.environment("QUARTERDAY_STATE");
  const auto beside = (state && !state->empty() ? fs::path(*state) : default_state(surroundings)) /
                      "quarterday.toml";
  if (fs::is_regular_file(beside, ignored)) return beside;
  const auto installed = installed_configuration(surroundings.executable);
  return fs::is_regular_file(installed, ignored) ? installed : fs::path{};
}

Result<void> check_pool(const http::WorkPoolSettings& pool) {
  if (pool.long_at_once < pool.threads) return {};
  return fail(ErrorCode::kConfigurationMalformed,
              "'http.long_at_once' is not less than 'http.threads'",
              "leave some threads to short requests");
}

// Its first line.
Result<std::string> password_in(const fs::path& file) {
  std::ifstream opened(file);
  std::string password;
  if (!opened || !std::getline(opened, password) || password.empty())
    return fail(ErrorCode::kFileUnreadable,
                fmt::format("there is no password to be read in {}", file.string()),
                "write it into the first line, and let the program's user read the file");
  if (password.back() == '\r') password.pop_back();
  return password;
}

Result<std::string> url_with_password(const std::string& url, const fs::path& file) {
  constexpr std::string_view kServer = "mysql://";
  const auto at = url.rfind('@');
  if (!url.starts_with(kServer) || at == std::string::npos)
    return fail(ErrorCode::kConfigurationMalformed,
                "'database_password_file' is set, and 'database' is no server's",
                "write it as mysql://user@host:port/name");
  if (url.find(':', kServer.size()) < at)
    return fail(ErrorCode::kConfigurationMalformed,
                "'database' and 'database_password_file' both have a password",
                "leave it out of the URL");
  const auto password = password_in(file);
  if (!password) return fail(password.error());
  return url.substr(0, at) + ":" + text::percent_encoded(*password) + url.substr(at);
}

// Without an audience a token that was given for anything else would be accepted, too.
Result<void> check_tokens(const tokens::TokenTerms& terms) {
  if (terms.issuer.empty() || !terms.audience.empty()) return {};
  return fail(ErrorCode::kConfigurationMalformed,
              "'tokens.issuer' is set and 'tokens.audience' is not",
              "set it to how the issuer calls this service");
}

}  // namespace

Result<std::string> Configuration::database_url() const {
  if (!database_password_file.empty()) return url_with_password(database, database_password_file);
  return database.empty() ? "sqlite:///" + (state_directory / "quarterday.db").string() : database;
}

Surroundings real_surroundings() {
  std::error_code ignored;
  return {[](const std::string& name) -> std::optional<std::string> {
            const char* value = std::getenv(name.c_str());
            return value == nullptr ? std::nullopt : std::optional<std::string>(value);
          },
          fs::read_symlink("/proc/self/exe", ignored)};
}

Result<Configuration> load_configuration(const std::optional<fs::path>& file,
                                         const Surroundings& surroundings) {
  Configuration configuration;
  configuration.state_directory = default_state(surroundings);
  configuration.family_directory = default_families(surroundings.executable);
  configuration.worker.executable = surroundings.executable;
  const auto found = configuration_file(file, surroundings);
  if (!found) return fail(found.error());
  if (!found->empty())
    if (auto applied = apply_file(*found, configuration); !applied) return fail(applied.error());
  if (auto applied = apply_environment(surroundings, configuration); !applied)
    return fail(applied.error());
  if (auto checked = check_pool(configuration.edge.pool); !checked) return fail(checked.error());
  if (auto checked = check_tokens(configuration.tokens); !checked) return fail(checked.error());
  if (configuration.delivery_directory.empty())
    configuration.delivery_directory = configuration.state_directory / "returns";
  return configuration;
}

std::string Configuration::said_text() const {
  std::string text;
  for (const auto& [key, value] : said)
    text += fmt::format("{}{} = {}", text.empty() ? "" : "; ", key, value);
  return text;
}

}  // namespace qd::composition
