#include "server/rest/answer_cache.hpp"

namespace qd::rest {

std::size_t AnswerCache::size_of(const Entry& entry) {
  constexpr std::size_t kOverhead = 512;
  return entry.question.size() + entry.answer.body->size() + kOverhead;
}

std::optional<CachedAnswer> AnswerCache::find(const std::string& question,
                                              const std::string& etag) {
  const std::lock_guard lock(mutex_);
  const auto found = by_question_.find(question);
  if (found == by_question_.end() || found->second->answer.etag != etag) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->answer;
}

void AnswerCache::keep(const std::string& question, CachedAnswer answer) {
  Entry entry{question, std::move(answer)};
  const auto size = size_of(entry);
  if (size > bytes_ / 8) return;
  const std::lock_guard lock(mutex_);
  if (const auto old = by_question_.find(question); old != by_question_.end()) drop(old->second);
  while (used_ + size > bytes_) drop(std::prev(entries_.end()));
  entries_.push_front(std::move(entry));
  by_question_[question] = entries_.begin();
  used_ += size;
}

void AnswerCache::drop(std::list<Entry>::iterator entry) {
  used_ -= size_of(*entry);
  by_question_.erase(entry->question);
  entries_.erase(entry);
}

}  // namespace qd::rest
