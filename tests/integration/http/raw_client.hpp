// A client that says exactly what it is told, and understands answers strictly.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/descriptor.hpp"

namespace qd::test {

struct RawAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case; the last of a name
  std::string body;
  bool complete = false;  // false: the connection ended, or nothing came in time
};

class RawClient {
 public:
  // from: which of this machine's 127.0.0.x it comes from.
  explicit RawClient(std::uint16_t port, unsigned from = 1)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in own = loopback(from), address = loopback(1);
    address.sin_port = htons(port);
    connected_ =
        ::bind(socket_.get(), reinterpret_cast<sockaddr*>(&own), sizeof own) == 0 &&
        ::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  bool connected() const { return connected_; }

  // Whether all of it was taken.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void end_sending() { ::shutdown(socket_.get(), SHUT_WR); }

  // The next answer. head_only: of a HEAD request.
  RawAnswer read_answer(bool head_only = false) {
    RawAnswer answer;
    const auto end = wait_for("\r\n\r\n");
    if (!end) return answer;
    parse_head(std::string_view(buffer_).substr(0, *end), answer);
    buffer_.erase(0, *end);
    answer.complete = head_only || answer.status == 304 || answer.status == 204 ||
                      (answer.status / 100 != 1 ? read_body(answer) : true);
    return answer;
  }

  // True when the server ends the connection and has nothing more to say.
  bool ended() {
    while (receive()) continue;
    return eof_ && buffer_.empty();
  }
  std::string& buffer() { return buffer_; }
  int socket() const { return socket_.get(); }

 private:
  static sockaddr_in loopback(unsigned last) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + last);
    return address;
  }

  static constexpr int kPatienceMilliseconds = 60'000;  // only a failing test waits so long

  bool receive() {
    pollfd ready{socket_.get(), POLLIN, 0};
    if (eof_ || ::poll(&ready, 1, kPatienceMilliseconds) != 1) return false;
    char bytes[65536];
    const auto n = ::recv(socket_.get(), bytes, sizeof bytes, 0);
    eof_ = n <= 0;
    if (n > 0) buffer_.append(bytes, static_cast<std::size_t>(n));
    return n > 0;
  }

  std::optional<std::size_t> wait_for(std::string_view mark) {
    for (;;) {
      const auto at = buffer_.find(mark);
      if (at != std::string::npos) return at + mark.size();
      if (!receive()) return std::nullopt;
    }
  }

  static void parse_head(std::string_view head, RawAnswer& answer) {
    std::from_chars(head.data() + 9, head.data() + 12, answer.status);
    head.remove_prefix(head.find("\r\n") + 2);
    while (head.size() > 2) {
      const auto line = head.substr(0, head.find("\r\n"));
      std::string name(line.substr(0, line.find(':')));
      for (char& c : name) c = static_cast<char>(::tolower(c));
      answer.headers[name] = line.substr(line.find(':') + 2);
      head.remove_prefix(line.size() + 2);
    }
  }

  bool read_body(RawAnswer& answer) {
    if (answer.headers.count("transfer-encoding") != 0) return read_chunks(answer);
    if (answer.headers.count("content-length") == 0) {
      while (receive()) continue;
      answer.body.swap(buffer_);
      return eof_;
    }
    const auto length = std::stoul(answer.headers["content-length"]);
    while (buffer_.size() < length)
      if (!receive()) return false;
    answer.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return true;
  }

  bool read_chunks(RawAnswer& answer) {
    for (;;) {
      const auto line = wait_for("\r\n");
      if (!line) return false;
      const auto length = std::stoul(buffer_.substr(0, *line), nullptr, 16);
      while (buffer_.size() < *line + length + 2)
        if (!receive()) return false;
      answer.body += buffer_.substr(*line, length);
      buffer_.erase(0, *line + length + 2);
      if (length == 0) return true;
    }
  }

  http::Descriptor socket_;
  bool connected_ = false;
  bool eof_ = false;
  std::string buffer_;
};

}  // namespace qd::test
