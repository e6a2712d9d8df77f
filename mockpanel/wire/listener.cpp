#include "mockpanel/wire/listener.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace vfstock::mockpanel::wire {
namespace {

[[noreturn]] void refuse_start(const std::string& host, int port, const std::string& reason) {
  throw std::runtime_error(fmt::format(
      "mock panel cannot listen on {}:{}: {}; choose another address or port", host, port, reason));
}

std::string last_error() { return std::generic_category().message(errno); }

sockaddr_in address_of(const std::string& host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  if (port < 0 || port > UINT16_MAX) refuse_start(host, port, "no such port");
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const char* const numeric = host == "localhost" ? "127.0.0.1" : host.c_str();
  if (::inet_pton(AF_INET, numeric, &address.sin_addr) != 1) {
    refuse_start(host, port, "not an IPv4 address");
  }
  return address;
}

int bound_port(const Socket& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket.descriptor(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

Listener::Listener(const std::string& host, int port)
    : host_(host), port_(port), reservation_(bind_socket(port)) {
  port_ = bound_port(reservation_);
}

Socket Listener::bind_socket(int port) const {
  const sockaddr_in address = address_of(host_, port);
  Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) refuse_start(host_, port, last_error());
  const int on = 1;
  ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    refuse_start(host_, port, last_error());
  return socket;
}

void Listener::open() {
  if (listening_) return;
  Socket socket = bind_socket(port_);
  if (::listen(socket.descriptor(), SOMAXCONN) != 0) refuse_start(host_, port_, last_error());
  listening_ = std::move(socket);
}

Socket Listener::accept() noexcept {
  if (!listening_) return {};
  Socket connection(
      ::accept4(listening_.descriptor(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!connection) return {};
  // Without it a kept connection costs 40 ms a request.
  const int on = 1;
  ::setsockopt(connection.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return connection;
}

}  // namespace vfstock::mockpanel::wire
