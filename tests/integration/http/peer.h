// One accepted connection of the scripted server: bytes in and out, plain or over TLS.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

namespace vfstock::http::testing {

struct SslCleanup {
  void operator()(SSL* session) const noexcept { SSL_free(session); }
};

class Peer {
 public:
  using OnRequest = std::function<void(std::string)>;

  /// Takes the socket over. Speaks TLS when there is a context.
  Peer(int socket, SSL_CTX* tls, OnRequest on_request);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  bool shake_hands();  // true without TLS
  bool write(std::string_view bytes);
  bool read_request();
  bool wait_for_bytes();  // false: the client left instead
  const std::string& last_request() const noexcept { return last_request_; }
  void read_until_closed();
  bool client_left_within(int milliseconds);
  void half_close();
  void reset_on_close();
  void interrupt();  // from any thread: ends whatever the connection waits for

 private:
  long read_some(char* into, std::size_t size);

  int socket_;
  std::unique_ptr<SSL, SslCleanup> session_;
  OnRequest on_request_;
  std::string unread_;
  std::string last_request_;
};

}  // namespace vfstock::http::testing
