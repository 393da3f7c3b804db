// Every key, once: what it is called, what it means, and where it goes.
#include <fmt/format.h>

#include "core/text/whole_number.hpp"
#include "server/composition/configuration_table.hpp"

namespace qd::composition {
namespace {

using Apply = ConfigurationSetting::Apply;

tl::unexpected<Error> malformed(const std::string& wanted, const std::string& text) {
  return fail(ErrorCode::kConfigurationMalformed, fmt::format("'{}' is not {}", text, wanted));
}

template <class Number>
Result<Number> whole_number(const std::string& text) {
  const auto number = text::whole_number<Number>(text);
  if (!number || *number < Number{1}) return malformed("a whole number of at least 1", text);
  return *number;
}

Apply text_into(std::string Configuration::*member) {
  return [member](Configuration& configuration, const std::string& text) -> Result<void> {
    configuration.*member = text;
    return {};
  };
}

Apply path_into(std::filesystem::path Configuration::*member) {
  return [member](Configuration& configuration, const std::string& text) -> Result<void> {
    if (text.empty()) return malformed("a path", text);
    configuration.*member = text;
    return {};
  };
}

Apply choice_into(bool Configuration::*member) {
  return [member](Configuration& configuration, const std::string& text) -> Result<void> {
    if (text != "true" && text != "false") return malformed("true or false", text);
    configuration.*member = text == "true";
    return {};
  };
}

// Give the number to a place that is deeper than a member: [](Configuration& c) -> auto& {…}.
template <class Place>
Apply number_into(Place place) {
  return [place](Configuration& configuration, const std::string& text) -> Result<void> {
    auto& target = place(configuration);
    using Number = std::decay_t<decltype(target)>;
    const auto number = whole_number<Number>(text);
    if (!number) return fail(number.error());
    target = *number;
    return {};
  };
}

template <class Place>
Apply seconds_into(Place place) {
  return [place](Configuration& configuration, const std::string& text) -> Result<void> {
    const auto number = whole_number<std::int64_t>(text);
    if (!number) return fail(number.error());
    place(configuration) = std::chrono::seconds(*number);
    return {};
  };
}

template <class Place>
Apply megabytes_into(Place place) {
  return [place](Configuration& configuration, const std::string& text) -> Result<void> {
    const auto number = whole_number<std::uint64_t>(text);
    if (!number) return fail(number.error());
    place(configuration) = *number << 20;
    return {};
  };
}

Result<void> set_listen(Configuration& configuration, const std::string& text) {
  auto address = http::ListenAddress::parse(text);
  if (!address) return fail(address.error());
  configuration.edge.listen = *address;
  return {};
}

std::vector<ConfigurationSetting> place_settings() {
  return {
      {{"database", "text", "quarterday.db in the state directory",
        "URL of the database: sqlite:///relative/file.db, sqlite:////absolute/file.db or "
        "mysql://user:password@host:port/name",
        "QUARTERDAY_DATABASE"},
       text_into(&Configuration::database)},
      {{"state_directory", "path", "~/.local/state/quarterday",
        "where the embedded database and a quarterday.toml of its own lie", "QUARTERDAY_STATE"},
       path_into(&Configuration::state_directory)},
      {{"family_directory", "path", "families beside the program", "folder of the family libraries",
        "QUARTERDAY_FAMILIES"},
       path_into(&Configuration::family_directory)},
      {{"delivery_directory", "path", "returns in the state directory",
        "folder that finished workbooks are delivered to", "QUARTERDAY_DELIVERY"},
       path_into(&Configuration::delivery_directory)},
      {{"landlord", "text", "the only landlord that has areas below it",
        "area code of the landlord whose returns are made", ""},
       text_into(&Configuration::landlord)},
      {{"organisation", "text", "the landlord's name", "name on the cover of a return", ""},
       text_into(&Configuration::organisation)},
      {{"scheduler", "yes or no", "true", "serve also makes the returns that are due", ""},
       choice_into(&Configuration::scheduler)},
  };
}

std::vector<ConfigurationSetting> http_settings() {
  return {
      {{"listen", "text", "127.0.0.1:8080", "address and port of the HTTP server",
        "QUARTERDAY_LISTEN"},
       set_listen},
      {{"open", "yes or no", "false", "no key is asked; refused unless listen is on loopback", ""},
       choice_into(&Configuration::open)},
      {{"http.io_threads", "number", "2", "threads that read sockets", ""},
       number_into([](Configuration& c) -> int& { return c.edge.io_threads; })},
      {{"http.backlog", "number", "512", "connections the kernel holds until they are accepted",
        ""},
       number_into([](Configuration& c) -> int& { return c.edge.backlog; })},
      {{"http.threads", "number", "16", "threads that answer requests", ""},
       number_into([](Configuration& c) -> std::size_t& { return c.edge.pool.threads; })},
      {{"http.long_at_once", "number", "8", "of these, how many may do long work at the same time",
        ""},
       number_into([](Configuration& c) -> std::size_t& { return c.edge.pool.long_at_once; })},
      {{"http.queue", "number", "512", "requests that may wait for a thread; then 503", ""},
       number_into([](Configuration& c) -> std::size_t& { return c.edge.pool.queue_limit; })},
      {{"http.connections", "number", "2000", "clients at the same time; then 503", ""},
       number_into([](Configuration& c) -> std::size_t& { return c.edge.connections; })},
      {{"http.head_bytes", "number", "32768", "request line and headers of one request; then 431",
        ""},
       number_into(
           [](Configuration& c) -> std::size_t& { return c.edge.limits.request.head_bytes; })},
      {{"http.body_bytes", "number", "65536", "body of one request; then 413", ""},
       number_into(
           [](Configuration& c) -> std::size_t& { return c.edge.limits.request.body_bytes; })},
      {{"http.head_seconds", "number", "10", "for a request's headers to arrive; then 408", ""},
       seconds_into([](Configuration & c) -> auto& { return c.edge.limits.head; })},
      {{"http.body_seconds", "number", "30", "for a request's body to arrive; then 408", ""},
       seconds_into([](Configuration & c) -> auto& { return c.edge.limits.body; })},
      {{"http.idle_seconds", "number", "75", "a connection may wait for its next request", ""},
       seconds_into([](Configuration & c) -> auto& { return c.edge.limits.idle; })},
      {{"http.stall_seconds", "number", "30",
        "in which a client must take 64 kB of an answer that waits; then it is cut off", ""},
       seconds_into([](Configuration & c) -> auto& { return c.edge.limits.stall; })},
      {{"http.held_megabytes", "number", "128",
        "of answers that slow clients leave lying, all together; then the largest are cut off", ""},
       megabytes_into([](Configuration& c) -> std::size_t& { return c.edge.held_bytes; })},
  };
}

std::vector<ConfigurationSetting> jobs_settings() {
  return {
      {{"jobs.lease_seconds", "number", "1800",
        "a return belongs to the process that began it; if that process dies, another takes it "
        "over "
        "after so long",
        ""},
       seconds_into([](Configuration & c) -> auto& { return c.lease; })},
      {{"jobs.longest_wait_seconds", "number", "60",
        "the scheduler looks at what is due at least so often", ""},
       seconds_into([](Configuration & c) -> auto& { return c.longest_wait; })},
  };
}

std::vector<ConfigurationSetting> worker_settings() {
  return {
      {{"worker.time_out_seconds", "number", "600", "one run of one family, by the wall clock", ""},
       seconds_into([](Configuration & c) -> auto& { return c.worker.time_out; })},
      {{"worker.describe_time_out_seconds", "number", "5", "a family's description of itself", ""},
       seconds_into([](Configuration & c) -> auto& { return c.worker.describe_time_out; })},
      {{"worker.memory_megabytes", "number", "4096", "address space of one worker process", ""},
       megabytes_into([](Configuration & c) -> auto& { return c.worker.memory_bytes; })},
      {{"worker.answer_megabytes", "number", "1024", "what a family may answer in one run", ""},
       megabytes_into([](Configuration & c) -> auto& { return c.worker.answer_bytes; })},
  };
}

std::vector<ConfigurationSetting> make_settings() {
  auto settings = place_settings();
  for (auto& setting : http_settings()) settings.push_back(std::move(setting));
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
