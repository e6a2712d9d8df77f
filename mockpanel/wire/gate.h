// The waiting room of the server: every connection that nobody serves at the moment, and the
// listener.
//
// Workers ask for the next thing to do; a connection is given to one worker at a time and comes
// back with park() or is gone with drop(). An idle connection therefore costs no worker. All
// functions may be called from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "mockpanel/wire/connection.h"
#include "mockpanel/wire/listener.h"
#include "mockpanel/wire/socket.h"

namespace vfstock::mockpanel::wire {

class Gate {
 public:
  /// More connections wait in the kernel until one of these is gone.
  static constexpr std::size_t connections_max = 900;

  /// Listens at once. Throws std::runtime_error with address and reason.
  Gate(const std::string& host, int port);

  /// Waits for a connection that has something to read (or has ended); null: the gate is shut.
  std::shared_ptr<Connection> next();
  /// Gives a connection back until the client sends more.
  void park(const Connection& connection);
  /// Forgets a connection that its worker has ended.
  void drop(const Connection& connection);

  /// Closes the listener and hangs up every connection, or listens again.
  void refuse(bool on);
  /// Refuses for good, and makes every next() return null.
  void shut();

  int port() const noexcept { return listener_.port(); }

 private:
  void watch(int descriptor, std::uint64_t serial, bool again);
  void watch_listener(bool again);
  void admit();
  void hang_up_all();
  std::shared_ptr<Connection> find(std::uint64_t serial);

  std::mutex mutex_;
  Listener listener_;
  Socket events_;  // epoll
  Socket alarm_;   // eventfd, readable once the gate is shut
  std::map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  std::uint64_t last_serial_;
  bool full_ = false;  // the listener is not watched because no more connections are taken
  bool shut_ = false;
};

}  // namespace vfstock::mockpanel::wire
