#include "jobs/scheduler.hpp"

#include <Poco/Clock.h>
#include <Poco/Util/Timer.h>
#include <Poco/Util/TimerTask.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

namespace qd::jobs {
namespace {

// Between two passes that have something ready which another process keeps taking.
constexpr std::chrono::milliseconds kShortestWait = std::chrono::seconds{1};

const ReturnRun* run_of(const Due& due, const std::vector<ReturnRun>& runs) {
  const std::string period = due.period.id();
  const auto found = std::find_if(runs.begin(), runs.end(), [&](const ReturnRun& run) {
    return run.schedule == due.schedule.id && run.period == period && run.revision == due.revision;
  });
  return found == runs.end() ? nullptr : &*found;
}

}  // namespace

Result<SchedulerView> look_at_schedule(ReturnStore& returns, const SchedulerSettings& settings,
                                       Instant now) {
  const auto schedules = returns.schedules();
  if (!schedules) return fail(schedules.error());
  const auto runs = returns.list();
  if (!runs) return fail(runs.error());
  SchedulerView view{due_list(*schedules, *runs, now), {}, now + settings.longest_wait};
  if (view.due.next_due) view.next_alarm = std::min(view.next_alarm, *view.due.next_due);
  for (const Due& due : view.due.owed) {
    const ReturnRun* run = run_of(due, *runs);
    const Instant when = run ? not_before(settings.backoff, *run) : now;
    if (when <= now) view.ready.push_back(due);
    view.next_alarm = std::min(view.next_alarm, std::max(when, now + kShortestWait));
  }
  return view;
}

class Scheduler::Alarm {
 public:
  Alarm(ReturnStore& returns, const ReturnJob& job, const Clock& clock, SchedulerSettings settings)
      : returns_(returns), job_(job), clock_(clock), settings_(std::move(settings)) {}
  ~Alarm() { stop(); }

  void start() {
    const std::lock_guard lock(timer_mutex_);
    if (timer_) return;
    stopping_ = false;
    timer_ = std::make_unique<Poco::Util::Timer>();
    ring_in(*timer_, std::chrono::milliseconds{0});
  }

  void stop() {
    stopping_ = true;
    std::unique_ptr<Poco::Util::Timer> timer;
    {
      const std::lock_guard lock(timer_mutex_);
      timer = std::move(timer_);
    }
    // Its destructor, here, waits for a pass that is being made.
  }

  SchedulerPass pass() {
    const std::lock_guard lock(pass_mutex_);
    SchedulerPass made = run_ready();
    if (settings_.on_pass) settings_.on_pass(made);
    return made;
  }

 private:
  class Ring;

  SchedulerPass run_ready();
  void run_one(const Due& due, SchedulerPass& made);
  void ring(Poco::Util::Timer& timer);
  void ring_in(Poco::Util::Timer& timer, std::chrono::milliseconds wait);

  ReturnStore& returns_;
  const ReturnJob& job_;
  const Clock& clock_;
  const SchedulerSettings settings_;
  std::mutex pass_mutex_;
  std::mutex timer_mutex_;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<Poco::Util::Timer> timer_;
};

class Scheduler::Alarm::Ring final : public Poco::Util::TimerTask {
 public:
  Ring(Alarm& alarm, Poco::Util::Timer& timer) : alarm_(alarm), timer_(timer) {}
  void run() override { alarm_.ring(timer_); }

 private:
  Alarm& alarm_;
  Poco::Util::Timer& timer_;
};

SchedulerPass Scheduler::Alarm::run_ready() {
  SchedulerPass made;
  made.next_alarm = clock_.now() + settings_.longest_wait;
  const auto before = look_at_schedule(returns_, settings_, clock_.now());
  if (!before) {
    made.errors.push_back(before.error());
    return made;
  }
  made.errors = before->due.refused;
  for (const Due& due : before->ready) {
    if (stopping_) return made;
    run_one(due, made);
  }
  const auto after = look_at_schedule(returns_, settings_, clock_.now());
  if (after) made.next_alarm = after->next_alarm;
  return made;
}

// The one place where what others throw (the hook that prepares, memory) is caught: one return that
// breaks must not keep the next one waiting, nor silence the clock.
void Scheduler::Alarm::run_one(const Due& due, SchedulerPass& made) {
  try {
    auto report = job_.run(due);
    if (!report) {
      made.errors.push_back(report.error());
      return;
    }
    made.reports.push_back(std::move(*report));
  } catch (const std::exception& error) {
    made.errors.push_back(
        {ErrorCode::kInternal,
         "return " + due.schedule.id + " " + due.period.id() + ": " + error.what(),
         "it is tried again when its lease ends"});
  }
}

void Scheduler::Alarm::ring(Poco::Util::Timer& timer) {
  const SchedulerPass made = pass();
  const auto wait =
      std::chrono::duration_cast<std::chrono::milliseconds>(made.next_alarm - clock_.now());
  // The clock may have jumped while we worked: never longer than the longest wait, never negative.
  ring_in(timer, std::clamp(wait, std::chrono::milliseconds{0}, settings_.longest_wait));
}

void Scheduler::Alarm::ring_in(Poco::Util::Timer& timer, std::chrono::milliseconds wait) {
  if (stopping_) return;
  const Poco::Clock when = Poco::Clock() + std::chrono::microseconds(wait).count();
  timer.schedule(new Ring(*this, timer), when);
}

Scheduler::Scheduler(ReturnStore& returns, const ReturnJob& job, const Clock& clock,
                     SchedulerSettings settings)
    : alarm_(std::make_unique<Alarm>(returns, job, clock, std::move(settings))) {}
Scheduler::~Scheduler() = default;
void Scheduler::start() { alarm_->start(); }
void Scheduler::stop() { alarm_->stop(); }
SchedulerPass Scheduler::pass() { return alarm_->pass(); }

}  // namespace qd::jobs
