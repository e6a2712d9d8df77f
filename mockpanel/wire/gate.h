// The waiting room of the server: every connection that nobody serves at the moment, and the
// listener.
//
// Workers ask for the next thing to do; a connection is given to one worker at a time and comes
// back with park() or is gone with drop(). A connection that says nothing, or half a request,
// therefore costs no worker; it is hung up when its time is over. All functions may be called from
// any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "mockpanel/wire/connection.h"
#include "mockpanel/wire/listener.h"
#include "mockpanel/wire/socket.h"

namespace vfstock::mockpanel::wire {

/// How long a connection may say nothing.
struct GateLimits {
  std::chrono::milliseconds idle;     // between two requests, and before the first
  std::chrono::milliseconds request;  // from the first byte of a request to its last
};

class Gate {
 public:
  /// Beyond these a newcomer takes the place of the connection that has been quiet for longest.
  /// Only where all of them are being served does it wait in the kernel.
  static constexpr std::size_t connections_max = 900;

  /// Listens at once. Throws std::runtime_error with address and reason.
  Gate(const std::string& host, int port, GateLimits limits);

  /// Waits for a connection that has something to read (or has ended); null: the gate is shut.
  std::shared_ptr<Connection> next();
  /// Gives a connection back until the client sends more. `partly`: of its next request a part is
  /// there.
  void park(const Connection& connection, bool partly);
  /// Forgets a connection that its worker has ended.
  void drop(const Connection& connection);

  /// Closes the listener and hangs up every connection, or listens again.
  void refuse(bool on);
  /// Refuses for good, and makes every next() return null.
  void shut();

  int port() const noexcept { return listener_.port(); }

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Guest {
    std::shared_ptr<Connection> connection;
    bool served = false;
    Moment quiet_since;                  // it came, or its latest request was served
    std::optional<Moment> partly_since;  // the beginning of its next request came
  };

  void watch(int descriptor, std::uint64_t serial, bool again);
  void watch_listener(bool again);
  void admit();
  void hang_up_all();
  std::shared_ptr<Connection> take(std::uint64_t serial);
  /// Hangs up every connection whose time is over; their ends are events for the workers.
  void hang_up_late_ones();
  /// Closes the connection that has been quiet for longest; false when all are being served.
  bool make_room();

  std::mutex mutex_;
  Listener listener_;
  Socket events_;  // epoll
  Socket alarm_;   // eventfd, readable once the gate is shut
  GateLimits limits_;
  std::map<std::uint64_t, Guest> guests_;
  Moment looked_ = std::chrono::steady_clock::now();  // for late connections
  std::uint64_t last_serial_;
  bool full_ = false;  // the listener is not watched because no more connections are taken
  bool shut_ = false;
};

}  // namespace vfstock::mockpanel::wire
