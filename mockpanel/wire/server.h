// The mock panel on real sockets (HTTP/1.1 on loopback by default).
//
// A request becomes an api::Request, `Handler` says what is delivered, and the wire plays it:
// bytes, delays, cuts, resets, silence. The listening socket is the wire's own so that "refused"
// can be real. The handler is called under one mutex, so model, api and injector need none of their
// own; an exception from it becomes a 500 as Laravel would write it.
//
// Worker threads serve requests, not connections: a connection that is idle, or whose request is
// still arriving, occupies none. Only a request that is delayed or kept silent does. Beyond
// `workers` of these at once, requests wait their turn; nobody is turned away.
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
  int port = 0;  // 0: any free port
  /// Stripped before the handler sees the path; "" strips nothing. A path that is not below it
  /// reaches the handler whole, as it lies from the base: "/../../other", so that no route can
  /// answer it.
  std::string base_path = "/api/v1";
  int workers = 32;  // requests served at once, 1 or more
  /// A connection without a request is closed after this time; far longer than any pause of replay.
  std::chrono::milliseconds idle_limit = std::chrono::minutes(10);
  /// True (the panel alone): delays are waited for and silence lasts until the client leaves. False
  /// (replay): delays are not waited for, and a silent exchange calls `held` and keeps the
  /// connection open until the client closes it or `backstop` has passed.
  bool real_time = true;
  std::chrono::milliseconds backstop{5000};
  std::function<void()> held;  // called from a worker thread; must not throw
};

class Server {
 public:
  using Handler = std::function<faults::Delivery(const api::Request&)>;

  /// Binds and listens at once; throws std::runtime_error with address and reason when it cannot.
  Server(ServerOptions options, Handler handler);
  /// Closes every connection and joins every thread; waits for nothing but a handler that is
  /// running.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const noexcept;
  std::string base_url() const;  // "http://127.0.0.1:PORT/api/v1"

  /// While refusing, connections are refused by the kernel (ECONNREFUSED) and kept ones are closed;
  /// the port stays reserved. Returns once the change is in effect. May be called from any thread,
  /// from within the handler too: what that request is answered then never leaves. A delivery that
  /// ends in `refused` comes too late for the kernel, its request has been read: the connection is
  /// closed without a byte, and whoever runs the panel calls refuse(true).
  void refuse(bool on);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vfstock::mockpanel::wire
