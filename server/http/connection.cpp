#include "server/http/connection.hpp"

#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include "server/http/problem.hpp"

namespace qd::http {
namespace {

// Answers larger than a buffer's worth leave fewer system calls behind with this one.
constexpr int kLargeSendBuffer = 1024 * 1024;

Error not_taken(Admission admission) {
  switch (admission) {
    case Admission::kTooOften:
      return {ErrorCode::kTooManyRequests, "this address asks more often than it may",
              "ask for more at once, or wait"};
    case Admission::kStopping:
      return {ErrorCode::kServerBusy, "the server is being stopped", "try again in a moment"};
    default:
      return {ErrorCode::kServerBusy, "too many requests are waiting", "try again in a moment"};
  }
}

SteadyTime now() { return std::chrono::steady_clock::now(); }

}  // namespace

Connection::Connection(Identity identity, ConnectionHost& host, const ConnectionLimits& limits)
    : identity_(std::move(identity)),
      host_(host),
      limits_(limits),
      reader_(limits.request),
      deadline_(now() + limits.idle),
      waiting_since_(now()) {}

void Connection::received(std::string_view bytes) {
  Lock lock(mutex_);
  if (state_ == State::kReading) return consume(lock, bytes);
  if (state_ == State::kAnswering) return hold(bytes);
  drained_ += bytes.size();
  if (state_ == State::kDraining && drained_ > limits_.drain_bytes) close_now();
}

void Connection::consume(Lock& lock, std::string_view bytes) {
  while (!bytes.empty() && state_ == State::kReading) read_some(lock, bytes);
  if (state_ == State::kAnswering) hold(bytes);
}

void Connection::read_some(Lock& lock, std::string_view& bytes) {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  const bool had_begun = reader_.begun(), had_head = reader_.in_body();
  const auto progress = reader_.read(bytes);
  if (!had_begun && reader_.begun()) deadline_ = now() + limits_.head;
  if (!had_head && reader_.in_body()) deadline_ = now() + limits_.body;
  if (progress == RequestReader::Progress::kComplete) return start(lock, reader_.take());
  if (progress == RequestReader::Progress::kRefused) return refuse(lock, reader_.refusal(), peer());
  // A client whose buffer is full after one line would not be reading; it then simply waits.
  if (progress == RequestReader::Progress::kWantsContinue)
    (void)::send(socket(), kContinue.data(), kContinue.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

// Requests sent ahead wait for their turn; a client that sends too many loses the later ones.
void Connection::hold(std::string_view bytes) {
  if (pending_.size() + bytes.size() <= limits_.pending_bytes)
    pending_.append(bytes);
  else
    framing_.keep_alive = false;
}

void Connection::start(Lock& lock, HttpRequest request) {
  state_ = State::kAnswering;
  framing_ = AnswerFraming{request.http_1_1, request.keep_alive};
  head_only_ = request.method == "HEAD";
  host_.name_ends(*this, request);
  const std::string path = request.path, client = request.client;
  const Admission admission = host_.submit(shared_from_this(), std::move(request));
  if (admission != Admission::kTaken) refuse(lock, not_taken(admission), client, path);
}

void Connection::refuse(const Error& error) {
  Lock lock(mutex_);
  refuse(lock, error, peer());
}

void Connection::refuse(Lock& lock, const Error& error, const std::string& client,
                        std::string_view instance) {
  state_ = State::kAnswering;
  framing_.keep_alive = false;
  auto response = problem(error, instance);
  if (response.status == 429) response.headers.emplace_back("Retry-After", "1");
  begin_answer(std::move(response));
  host_.refused(client, error);
  pump(lock, false);
}

void Connection::answer(HttpResponse response) {
  Lock lock(mutex_);
  if (state_ != State::kAnswering) return;
  begin_answer(std::move(response));
  pump(lock, true);
}

void Connection::begin_answer(HttpResponse response) {
  const bool delimited = !response.source || framing_.http_1_1;  // else the end is the close
  framing_.keep_alive =
      framing_.keep_alive && delimited && !response.close && !input_ended_ && !host_.stopping();
  out_ = Outgoing(std::move(response), framing_, head_only_);
  deadline_ = now() + limits_.stall;
  if (!out_.large() || large_buffer_) return;
  large_buffer_ = true;
  ::setsockopt(socket(), SOL_SOCKET, SO_SNDBUF, &kLargeSendBuffer, sizeof kLargeSendBuffer);
}

void Connection::go_on() {
  Lock lock(mutex_);
  if (state_ == State::kAnswering && produce(lock)) pump(lock, true);
}

// That a client is gone is told although nobody waited for it: whoever has the answer then, and not
// this thread, finds out.
void Connection::writable() {
  Lock lock(mutex_);
  if (state_ == State::kAnswering && blocked_) pump(lock, false);
}

// Only one thread at a time is here: whoever got the answer, or whoever was told that the socket
// takes bytes again. may_wait: a pool thread, which may ask the source.
void Connection::pump(Lock& lock, bool may_wait) {
  blocked_ = false;
  while (state_ == State::kAnswering) {
    const auto sent = out_.send_to(socket());
    if (sent == Outgoing::Sent::kBroken) return close_now();
    if (sent == Outgoing::Sent::kBlocked) return wait_until_writable();
    if (sent == Outgoing::Sent::kSome) {
      lock.unlock();  // the thread that reads this socket must not wait for a whole answer
      lock.lock();
      continue;
    }
    if (!out_.has_source()) return finish_answer(lock);
    if (!may_wait) return host_.resume(shared_from_this());
    if (!produce(lock)) return;
  }
}

// false: the connection has ended meanwhile.
bool Connection::produce(Lock& lock) {
  auto source = out_.take_source();
  lock.unlock();
  auto piece = source->next();
  lock.lock();
  if (state_ != State::kAnswering) return false;
  if (!piece) {
    spdlog::error("an answer was cut short: {}", to_text(piece.error()));
    close_now();
    return false;
  }
  out_.append(*piece, std::move(source));
  out_.restart_count();
  deadline_ = now() + limits_.stall;
  return true;
}

void Connection::wait_until_writable() {
  blocked_ = true;
  host_.watch(*this);
}

void Connection::finish_answer(Lock& lock) {
  out_.all_is_sent();
  out_ = Outgoing();
  if (!framing_.keep_alive) return end_output();
  state_ = State::kReading;
  waiting_since_ = now();
  deadline_ = waiting_since_ + limits_.idle;
  const auto pending = std::exchange(pending_, {});
  consume(lock, pending);
  if (input_ended_ && state_ == State::kReading) close_now();
}

// The client gets the whole answer even while it still sends: what it sends is dropped for a while.
void Connection::end_output() {
  ::shutdown(socket(), SHUT_WR);
  state_ = State::kDraining;
  deadline_ = now() + limits_.drain;
  pending_.clear();
  if (input_ended_) close_now();
}

void Connection::close_now() {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  out_ = Outgoing();
  ::shutdown(socket(), SHUT_RDWR);
  host_.forget(*this);
}

// A client may close its sending side and still wait for the answer.
void Connection::lost() {
  Lock lock(mutex_);
  input_ended_ = true;
  if (state_ != State::kAnswering) close_now();
}

void Connection::cut_off() {
  Lock lock(mutex_);
  const linger drop_unsent{1, 0};
  ::setsockopt(socket(), SOL_SOCKET, SO_LINGER, &drop_unsent, sizeof drop_unsent);
  close_now();
}

bool Connection::answering() const {
  Lock lock(mutex_);
  return state_ == State::kAnswering;
}

std::optional<SteadyTime> Connection::waiting_since() const {
  Lock lock(mutex_);
  const bool waits = state_ == State::kReading || state_ == State::kDraining;
  return waits ? std::optional(waiting_since_) : std::nullopt;
}

bool Connection::shed() {
  Lock lock(mutex_);
  if (state_ != State::kReading && state_ != State::kDraining) return false;
  close_now();
  return true;
}

std::size_t Connection::sweep(SteadyTime now) {
  std::size_t held = 0;
  bool stalled = false;
  {
    Lock lock(mutex_, std::try_to_lock);
    if (!lock.owns_lock()) return 0;  // it is being worked on
    if (state_ == State::kReading) sweep_reading(lock, now);
    if (state_ == State::kDraining && now > deadline_) close_now();
    if (state_ == State::kAnswering && blocked_) held = sweep_answer(now);
    stalled = state_ == State::kAnswering && blocked_ && held == 0;
  }
  if (stalled) cut_off();
  return held;
}

void Connection::sweep_reading(Lock& lock, SteadyTime now) {
  if (!reader_.begun() && (now > deadline_ || host_.stopping())) return close_now();
  if (now <= deadline_) return;
  refuse(lock, Error{ErrorCode::kRequestTimedOut, "the request did not arrive in time", ""},
         peer());
}

// Bytes held; 0: the client took too little in its time.
std::size_t Connection::sweep_answer(SteadyTime now) {
  if (now <= deadline_) return out_.held();
  if (out_.taken() < limits_.stall_bytes) return 0;
  out_.restart_count();
  deadline_ = now + limits_.stall;
  return out_.held();
}

}  // namespace qd::http
