#include "core/reading/seals/audit_check.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "core/model/digest.hpp"

namespace qd::reading::seals {
namespace {

constexpr std::size_t kAtOnce = 10'000;  // entries

class Check {
 public:
  Check(const CheckedParts& parts, const std::optional<AuditAnchor>& anchor)
      : parts_(parts), anchor_(anchor) {}

  Result<AuditReport> report() {
    using Step = Result<void> (Check::*)();
    for (const Step step : {&Check::chain, &Check::runs, &Check::keys, &Check::returns})
      if (auto done = (this->*step)(); !done) return fail(done.error());
    return std::move(report_);
  }

 private:
  // Every entry follows from the one before, up to the one that the next would follow from, and
  // others may have been written since.
  Result<void> chain() {
    const auto head = parts_.audit.head();
    if (!head) return fail(head.error());
    noted_ = {{head->number, head->digest}};
    if (anchor_) noted_.emplace(anchor_->number, anchor_->digest);
    for (;;) {
      const auto entries = parts_.audit.entries(report_.last.number, kAtOnce);
      if (!entries) return fail(entries.error());
      for (const AuditEntry& entry : *entries)
        if (!follows(entry)) return {};
      if (entries->size() < kAtOnce) break;
    }
    const auto later = parts_.audit.head();  // the first entry may have been written since
    if (!later) return fail(later.error());
    if (later->number == 0 && report_.last.number > 0)
      broken("the audit does not know its last entry any more");
    for (const auto& [number, digest] : noted_)
      if (number > report_.last.number) broken("entry {} of the audit is gone", number);
    return {};
  }
  // False: what follows cannot be told any more.
  bool follows(const AuditEntry& entry) {
    AuditAnchor& last = report_.last;
    if (entry.number != last.number + 1) {
      broken("the audit lacks entry {}", last.number + 1);
      return false;
    }
    if (entry.digest != chained(last.digest, entry))
      broken("entry {} of the audit ({}, {}) was changed", entry.number, entry.act, entry.subject);
    const auto [begin, end] = noted_.equal_range(entry.number);
    for (auto noted = begin; noted != end; ++noted)
      if (noted->second != entry.digest)
        broken("entry {} of the audit is not the one that was noted", entry.number);
    last = {entry.number, entry.digest};
    if (last.number == 1) first_at_ = entry.at;
    written_[entry.act][entry.subject] = entry.content;  // the newest
    return true;
  }

  const std::map<std::string, std::string>& written(Act act) {
    return written_[std::string(to_text(act))];
  }

  Result<void> runs() {
    const auto all = parts_.runs.runs(std::nullopt, std::nullopt);
    if (!all) return fail(all.error());
    std::set<std::string> there;
    for (const Run& run : *all) {
      there.insert(subject_of_run(run.id));
      if (auto checked = check_run(run); !checked) return checked;
    }
    for (const auto& [subject, digest] : written(Act::kRunCompleted))
      if (there.count(subject) == 0) broken("{} is gone", subject);
    return {};
  }
  Result<void> check_run(const Run& run) {
    const auto& sealed = written(Act::kRunCompleted);
    const auto entry = sealed.find(subject_of_run(run.id));
    if (entry == sealed.end()) {
      if (run.state != RunState::kComplete) return {};
      return of_before(subject_of_run(run.id), run.finished_at.value_or(run.started_at));
    }
    ++report_.n_runs;
    const auto found = parts_.seals.difference(run, entry->second);
    if (!found) return fail(found.error());
    if (*found) broken("{}", **found);
    return {};
  }

  Result<void> keys() {
    const auto all = parts_.keys.list();
    if (!all) return fail(all.error());
    std::set<std::string> there;
    for (const ApiKey& key : *all) {
      there.insert(subject_of_key(key.prefix));
      if (auto checked = check_key(key); !checked) return checked;
    }
    for (const auto& [subject, digest] : written(Act::kKeyCreated))
      if (there.count(subject) == 0) broken("{} is gone", subject);
    return {};
  }
  Result<void> check_key(const ApiKey& key) {
    const auto subject = subject_of_key(key.prefix);
    const auto& created = written(Act::kKeyCreated);
    const auto entry = created.find(subject);
    if (entry == created.end()) return of_before(subject, key.created_at);
    ++report_.n_keys;
    if (entry->second != digest_of(key))
      broken("{} opens something else than it was made for", subject);
    const bool was_revoked = written(Act::kKeyRevoked).count(subject) != 0;
    if (was_revoked && !key.revoked_at) broken("{} was revoked, and opens again", subject);
    if (!was_revoked && key.revoked_at)
      broken("{} opens no more, and nobody wrote it down", subject);
    return {};
  }

  Result<void> returns() {
    for (const auto& [subject, digest] : written(Act::kReturnBuilt)) not_seen_.insert(subject);
    const auto all = parts_.returns.list();
    if (!all) return fail(all.error());
    for (const ReturnRun& listed : *all) {
      not_seen_.erase(subject_of_return(listed));
      if (auto checked = check_return(listed); !checked) return checked;
    }
    for (const auto& subject : not_seen_) broken("{} is gone", subject);
    return {};
  }
  Result<void> check_return(const ReturnRun& listed) {
    const auto& built = written(Act::kReturnBuilt);
    const auto entry = built.find(subject_of_return(listed));
    if (entry == built.end()) return {};
    ++report_.n_returns;
    const auto whole = parts_.returns.find(listed.schedule, listed.period, listed.revision);
    if (!whole) return fail(whole.error());
    const bool is_same =
        *whole && (*whole)->sha256 == entry->second && sha256((*whole)->workbook) == entry->second;
    if (!is_same) broken("{} is not the workbook that was built", entry->first);
    return {};
  }

  // Of before the first entry it is taken as it is; later, it was made since we looked, or nobody
  // wrote it down.
  Result<void> of_before(const std::string& subject, Instant at) {
    const auto entry = parts_.audit.newest(subject);
    if (!entry) return fail(entry.error());
    if (report_.last.number == 0 || at < first_at_)
      ++report_.n_before;
    else if (!*entry)
      broken("{} is there, and nobody wrote down that it was made", subject);
    return {};
  }

  template <class... Values>
  void broken(fmt::format_string<Values...> text, Values&&... values) {
    report_.broken.push_back(fmt::format(text, std::forward<Values>(values)...));
  }

  const CheckedParts& parts_;
  const std::optional<AuditAnchor>& anchor_;
  AuditReport report_;
  std::multimap<std::int64_t, std::string> noted_;  // digests that entries must have, by number
  Instant first_at_{};
  std::map<std::string, std::map<std::string, std::string>> written_;  // act, subject: content
  std::set<std::string> not_seen_;
};

}  // namespace

Result<AuditReport> check_audit(const CheckedParts& parts,
                                const std::optional<AuditAnchor>& anchor) {
  return Check(parts, anchor).report();
}

}  // namespace qd::reading::seals
