#include "mockpanel/wire/connection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace vfstock::mockpanel::wire {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

/// How long poll() may still wait; a little more than `left`, never less.
int poll_milliseconds(Steady::duration left) {
  constexpr milliseconds most{std::numeric_limits<int>::max()};
  const auto rounded = std::chrono::ceil<milliseconds>(left);
  return static_cast<int>(std::clamp(rounded, milliseconds{0}, most).count());
}

}  // namespace

std::string Connection::peer() const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  std::array<char, INET_ADDRSTRLEN> text{};
  const bool known =
      ::getpeername(descriptor(), reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
      address.sin_family == AF_INET &&
      ::inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size()) != nullptr;
  return known ? text.data() : "";
}

bool Connection::wait(short events, milliseconds patience) const noexcept {
  const auto deadline = Steady::now() + patience;
  pollfd entry{descriptor(), events, 0};
  for (;;) {
    const auto left = deadline - Steady::now();
    const int ready = ::poll(&entry, 1, poll_milliseconds(left));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (left <= Steady::duration::zero()) return false;
  }
}

std::size_t Connection::receive() noexcept {
  constexpr std::size_t piece = 16384;
  buffer_.erase(0, std::exchange(begin_, 0));
  const std::size_t before = buffer_.size();
  buffer_.resize(before + piece);
  const ssize_t got = ::recv(descriptor(), buffer_.data() + before, piece, 0);
  buffer_.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
  if (got == 0) errno = 0;
  return got > 0 ? static_cast<std::size_t>(got) : 0;
}

Gathered Connection::gather(const ArrivalLimits& limits) {
  for (;;) {
    const std::string_view waiting = std::string_view(buffer_).substr(begin_);
    if (!waiting.empty() && has_arrived(waiting, limits)) return Gathered::whole;
    if (receive() > 0) continue;
    if (errno == EINTR) continue;
    const bool nothing_yet = errno == EAGAIN || errno == EWOULDBLOCK;
    if (!nothing_yet || hung_up()) return Gathered::ended;
    return has_buffered() ? Gathered::part : Gathered::nothing;
  }
}

std::size_t Connection::read(std::span<char> room, milliseconds patience) noexcept {
  while (!has_buffered()) {
    if (hung_up()) return 0;
    if (receive() > 0) break;
    const bool nothing_yet = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    if (!nothing_yet || !wait(POLLIN, patience)) return 0;
  }
  const std::size_t count = std::min(room.size(), buffer_.size() - begin_);
  std::memcpy(room.data(), buffer_.data() + begin_, count);
  begin_ += count;
  return count;
}

bool Connection::write(std::string_view bytes, milliseconds patience) noexcept {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!wait(POLLOUT, patience)) return false;
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

bool Connection::wait_for_close(std::optional<milliseconds> longest) noexcept {
  if (longest) return wait(POLLRDHUP, *longest);
  while (!wait(POLLRDHUP, std::chrono::hours{1})) {
  }
  return true;
}

void Connection::finish() noexcept {
  ::shutdown(descriptor(), SHUT_WR);
  // Closing with bytes unread would reset the connection, and the client could lose the answer.
  for (int reads = 0; reads < 64 && receive() > 0; ++reads) buffer_.clear();
  close();
}

void Connection::reset() noexcept {
  const linger at_once{1, 0};
  ::setsockopt(descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

void Connection::hang_up() noexcept {
  hung_up_ = true;
  const std::lock_guard lock(closing_);
  if (socket_) ::shutdown(descriptor(), SHUT_RDWR);
}

void Connection::close() noexcept {
  const std::lock_guard lock(closing_);
  socket_.close();
}

}  // namespace vfstock::mockpanel::wire
