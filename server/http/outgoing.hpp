// The part of an answer that is not yet on its way: never more than the socket takes is handed on.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "server/http/message.hpp"
#include "server/http/response_head.hpp"

namespace qd::http {

class Outgoing {
 public:
  enum class Sent { kAll, kSome, kBlocked, kBroken };

  Outgoing() = default;
  // head_only: the request was HEAD, so no body is sent.
  Outgoing(HttpResponse response, const AnswerFraming& framing, bool head_only);

  // Sends until the socket takes no more, or a megabyte is gone (kSome: call again). Never blocks.
  Sent send_to(int socket);

  // More is to come from source(); append() what it gave, an empty piece ends the body.
  bool has_source() const { return source_ != nullptr; }
  std::unique_ptr<BodySource> take_source() { return std::move(source_); }
  void append(const std::string& piece, std::unique_ptr<BodySource> source);

  bool large() const;                           // worth a larger buffer in the kernel
  std::size_t held() const;                     // bytes in memory that are not sent
  std::size_t taken() const { return taken_; }  // bytes the socket took since restart_count()
  void restart_count() { taken_ = 0; }
  void all_is_sent() {
    if (ending_) ending_->end.whole = true;
  }

 private:
  Sent send_piece(int socket, const std::string& text, std::size_t& sent, std::size_t& budget);

  std::string lead_;  // head, with a small body; later: chunks
  std::size_t lead_sent_ = 0;
  std::shared_ptr<const std::string> body_;
  std::size_t body_sent_ = 0;
  std::unique_ptr<BodySource> source_;
  bool chunked_ = false;
  std::size_t taken_ = 0;

  // Tells how the answer ended when it is given up, whichever way.
  struct Ending {
    explicit Ending(std::function<void(const AnswerEnd&)> told) : tell(std::move(told)) {}
    Ending(const Ending&) = delete;
    Ending& operator=(const Ending&) = delete;
    ~Ending() { tell(end); }
    std::function<void(const AnswerEnd&)> tell;
    AnswerEnd end;
  };
  std::unique_ptr<Ending> ending_;  // none: nobody asks
};

}  // namespace qd::http
