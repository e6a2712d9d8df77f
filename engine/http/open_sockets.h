// The sockets that libcurl holds open, so that a kept connection can be checked before it is used
// again.
//
// HTTP/1.1 has no request numbers: whatever lies unread on a kept connection becomes the answer to
// the next request, and one package's figures would be read as another's. libcurl 7.88 looks only
// whether the connection is still open.
//
// What this cannot see: bytes that libcurl has read together with an answer and thrown away (they
// are never served), and bytes that arrive only after the next request has left (nobody can tell
// those from its answer; that an answer names the package it is about is checked where it is
// decoded).
#pragma once

#include <vector>

#include <curl/curl.h>

namespace vfstock::http {

/// Must outlive every connection that was opened through it.
class OpenSockets {
 public:
  OpenSockets() = default;
  OpenSockets(const OpenSockets&) = delete;
  OpenSockets& operator=(const OpenSockets&) = delete;

  /// For CURLOPT_OPENSOCKETFUNCTION and CURLOPT_CLOSESOCKETFUNCTION, with `this` as their data.
  static curl_socket_t open(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;
  static int close(void* self, curl_socket_t socket) noexcept;

  /// True when a socket with this local port has bytes to read or has been closed by the peer, and
  /// also when none has it: what cannot be checked is not trusted.
  bool unread(int local_port) const noexcept;

 private:
  std::vector<curl_socket_t> sockets_;
};

/// True when the TLS session that `easy` is about to use has decrypted bytes waiting that the
/// socket no longer shows. False on a connection without TLS.
bool unread_below_tls(CURL* easy) noexcept;

}  // namespace vfstock::http
