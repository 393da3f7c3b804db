// Every key, once: what it is called, what it means, and where it goes.
#include <fmt/format.h>

#include "core/model/list_text.hpp"
#include "core/text/nearest.hpp"
#include "core/text/whole_number.hpp"
#include "server/composition/configuration_table.hpp"

namespace qd::composition {
namespace {

using Apply = ConfigurationSetting::Apply;

tl::unexpected<Error> malformed(const std::string& wanted, const std::string& text) {
  return fail(ErrorCode::kConfigurationMalformed, fmt::format("'{}' is not {}", text, wanted));
}

template <class Number>
Result<Number> whole_number(const std::string& text, Number least = 1) {
  const auto number = text::whole_number<Number>(text);
  if (!number || *number < least)
    return malformed(fmt::format("a whole number of at least {}", least), text);
  return *number;
}

// Where a value goes, of what type it is, and what holds without one.
struct Place {
  const char* type;
  std::string default_text;
  Apply apply;
};

Place text_into(std::string Configuration::*member, const char* default_text) {
  return {"text", default_text,
          [member](Configuration& configuration, const std::string& text) -> Result<void> {
            configuration.*member = text;
            return {};
          }};
}

// Of a place that is deeper than a member.
template <class Find>
Place text_found(Find find, const char* default_text) {
  return {"text", default_text,
          [find](Configuration& configuration, const std::string& text) -> Result<void> {
            find(configuration) = text;
            return {};
          }};
}

Place path_into(std::filesystem::path Configuration::*member, const char* default_text) {
  return {"path", default_text,
          [member](Configuration& configuration, const std::string& text) -> Result<void> {
            if (text.empty()) return malformed("a path", text);
            configuration.*member = text;
            return {};
          }};
}

Place choice_into(bool Configuration::*member) {
  return {"yes or no", Configuration{}.*member ? "true" : "false",
          [member](Configuration& configuration, const std::string& text) -> Result<void> {
            if (text != "true" && text != "false") return malformed("true or false", text);
            configuration.*member = text == "true";
            return {};
          }};
}

// A number that stands so many times in its place: 1, or the bytes of a megabyte. Give it to a
// place that is deeper than a member: [](Configuration& c) -> auto& {…}.
template <class Find>
Place number_into(Find find, int shift = 0, int least = 1) {
  Configuration fresh;
  return {"number", std::to_string(find(fresh) >> shift),
          [=](Configuration& configuration, const std::string& text) -> Result<void> {
            auto& target = find(configuration);
            using Number = std::decay_t<decltype(target)>;
            const auto number = whole_number<Number>(text, static_cast<Number>(least));
            if (!number) return fail(number.error());
            target = *number << shift;
            return {};
          }};
}

template <class Find>
Place megabytes_into(Find find) {
  return number_into(find, 20);
}

template <class Find>
Place seconds_into(Find find) {
  Configuration fresh;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(find(fresh));
  return {"number", std::to_string(seconds.count()),
          [find](Configuration& configuration, const std::string& text) -> Result<void> {
            const auto number = whole_number<std::int64_t>(text);
            if (!number) return fail(number.error());
            find(configuration) = std::chrono::seconds(*number);
            return {};
          }};
}

Place address_into(http::ListenAddress& (*find)(Configuration&)) {
  Configuration fresh;
  return {"text", find(fresh).text(),
          [find](Configuration& configuration, const std::string& text) -> Result<void> {
            auto address = http::ListenAddress::parse(text);
            if (!address) return fail(address.error());
            find(configuration) = *address;
            return {};
          }};
}

Place ranges_into(std::vector<http::AddressRange>& (*find)(Configuration&)) {
  return {"text", "none",
          [find](Configuration& configuration, const std::string& text) -> Result<void> {
            std::vector<http::AddressRange> ranges;
            for (const auto& item : list_of(text)) {
              const auto range = http::AddressRange::parse(item);
              if (!range) return fail(range.error());
              ranges.push_back(*range);
            }
            find(configuration) = std::move(ranges);
            return {};
          }};
}

using worker::wire::Layer;
using worker::wire::Layers;

std::string words_of(Layers layers) {
  std::string words;
  for (const auto& one : worker::wire::kLayerWords)
    if (worker::wire::has(layers, one.layer))
      words += (words.empty() ? "" : ";") + std::string(one.name);
  return words.empty() ? "none" : words;
}

std::string lost(Layer layer) {
  for (const auto& one : worker::wire::kLayerWords)
    if (one.layer == layer) return std::string(one.lost);
  return {};
}

Result<Layer> layer_named(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& one : worker::wire::kLayerWords) {
    if (one.name == name) return one.layer;
    known.emplace_back(one.name);
  }
  return fail(ErrorCode::kConfigurationMalformed,
              fmt::format("there is no layer '{}' of the sandbox", name),
              text::nearest_hint(name, known));
}

Place layers_into(Layers& (*find)(Configuration&)) {
  Configuration fresh;
  return {"text", words_of(find(fresh)),
          [find](Configuration& configuration, const std::string& text) -> Result<void> {
            Layers layers = 0;
            for (const auto& item : text == "none" ? std::vector<std::string>{} : list_of(text)) {
              const auto layer = layer_named(item);
              if (!layer) return fail(layer.error());
              layers = worker::wire::with(layers, *layer);
            }
            find(configuration) = layers;
            return {};
          }};
}

// One key: its name, the variable that overrides it (or none), where it goes, what it means. To add
// one is to add its block; the reference page follows.
ConfigurationSetting key(const char* name, const char* environment, Place place,
                         std::string meaning) {
  return {{name, place.type, std::move(place.default_text), std::move(meaning), environment},
          std::move(place.apply)};
}

using C = Configuration;

std::vector<ConfigurationSetting> place_settings() {
  return {
      key("database", "QUARTERDAY_DATABASE",
          text_into(&C::database, "quarterday.db in the state directory"),
          "URL of the database: sqlite:///relative/file.db, sqlite:////absolute/file.db or "
          "mysql://user:password@host:port/name, where ?tls=required&ca=FILE or ?tls=off may "
          "follow: "
          "what leaves this machine is encrypted unless it says off"),
      key("database_password_file", "QUARTERDAY_DATABASE_PASSWORD_FILE",
          path_into(&C::database_password_file, "none: the URL has it"),
          "file whose first line is the password of the database's user; the URL then has none"),
      key("state_directory", "QUARTERDAY_STATE",
          path_into(&C::state_directory, "~/.local/state/quarterday"),
          "where the embedded database and a quarterday.toml of its own lie"),
      key("family_directory", "QUARTERDAY_FAMILIES",
          path_into(&C::family_directory, "families beside the program"),
          "folder of the family libraries"),
      key("delivery_directory", "QUARTERDAY_DELIVERY",
          path_into(&C::delivery_directory, "returns in the state directory"),
          "folder that finished workbooks are delivered to"),
      key("landlord", "", text_into(&C::landlord, "the only landlord that has areas below it"),
          "area code of the landlord whose returns are made"),
      key("organisation", "", text_into(&C::organisation, "the landlord's name"),
          "name on the cover of a return"),
      key("returns.plan", "", path_into(&C::return_plan, "the plan that ships"),
          "file of a plan of one's own for the Executive's return"),
      key("scheduler", "", choice_into(&C::scheduler), "serve also makes the returns that are due"),
  };
}

std::vector<ConfigurationSetting> http_settings() {
  return {
      key("listen", "QUARTERDAY_LISTEN", address_into([](C & c) -> auto& { return c.edge.listen; }),
          "address and port of the HTTP server"),
      key("open", "", choice_into(&C::open),
          "no key is asked; refused unless listen is on loopback"),
      key("http.io_threads", "", number_into([](C & c) -> auto& { return c.edge.io_threads; }),
          "threads that read sockets"),
      key("http.backlog", "", number_into([](C & c) -> auto& { return c.edge.backlog; }),
          "connections the kernel holds until they are accepted"),
      key("http.threads", "", number_into([](C & c) -> auto& { return c.edge.pool.threads; }),
          "threads that answer requests"),
      key("http.long_at_once", "",
          number_into([](C & c) -> auto& { return c.edge.pool.long_at_once; }),
          "of these, how many may do long work at the same time"),
      key("http.queue", "", number_into([](C & c) -> auto& { return c.edge.pool.queue_limit; }),
          "requests that may wait for a thread; then 503"),
      key("http.connections", "", number_into([](C & c) -> auto& { return c.edge.connections; }),
          "clients at the same time; over it those that wait longest are closed, and new ones get "
          "503 only when none waits"),
      key("http.connections_of_one", "",
          number_into([](C & c) -> auto& { return c.edge.connections_of_one; }),
          "connections of one address, but for http.proxies; over it those of its own that wait "
          "longest are closed, and new ones get 429 only when none waits"),
      key("http.requests_a_minute", "",
          number_into(
              [](C & c) -> auto& { return c.edge.requests_a_minute; }, 0, /*least=*/0),
          "requests of one address within a minute; then 429 until some of it has passed; 0: as "
          "many "
          "as it likes"),
      key("http.access_log", "", choice_into(&C::access_log),
          "a line for each answer: who asked, what was asked, how it ended; never a value"),
      key("http.proxies", "", ranges_into([](C & c) -> auto& { return c.edge.proxies; }),
          "addresses and ranges of your own reverse proxies, with semicolons: what they say of the "
          "client in X-Forwarded-For, -Proto and -Host is believed; of other machines they alone "
          "are answered"),
      key("http.head_bytes", "",
          number_into([](C & c) -> auto& { return c.edge.limits.request.head_bytes; }),
          "request line and headers of one request; then 431"),
      key("http.body_bytes", "",
          number_into([](C & c) -> auto& { return c.edge.limits.request.body_bytes; }),
          "body of one request; then 413"),
      key("http.head_seconds", "", seconds_into([](C & c) -> auto& { return c.edge.limits.head; }),
          "for a request's headers to arrive; then 408"),
      key("http.body_seconds", "", seconds_into([](C & c) -> auto& { return c.edge.limits.body; }),
          "for a request's body to arrive; then 408"),
      key("http.idle_seconds", "", seconds_into([](C & c) -> auto& { return c.edge.limits.idle; }),
          "a connection may wait for its next request"),
      key("http.stall_seconds", "",
          seconds_into([](C & c) -> auto& { return c.edge.limits.stall; }),
          "in which a client must take 64 kB of an answer that waits; then it is cut off"),
      key("http.held_megabytes", "",
          megabytes_into([](C & c) -> auto& { return c.edge.held_bytes; }),
          "of answers that slow clients leave lying, all together; then the largest are cut off"),
  };
}

std::vector<ConfigurationSetting> token_settings() {
  return {
      key("tokens.issuer", "",
          text_found(
              [](C & c) -> auto& { return c.tokens.issuer; }, "none"),
          "URL of the OpenID Connect issuer whose bearer tokens are accepted besides keys, as its "
          "tokens spell it"),
      key("tokens.audience", "",
          text_found(
              [](C & c) -> auto& { return c.tokens.audience; }, "none"),
          "how the issuer calls this service: a token must be meant for it"),
      key("tokens.keys", "",
          text_found(
              [](C & c) -> auto& { return c.tokens.keys; }, "where the issuer says"),
          "URL of the issuer's keys"),
      key("tokens.claim", "",
          text_found(
              [](C & c) -> auto& { return c.tokens.claim; }, "roles"),
          "claim of a token that holds what it opens, in words such as quarterday:scope:figures"),
  };
}

std::vector<ConfigurationSetting> jobs_settings() {
  return {
      key("jobs.lease_seconds", "", seconds_into([](C & c) -> auto& { return c.lease; }),
          "a return belongs to the process that began it; if that process dies, another takes it "
          "over after so long"),
      key("jobs.longest_wait_seconds", "",
          seconds_into([](C & c) -> auto& { return c.longest_wait; }),
          "the scheduler looks at what is due at least so often"),
  };
}

std::vector<ConfigurationSetting> worker_settings() {
  return {
      key("worker.time_out_seconds", "",
          seconds_into([](C & c) -> auto& { return c.worker.time_out; }),
          "one run of one family, by the wall clock"),
      key("worker.memory_megabytes", "",
          megabytes_into([](C & c) -> auto& { return c.worker.memory_bytes; }),
          "address space of one worker process"),
      key("worker.answer_megabytes", "",
          megabytes_into([](C & c) -> auto& { return c.worker.answer_bytes; }),
          "what a family may answer in one run"),
      key("worker.may_lack", "", layers_into([](C & c) -> auto& { return c.worker.may_lack; }),
          "layers of the sandbox that families go without where the kernel gives none: files, "
          "calls, namespaces, separated by semicolons, or none. Without files " +
              lost(Layer::kFiles) + "; without calls " + lost(Layer::kCalls)),
  };
}

std::vector<ConfigurationSetting> make_settings() {
  auto settings = place_settings();
  for (auto& setting : http_settings()) settings.push_back(std::move(setting));
  for (auto& setting : token_settings()) settings.push_back(std::move(setting));
  for (auto& setting : jobs_settings()) settings.push_back(std::move(setting));
  for (auto& setting : worker_settings()) settings.push_back(std::move(setting));
  return settings;
}

}  // namespace

const std::vector<ConfigurationSetting>& configuration_settings() {
  static const auto settings = make_settings();
  return settings;
}

const std::vector<ConfigurationKey>& configuration_keys() {
  static const auto keys = [] {
    std::vector<ConfigurationKey> all;
    for (const auto& setting : configuration_settings()) all.push_back(setting.key);
    return all;
  }();
  return keys;
}

}  // namespace qd::composition
