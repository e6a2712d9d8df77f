// TLS in front of a plain port on loopback: a panel behind the kind of proxy that ends TLS for it.
#pragma once

#include <list>
#include <mutex>
#include <string>
#include <thread>

#include <openssl/ssl.h>

#include "mockpanel/wire/certificate.h"

namespace vfstock::store {

class TlsRelay {
 public:
  /// Shows `certificate` on a port of its own and passes on to `behind`.
  TlsRelay(const mockpanel::wire::Certificate& certificate, int behind);
  ~TlsRelay();
  TlsRelay(const TlsRelay&) = delete;
  TlsRelay& operator=(const TlsRelay&) = delete;

  std::string url() const { return "https://127.0.0.1:" + std::to_string(port_) + "/api/v1"; }

 private:
  struct Closing {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
    void operator()(SSL* session) const noexcept { SSL_free(session); }
  };
  struct Connection {
    int client = -1, server = -1;
    std::thread thread;
  };
  void serve();
  void pass_on(Connection& connection);

  std::unique_ptr<SSL_CTX, Closing> context_;
  int behind_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::list<Connection> connections_;
  std::thread thread_;
};

}  // namespace vfstock::store
