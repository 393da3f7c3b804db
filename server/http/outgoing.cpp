#include "server/http/outgoing.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "server/http/request_reader.hpp"

namespace qd::http {
namespace {

constexpr std::size_t kPieceBytes = 128 * kKilobyte;   // of one send
constexpr std::size_t kBurstBytes = 1024 * kKilobyte;  // then others may have the connection's lock
constexpr std::size_t kSmallBytes = 16 * kKilobyte;  // a body that goes out together with its head
constexpr std::size_t kLargeBytes = 64 * kKilobyte;

}  // namespace

Outgoing::Outgoing(HttpResponse response, const AnswerFraming& framing, bool head_only)
    : lead_(response_head(response, framing)) {
  if (response.when_over) ending_ = std::make_unique<Ending>(std::move(response.when_over));
  if (head_only || !has_body(response.status)) return;
  chunked_ = response.source != nullptr && framing.http_1_1;
  source_ = std::move(response.source);
  body_ = std::move(response.body);
  if (!body_ || body_->size() > kSmallBytes) return;
  lead_ += *body_;
  body_.reset();
}

bool Outgoing::large() const {
  return source_ != nullptr || (body_ && body_->size() > kLargeBytes);
}

std::size_t Outgoing::held() const {
  return lead_.size() - lead_sent_ + (body_ ? body_->size() - body_sent_ : 0);
}

Outgoing::Sent Outgoing::send_to(int socket) {
  std::size_t budget = kBurstBytes;
  auto sent = send_piece(socket, lead_, lead_sent_, budget);
  if (sent == Sent::kAll && body_) sent = send_piece(socket, *body_, body_sent_, budget);
  return sent;
}

Outgoing::Sent Outgoing::send_piece(int socket, const std::string& text, std::size_t& sent,
                                    std::size_t& budget) {
  while (sent < text.size()) {
    if (budget == 0) return Sent::kSome;
    const auto n = std::min({text.size() - sent, kPieceBytes, budget});
    const auto gone = ::send(socket, text.data() + sent, n, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (gone < 0 && errno == EINTR) continue;
    if (gone < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? Sent::kBlocked : Sent::kBroken;
    sent += static_cast<std::size_t>(gone);
    budget -= static_cast<std::size_t>(gone);
    taken_ += static_cast<std::size_t>(gone);
    if (ending_) ending_->end.bytes += static_cast<std::uint64_t>(gone);
  }
  return Sent::kAll;
}

void Outgoing::append(const std::string& piece, std::unique_ptr<BodySource> source) {
  lead_.erase(0, lead_sent_);
  lead_sent_ = 0;
  if (chunked_) lead_ += fmt::format("{:x}\r\n", piece.size());
  if (!piece.empty()) source_ = std::move(source);
  lead_ += piece;
  if (chunked_) lead_ += "\r\n";
}

}  // namespace qd::http
