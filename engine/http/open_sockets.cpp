#include "engine/http/open_sockets.h"

#include <algorithm>
#include <new>

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vfstock::http {
namespace {

/// 0 when the socket has none.
int local_port_of(int socket) noexcept {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  if (address.ss_family == AF_INET) {
    return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  }
  if (address.ss_family == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  }
  return 0;
}

bool readable(int socket) noexcept {
  pollfd state{socket, POLLIN, 0};
  return ::poll(&state, 1, 0) != 0;
}

}  // namespace

curl_socket_t OpenSockets::open(void* self, curlsocktype, curl_sockaddr* address) noexcept {
  const int socket = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (socket < 0) return CURL_SOCKET_BAD;
  try {
    static_cast<OpenSockets*>(self)->sockets_.push_back(socket);
  } catch (const std::bad_alloc&) {
    ::close(socket);
    return CURL_SOCKET_BAD;
  }
  return socket;
}

int OpenSockets::close(void* self, curl_socket_t socket) noexcept {
  std::erase(static_cast<OpenSockets*>(self)->sockets_, socket);
  return ::close(socket);
}

bool OpenSockets::unread(int local_port) const noexcept {
  bool found = false;
  for (const int socket : sockets_) {
    if (local_port_of(socket) != local_port) continue;
    found = true;
    if (readable(socket)) return true;
  }
  return !found;
}

bool unread_below_tls(CURL* easy) noexcept {
  const curl_tlssessioninfo* session = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || session == nullptr) {
    return true;
  }
  if (session->internals == nullptr) return false;
  if (session->backend != CURLSSLBACKEND_OPENSSL) return true;
  return SSL_has_pending(static_cast<const SSL*>(session->internals)) == 1;
}

}  // namespace vfstock::http
