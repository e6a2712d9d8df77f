#include "tests/integration/store/tls_relay.h"

#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vfstock::store {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool send_all(int to, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = send(to, bytes, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

}  // namespace

TlsRelay::TlsRelay(const mockpanel::wire::Certificate& certificate, int behind)
    : context_(SSL_CTX_new(TLS_server_method())), behind_(behind) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (SSL_CTX_use_certificate(context_.get(), certificate.x509()) != 1 ||
      SSL_CTX_use_PrivateKey(context_.get(), certificate.key()) != 1 ||
      bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      listen(listener_, 16) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no TLS relay");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

TlsRelay::~TlsRelay() {
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  {
    const std::scoped_lock lock(mutex_);
    for (const Connection& connection : connections_) {
      shutdown(connection.client, SHUT_RDWR);
      shutdown(connection.server, SHUT_RDWR);
    }
  }
  for (Connection& connection : connections_) {
    connection.thread.join();
    close(connection.client);
    close(connection.server);
  }
  close(listener_);
}

void TlsRelay::serve() {
  for (;;) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const std::scoped_lock lock(mutex_);
    Connection& connection = connections_.emplace_back();
    connection.client = client;
    connection.server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    connection.thread = std::thread([this, &connection] { pass_on(connection); });
  }
}

void TlsRelay::pass_on(Connection& connection) {
  const std::unique_ptr<SSL, Closing> session(SSL_new(context_.get()));
  SSL_set_fd(session.get(), connection.client);
  const sockaddr_in address = loopback(behind_);
  std::array<char, 16384> bytes{};
  bool open =
      SSL_accept(session.get()) == 1 &&
      connect(connection.server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  while (open) {
    std::array<pollfd, 2> waiting{{{connection.client, POLLIN, 0}, {connection.server, POLLIN, 0}}};
    if (SSL_pending(session.get()) == 0) poll(waiting.data(), waiting.size(), -1);
    if (SSL_pending(session.get()) > 0 || waiting[0].revents != 0) {
      const int got = SSL_read(session.get(), bytes.data(), static_cast<int>(bytes.size()));
      open = got > 0 && send_all(connection.server, bytes.data(), static_cast<std::size_t>(got));
    }
    if (open && waiting[1].revents != 0) {
      const ssize_t got = recv(connection.server, bytes.data(), bytes.size(), 0);
      open = got > 0 && SSL_write(session.get(), bytes.data(), static_cast<int>(got)) > 0;
    }
  }
  shutdown(connection.client, SHUT_RDWR);
  shutdown(connection.server, SHUT_RDWR);
}

}  // namespace vfstock::store
