// The mock panel on real sockets (HTTP/1.1 on loopback by default).
//
// A request becomes an api::Request, `Handler` says what is delivered, and the wire plays it: bytes,
// delays, cuts, resets, silence. The listening socket is the wire's own so that "refused" can be real.
// Worker threads serve connections; the handler is called under one mutex, so model, api and injector
// need none of their own.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "mockpanel/api/message.h"
#include "mockpanel/faults/delivery.h"

namespace vfstock::mockpanel::wire {

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;      // 0: any free port
  std::string base_path = "/api/v1";  // stripped before the handler sees the path
  int workers = 32;  // connections served at once
  /// True (the panel alone): delays are slept and silence lasts until the client leaves. False
  /// (replay): delays are not waited for, and a silent exchange calls `held` and keeps the connection
  /// open until the client closes it or `backstop` has passed.
  bool real_time = true;
  std::chrono::milliseconds backstop{5000};
  std::function<void()> held;  // called from a worker thread
};

class Server {
 public:
  using Handler = std::function<faults::Delivery(const api::Request&)>;

  /// Binds and listens at once; throws std::runtime_error with address and reason when it cannot.
  Server(ServerOptions options, Handler handler);
  ~Server();  // closes every connection and joins every thread
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const noexcept;
  std::string base_url() const;  // "http://127.0.0.1:PORT/api/v1"

  /// While refusing, connections are refused by the kernel and kept ones are closed. Returns once the
  /// change is in effect.
  void refuse(bool on);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vfstock::mockpanel::wire
