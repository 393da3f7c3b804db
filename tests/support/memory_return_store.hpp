// Schedules, returns and deliveries in memory with the rules of the real stores. Thread-safe.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/ports/delivery_store.hpp"
#include "core/ports/return_store.hpp"
#include "core/ports/schedule_store.hpp"

namespace qd {

class MemoryReturnStore final : public ReturnStore, public DeliveryStore, public ScheduleStore {
 public:
  // Asked before every call with its name; an error is what the call then gives. A write that
  // fails did not happen, unless the name is asked again behind it: "store_built after" and so on,
  // where an error means: it happened, but the answer was lost.
  std::function<Result<void>(const std::string& step)> on_step = [](const std::string&) {
    return Result<void>{};
  };

  Result<Schedule> add(const Schedule& schedule) override {
    if (const auto step = on_step("add"); !step) return fail(step.error());
    const std::lock_guard lock(mutex_);
    return schedules_.try_emplace(schedule.id, schedule).first->second;
  }

  Result<void> save(const Schedule& schedule) override {
    const std::lock_guard lock(mutex_);
    schedules_[schedule.id] = schedule;
    return {};
  }

  Result<std::vector<Schedule>> schedules() override {
    if (const auto step = on_step("schedules"); !step) return fail(step.error());
    const std::lock_guard lock(mutex_);
    std::vector<Schedule> all;
    for (const auto& [id, schedule] : schedules_) all.push_back(schedule);
    return all;
  }

  Result<std::optional<ReturnRun>> claim(const std::string& schedule, const std::string& period,
                                         int revision, Instant now, Instant lease_until) override {
    if (const auto step = on_step("claim"); !step) return fail(step.error());
    std::optional<ReturnRun> given;
    {
      const std::lock_guard lock(mutex_);
      given = take({schedule, period, revision}, now, lease_until);
      if (given) given->workbook.clear();  // like the real one: who wants the bytes asks for them
    }
    if (const auto step = on_step("claim after"); !step) return fail(step.error());
    return given;
  }

  Result<void> store_built(const ReturnRun& run) override { return store("store_built", run); }
  Result<void> store_delivered(const ReturnRun& run) override {
    return store("store_delivered", run);
  }
  Result<void> store_failed(const ReturnRun& run) override { return store("store_failed", run); }

  Result<std::vector<ReturnRun>> list() override {
    if (const auto step = on_step("list"); !step) return fail(step.error());
    const std::lock_guard lock(mutex_);
    std::vector<ReturnRun> all;
    for (const auto& [key, run] : runs_) {
      all.push_back(run);
      all.back().workbook.clear();
    }
    return all;
  }

  Result<std::optional<ReturnRun>> find(const std::string& schedule, const std::string& period,
                                        int revision) override {
    if (const auto step = on_step("find"); !step) return fail(step.error());
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find({schedule, period, revision});
    if (found == runs_.end()) return std::optional<ReturnRun>{};
    return std::optional(found->second);
  }

  Result<Delivery> plan(const ReturnRun& run, const Delivery& wanted) override {
    if (const auto step = on_step("plan"); !step) return fail(step.error());
    Delivery kept;
    {
      const std::lock_guard lock(mutex_);
      if (!holds(run)) return taken_over();
      const auto [found, added] =
          deliveries_.try_emplace({run.id, wanted.recipient, wanted.channel}, wanted);
      if (added) found->second.id = static_cast<std::int64_t>(deliveries_.size());
      kept = found->second;
    }
    if (const auto step = on_step("plan after"); !step) return fail(step.error());
    return kept;
  }

  Result<void> store_delivered(const ReturnRun& run, const Delivery& delivery) override {
    if (const auto step = on_step("delivery"); !step) return step;
    {
      const std::lock_guard lock(mutex_);
      Delivery& kept = deliveries_[{run.id, delivery.recipient, delivery.channel}];
      if (!holds(run) || kept.state == DeliveryState::kDelivered) return taken_over();
      kept = delivery;
    }
    return on_step("delivery after");
  }

  Result<std::vector<Delivery>> deliveries() override {
    const std::lock_guard lock(mutex_);
    std::vector<Delivery> all;
    for (const auto& [key, delivery] : deliveries_) all.push_back(delivery);
    return all;
  }

 private:
  using Key = std::tuple<std::string, std::string, int>;

  static tl::unexpected<Error> taken_over() {
    return fail(ErrorCode::kStoreConflict, "another process has taken this return over");
  }

  std::optional<ReturnRun> take(const Key& key, Instant now, Instant lease_until) {
    const auto [found, inserted] = runs_.try_emplace(key);
    ReturnRun& run = found->second;
    if (inserted) {
      run.id = static_cast<std::int64_t>(runs_.size());
      std::tie(run.schedule, run.period, run.revision) = key;
    } else if (run.state == ReturnState::kDelivered ||
               (run.state != ReturnState::kFailed && run.lease_until > now)) {
      return std::nullopt;
    }
    run.state = ReturnState::kClaimed;
    ++run.fence;
    run.claimed_at = now;
    run.lease_until = lease_until;
    return run;
  }

  bool holds(const ReturnRun& run) {
    const ReturnRun& kept = runs_[{run.schedule, run.period, run.revision}];
    return kept.fence == run.fence && kept.state == ReturnState::kBuilt;
  }

  // Some delivery is made, and none is planned only.
  bool all_delivered(const ReturnRun& run) const {
    int n_made = 0;
    for (const auto& [key, delivery] : deliveries_) {
      if (delivery.return_run != run.id) continue;
      if (delivery.state == DeliveryState::kPlanned) return false;
      ++n_made;
    }
    return n_made > 0;
  }

  Result<void> store(const std::string& name, const ReturnRun& run) {
    if (const auto step = on_step(name); !step) return step;
    {
      const std::lock_guard lock(mutex_);
      ReturnRun& kept = runs_[{run.schedule, run.period, run.revision}];
      const bool delivered = name == "store_delivered";
      const bool open =
          kept.state == ReturnState::kBuilt || (kept.state == ReturnState::kClaimed && !delivered);
      if (kept.fence != run.fence || !open || (delivered && !all_delivered(run)))
        return taken_over();
      kept = run;
    }
    return on_step(name + " after");
  }

  std::mutex mutex_;
  std::map<std::string, Schedule> schedules_;
  std::map<Key, ReturnRun> runs_;
  std::map<std::tuple<std::int64_t, std::string, DeliveryChannel>, Delivery> deliveries_;
};

}  // namespace qd
