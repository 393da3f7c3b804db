// quarterday serve: the HTTP edge and the scheduler, until a signal ends it.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <functional>

#include "jobs/scheduler.hpp"
#include "server/cli/command_line.hpp"
#include "server/composition/front.hpp"
#include "server/composition/supervision.hpp"
#include "server/composition/waiting_room.hpp"

namespace qd::cli::commands {
namespace {

constexpr std::chrono::seconds kTryAgain{2};  // for a database that is away
constexpr std::chrono::seconds kGrace{10};    // for answers that are being written when it stops

int stop_event = -1;  // written by the signal handler

extern "C" void on_stop_signal(int) {
  const int before = errno;
  const std::uint64_t one = 1;
  (void)!::write(stop_event, &one, sizeof one);
  errno = before;
}

void listen_to_signals() {
  stop_event = ::eventfd(0, EFD_CLOEXEC);
  struct sigaction action {};
  action.sa_handler = on_stop_signal;
  action.sa_flags = SA_RESETHAND;  // a second one ends the program at once
  ::sigaction(SIGTERM, &action, nullptr);
  ::sigaction(SIGINT, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

// Whether nobody stopped the program within so long.
bool wait_unless_stopped(std::chrono::milliseconds so_long) {
  pollfd stopped{stop_event, POLLIN, 0};
  return ::poll(&stopped, 1, static_cast<int>(so_long.count())) <= 0;
}

// Whoever started the program hears, three times in its patience, that requests are still answered.
void wait_for_stop(composition::Front& front) {
  namespace supervision = composition::supervision;
  const auto patience = supervision::patience();
  const std::chrono::milliseconds look = patience ? *patience / 3 : std::chrono::hours(24);
  do {
    if (patience) front.when_answering([] { supervision::tell_alive(); });
  } while (wait_unless_stopped(look));
}

struct ServeOptions {
  std::optional<std::string> listen;
  bool open = false;
  bool no_scheduler = false;
};

Result<composition::Configuration> settle(const composition::Configuration& base,
                                          const ServeOptions& options) {
  composition::Configuration settled = base;
  if (options.listen) {
    auto address = http::ListenAddress::parse(*options.listen);
    if (!address) return fail(address.error());
    settled.edge.listen = *address;
  }
  settled.open = settled.open || options.open;
  settled.scheduler = settled.scheduler && !options.no_scheduler;
  if (settled.edge.listen.loopback()) return settled;
  if (!settled.open && !settled.edge.proxies.empty()) return settled;
  if (!settled.open)
    return fail(ErrorCode::kListenRefused,
                fmt::format("{} is open to others, and what is said there goes in the clear",
                            settled.edge.listen.text()),
                "put a proxy with TLS in front and name its address in http.proxies, or listen on "
                "127.0.0.1");
  return fail(ErrorCode::kListenRefused,
              fmt::format("without keys only this machine may read, but {} is open to others",
                          settled.edge.listen.text()),
              "leave out --open, or listen on 127.0.0.1");
}

void log_pass(const jobs::SchedulerPass& pass) {
  for (const auto& report : pass.reports) {
    const auto what = fmt::format("return {} {} revision {}", report.run.schedule,
                                  report.run.period, report.run.revision);
    if (report.error)
      spdlog::error("{} {}: {}", what, to_text(report.outcome), to_text(*report.error));
    else
      spdlog::info("{} {}", what, to_text(report.outcome));
  }
  for (const auto& error : pass.errors) spdlog::error("scheduler: {}", to_text(error));
}

struct Jobs {
  std::unique_ptr<jobs::ReturnJob> job;
  std::unique_ptr<jobs::Scheduler> scheduler;
};

// A plan that cannot be used is said when the server starts, not when the first return is due.
Result<void> check_return_plan(composition::House& house,
                               const composition::Configuration& settled) {
  if (!settled.scheduler || settled.return_plan.empty()) return {};
  const auto plan = house.return_plan();
  if (!plan) return fail(plan.error());
  return {};
}

Jobs make_jobs(composition::House& house) {
  Jobs jobs{house.return_job(), nullptr};
  jobs::SchedulerSettings settings;
  settings.start = [&house] { return house.ensure_schedules(); };
  settings.longest_wait = house.configuration().longest_wait;
  settings.on_pass = log_pass;
  auto& database = house.database();
  jobs.scheduler = std::make_unique<jobs::Scheduler>(
      jobs::SchedulerParts{database.schedules(), database.returns(), *jobs.job, house.clock()},
      std::move(settings));
  return jobs;
}

// Whether the scheduler has begun; empty: this server makes no returns.
std::function<bool()> starting_of(const Jobs& jobs) {
  if (!jobs.scheduler) return {};
  return [&scheduler = *jobs.scheduler] { return !scheduler.not_started(); };
}

void log_to_standard_error() {
  auto log = spdlog::stderr_logger_mt("quarterday");
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  spdlog::set_default_logger(std::move(log));
}

Result<ExitCode> serve(const CommandLine& line, const ServeOptions& options) {
  log_to_standard_error();
  listen_to_signals();
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  const auto settled_first = settle(*configuration, options);
  if (!settled_first) return fail(settled_first.error());
  auto house = composition::open_patiently(line.common, settled_first->edge,
                                           [] { return wait_unless_stopped(kTryAgain); });
  if (!house) return fail(house.error());
  say_new_database(**house);
  const auto settled = settle((*house)->configuration(), options);
  if (!settled) return fail(settled.error());
  if (auto checked = check_return_plan(**house, *settled); !checked) return fail(checked.error());
  if (auto noted = (*house)->note_settings(); !noted) return fail(noted.error());
  const auto jobs = settled->scheduler ? make_jobs(**house) : Jobs{};
  const auto front = composition::Front::open(**house, *settled, starting_of(jobs));
  if (!front) return fail(front.error());
  auto address = settled->edge.listen;
  address.port = (*front)->port();
  fmt::print("serving on http://{}\n", address.text());
  std::fflush(stdout);
  if (jobs.scheduler) jobs.scheduler->start();
  composition::supervision::tell_ready("answering on " + address.text());
  wait_for_stop(**front);
  spdlog::info("stopping");
  composition::supervision::tell_stopping();
  (*front)->stop(kGrace);
  if (jobs.scheduler) jobs.scheduler->stop();
  return ExitCode::kDone;
}

}  // namespace

void add_serve(CLI::App& app, CommandLine& line) {
  auto options = std::make_shared<ServeOptions>();
  auto* command = app.add_subcommand("serve", "HTTP server and scheduler, until it is stopped");
  command->add_option("--listen", options->listen, "address and port, 127.0.0.1:8080")
      ->type_name("HOST:PORT");
  command->add_flag("--open", options->open, "ask for no key; only on this machine");
  command->add_flag("--no-scheduler", options->no_scheduler, "make no returns");
  command->callback(
      [&line, options] { line.chosen = [&line, options] { return serve(line, *options); }; });
}

}  // namespace qd::cli::commands
