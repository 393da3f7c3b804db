// quarterday key create|list|revoke
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/text/nearest.hpp"
#include "server/cli/audience_option.hpp"
#include "server/cli/command_line.hpp"
#include "server/faces/catalogue.hpp"
#include "server/faces/known_names.hpp"
#include "server/http/address_range.hpp"
#include "server/keys/api_key.hpp"
#include "server/keys/key_guard.hpp"

namespace qd::cli::commands {
namespace {

struct KeyCommand {
  std::string name;
  std::optional<std::string> expires;
  std::vector<std::string> scopes, areas, families, addresses;
  std::string audience = std::string(name_of(Audience::kPublic));
};

Result<std::optional<Instant>> read_expiry(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  if (const auto at = parse_instant(*text)) return at;
  return fail(ErrorCode::kInstantMalformed, fmt::format("'{}' is not a time", *text),
              "write it as 2027-03-31");
}

Error unknown_scope(const std::string& typed) {
  std::vector<std::string> known;
  for (const auto& words : scopes()) known.emplace_back(words.name);
  return {ErrorCode::kParameterMalformed, fmt::format("there is no scope '{}'", typed),
          text::nearest_hint(typed, known)};
}

// "figures: what it opens; records: …"
std::string scope_help() {
  std::string help = "what it opens, several with commas; without it everything but records:";
  for (const auto& words : scopes()) help += fmt::format("\n  {}: {}", words.name, words.meaning);
  return help;
}

Result<Scopes> read_scopes(const std::vector<std::string>& typed) {
  if (typed.empty()) return Scopes::usual();
  Scopes read;
  for (const auto& name : typed) {
    const auto scope = scope_named(name);
    if (!scope) return fail(unknown_scope(name));
    read.add(*scope);
  }
  return read;
}

Result<keys::KeyTerms> read_terms(const KeyCommand& command) {
  const auto expires = read_expiry(command.expires);
  if (!expires) return fail(expires.error());
  const auto scopes = read_scopes(command.scopes);
  if (!scopes) return fail(scopes.error());
  const auto audience = read_audience(command.audience);
  if (!audience) return fail(audience.error());
  for (const auto* names : {&command.areas, &command.families})
    for (const auto& name : *names)
      if (name.find(';') != std::string::npos)
        return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' is not one name", name),
                    "several are separated by commas");
  for (const auto& range : command.addresses)
    if (auto read = http::AddressRange::parse(range); !read) return fail(read.error());
  return keys::KeyTerms{
      *expires, *scopes, {*audience, command.areas, command.families}, command.addresses};
}

// A key for what nobody knows would open nothing, and its holder would wonder why.
Result<void> check_names(composition::House& house, const Viewer& viewer) {
  FactQuery asked;
  asked.areas = viewer.areas;
  asked.families = viewer.families;
  auto& database = house.database();
  return faces::KnownNames({database.catalogue(), database.runs(), house.engine()})
      .check(asked, 0, {});
}

Result<ExitCode> create(const CommandLine& line, const KeyCommand& command) {
  auto terms = read_terms(command);
  if (!terms) return fail(terms.error());
  auto house = open_house(line);
  if (!house) return fail(house.error());
  if (auto known = check_names(**house, terms->viewer); !known) return fail(known.error());
  const auto made = keys::make_key(command.name, (*house)->clock().now(), std::move(*terms));
  if (auto added = (*house)->database().keys().add(made.key); !added) return fail(added.error());
  fmt::print("{}\n", made.text.whole());
  fmt::print(stderr,
             "This is shown once. Send it as a Bearer token, or as the password of Basic.\n");
  return ExitCode::kDone;
}

Result<ExitCode> list(const CommandLine& line) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto keys = (*house)->database().keys().list();
  if (!keys) return fail(keys.error());
  print(line, faces::key_table(*keys), "no keys");
  return ExitCode::kDone;
}

Result<ExitCode> revoke(const CommandLine& line, const std::string& typed) {
  const auto whole = keys::parse_key_text(typed);
  const auto prefix = whole ? whole->prefix : typed;
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto revoked = (*house)->database().keys().revoke(prefix, (*house)->clock().now());
  if (!revoked) return fail(revoked.error());
  if (!*revoked)
    return fail(ErrorCode::kKeyUnknown, fmt::format("there is no key '{}'", prefix),
                "see `quarterday key list`");
  fmt::print("{} is revoked; servers refuse it within {} seconds\n", prefix,
             std::chrono::duration_cast<std::chrono::seconds>(keys::KeyGuard::kMemory).count());
  return ExitCode::kDone;
}

}  // namespace

void add_key(CLI::App& app, CommandLine& line) {
  auto* command = app.add_subcommand("key", "keys to read with: create, list, revoke");
  command->require_subcommand(1);
  auto typed = std::make_shared<KeyCommand>();
  auto* creating = command->add_subcommand("create", "a new key; it is shown once");
  creating->add_option("name", typed->name, "whose it is")->required();
  creating->add_option("--expires", typed->expires, "last day, or instant")->type_name("TIME");
  creating->add_option("--scope", typed->scopes, scope_help())->delimiter(',');
  creating
      ->add_option("--area", typed->areas,
                   "only figures of this area and what lies in it; several with commas")
      ->delimiter(',');
  creating->add_option("--family", typed->families, "only figures of it; several with commas")
      ->delimiter(',');
  creating
      ->add_option("--from", typed->addresses,
                   "only used from this address or range, as 10.0.0.0/8; several with commas")
      ->delimiter(',')
      ->type_name("RANGE");
  creating
      ->add_option("--audience", typed->audience,
                   audience_help("as whom its holder reads figures:"))
      ->capture_default_str();
  creating->callback(
      [&line, typed] { line.chosen = [&line, typed] { return create(line, *typed); }; });
  auto* listing = command->add_subcommand("list", "every key, without its secret");
  add_format(*listing, line);
  listing->callback([&line] { line.chosen = [&line] { return list(line); }; });
  auto prefix = std::make_shared<std::string>();
  auto* revoking = command->add_subcommand("revoke", "a key that may no longer read");
  revoking->add_option("prefix", *prefix, "its eight characters, or the whole key")->required();
  revoking->callback(
      [&line, prefix] { line.chosen = [&line, prefix] { return revoke(line, *prefix); }; });
}

}  // namespace qd::cli::commands
