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

Result<SchedulerView> look_at_schedule(ScheduleStore& store, ReturnStore& returns,
                                       const SchedulerSettings& settings, Instant now) {
  const auto schedules = store.schedules();
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
  Alarm(const SchedulerParts& parts, SchedulerSettings settings)
      : parts_(parts), settings_(std::move(settings)) {}
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
    SchedulerPass made = started() ? run_ready() : tried_in_vain();
    if (settings_.on_pass) settings_.on_pass(made);
    return made;
  }

  std::optional<Error> not_started() const {
    const std::lock_guard lock(state_mutex_);
    return not_started_;
  }

 private:
  class Ring;

  bool started();
  SchedulerPass tried_in_vain() const;

  SchedulerPass run_ready();
  void run_one(const Due& due, SchedulerPass& made);
  void ring(Poco::Util::Timer& timer);
  void ring_in(Poco::Util::Timer& timer, std::chrono::milliseconds wait);

  const SchedulerParts parts_;
  const SchedulerSettings settings_;
  mutable std::mutex state_mutex_;
  std::optional<Error> not_started_ =
      Error{ErrorCode::kScheduleNotStarted, "the schedule has not been started", {}};
  int n_starts_ = 0;  // under pass_mutex_
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

// A start that failed is tried again at every pass: what was in its way may be gone, and returns
// are owed all the same.
bool Scheduler::Alarm::started() {
  if (!not_started()) return true;
  ++n_starts_;
  const auto tried = settings_.start ? settings_.start() : Result<void>{};
  const std::lock_guard lock(state_mutex_);
  not_started_ = tried ? std::nullopt : std::optional(tried.error());
  return tried.has_value();
}

SchedulerPass Scheduler::Alarm::tried_in_vain() const {
  SchedulerPass made;
  made.errors.push_back(*not_started());
  made.next_alarm = parts_.clock.now() + wait_after(settings_.start_backoff, "start", n_starts_);
  return made;
}

SchedulerPass Scheduler::Alarm::run_ready() {
  SchedulerPass made;
  made.next_alarm = parts_.clock.now() + settings_.longest_wait;
  const auto before =
      look_at_schedule(parts_.schedules, parts_.returns, settings_, parts_.clock.now());
  if (!before) {
    made.errors.push_back(before.error());
    return made;
  }
  made.errors = before->due.refused;
  for (const Due& due : before->ready) {
    if (stopping_) return made;
    run_one(due, made);
  }
  const auto after =
      look_at_schedule(parts_.schedules, parts_.returns, settings_, parts_.clock.now());
  if (after) made.next_alarm = after->next_alarm;
  return made;
}

// The one place where what others throw (the hook that prepares, memory) is caught: one return that
// breaks must not keep the next one waiting, nor silence the clock.
void Scheduler::Alarm::run_one(const Due& due, SchedulerPass& made) {
  try {
    auto report = parts_.job.run(due);
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
      std::chrono::duration_cast<std::chrono::milliseconds>(made.next_alarm - parts_.clock.now());
  // The clock may have jumped while we worked: never longer than the longest wait, never negative.
  ring_in(timer, std::clamp(wait, std::chrono::milliseconds{0}, settings_.longest_wait));
}

void Scheduler::Alarm::ring_in(Poco::Util::Timer& timer, std::chrono::milliseconds wait) {
  if (stopping_) return;
  const Poco::Clock when = Poco::Clock() + std::chrono::microseconds(wait).count();
  timer.schedule(new Ring(*this, timer), when);
}

Scheduler::Scheduler(const SchedulerParts& parts, SchedulerSettings settings)
    : alarm_(std::make_unique<Alarm>(parts, std::move(settings))) {}
Scheduler::~Scheduler() = default;
void Scheduler::start() { alarm_->start(); }
void Scheduler::stop() { alarm_->stop(); }
SchedulerPass Scheduler::pass() { return alarm_->pass(); }
std::optional<Error> Scheduler::not_started() const { return alarm_->not_started(); }

}  // namespace qd::jobs
