#include "tests/integration/http/peer.h"

#include <array>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vfstock::http::testing {

Peer::Peer(int socket, SSL_CTX* tls, OnRequest on_request)
    : socket_(socket),
      session_(tls != nullptr ? SSL_new(tls) : nullptr),
      on_request_(std::move(on_request)) {
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (session_) SSL_set_fd(session_.get(), socket_);
}

Peer::~Peer() { ::close(socket_); }

bool Peer::shake_hands() { return !session_ || SSL_accept(session_.get()) == 1; }

bool Peer::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const long sent = session_
                          ? SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size()))
                          : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Peer::wait_for_bytes() {
  std::array<char, 512> bytes{};
  return read_some(bytes.data(), bytes.size()) > 0;
}

bool Peer::read_request() {
  constexpr std::string_view head_end = "\r\n\r\n";
  std::array<char, 4096> chunk{};
  auto end = unread_.find(head_end);
  while (end == std::string::npos) {
    const long got = read_some(chunk.data(), chunk.size());
    if (got <= 0) return false;
    unread_.append(chunk.data(), static_cast<std::size_t>(got));
    end = unread_.find(head_end);
  }
  last_request_ = unread_.substr(0, end + head_end.size());
  on_request_(last_request_);
  unread_.erase(0, end + head_end.size());
  return true;
}

void Peer::read_until_closed() {
  std::array<char, 4096> chunk{};
  while (read_some(chunk.data(), chunk.size()) > 0) {
  }
}

bool Peer::client_left_within(int milliseconds) {
  pollfd state{socket_, POLLIN, 0};
  return ::poll(&state, 1, milliseconds) > 0;
}

void Peer::half_close() { ::shutdown(socket_, SHUT_WR); }

void Peer::reset_on_close() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void Peer::interrupt() { ::shutdown(socket_, SHUT_RDWR); }

long Peer::read_some(char* into, std::size_t size) {
  return session_ ? SSL_read(session_.get(), into, static_cast<int>(size))
                  : ::recv(socket_, into, size, 0);
}

}  // namespace vfstock::http::testing
