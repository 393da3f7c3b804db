// Answers that were written before and still hold.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "server/http/message.hpp"

namespace qd::rest {

struct CachedAnswer {
  std::string etag;  // of the data it was made from
  std::vector<http::HttpField> headers;
  std::shared_ptr<const std::string> body;
};

// The least recently used go first. Thread-safe.
class AnswerCache {
 public:
  explicit AnswerCache(std::size_t bytes) : bytes_(bytes) {}

  // nullopt: none, or made from other data.
  std::optional<CachedAnswer> find(const std::string& question, const std::string& etag);
  void keep(const std::string& question, CachedAnswer answer);

 private:
  struct Entry {
    std::string question;
    CachedAnswer answer;
  };
  static std::size_t size_of(const Entry& entry);
  void drop(std::list<Entry>::iterator entry);

  std::size_t bytes_, used_ = 0;
  std::mutex mutex_;
  std::list<Entry> entries_;  // the most recently used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_question_;
};

}  // namespace qd::rest
