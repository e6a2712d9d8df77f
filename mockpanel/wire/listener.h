// The listening end of the mock panel: opens, closes and re-opens one port that stays its own.
//
// A second socket is bound to the port and never listens. While the listener is closed the kernel
// refuses connections (ECONNREFUSED) and yet nobody else can be given the port. Not thread safe.
#pragma once

#include <string>

#include "mockpanel/wire/socket.h"

namespace vfstock::mockpanel::wire {

class Listener {
 public:
  /// Binds without listening; port 0 means any free one. Throws std::runtime_error with address and
  /// reason.
  Listener(const std::string& host, int port);

  /// Listens; does nothing when it already does. Throws std::runtime_error with address and reason.
  void open();
  /// Connections are refused from now on; those waiting to be accepted are reset.
  void close() noexcept { listening_.close(); }
  bool is_open() const noexcept { return static_cast<bool>(listening_); }

  /// A connection (non-blocking, TCP_NODELAY); none when nobody waits or when the process has no
  /// descriptor left.
  Socket accept() noexcept;

  /// To wait on; -1 while closed.
  int descriptor() const noexcept { return listening_.descriptor(); }
  int port() const noexcept { return port_; }

 private:
  Socket bind_socket(int port) const;

  std::string host_;
  int port_ = 0;
  Socket reservation_;
  Socket listening_;
};

}  // namespace vfstock::mockpanel::wire
