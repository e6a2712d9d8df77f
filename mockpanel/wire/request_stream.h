// What cpp-httplib's parser sees of a connection: its bytes, within limits of size and time.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include <httplib.h>

#include "mockpanel/wire/connection.h"

namespace vfstock::mockpanel::wire {

class RequestStream : public httplib::Stream {
 public:
  /// At most `bytes_max` bytes are read, and nothing after `patience`.
  RequestStream(Connection& connection, std::size_t bytes_max, std::chrono::milliseconds patience);

  /// From now on at most so many bytes. The parser bounds lines and chunked bodies by nothing
  /// itself.
  void limit(std::size_t bytes_max) noexcept { bytes_left_ = bytes_max; }
  /// From now on the parser's own answer is swallowed: the panel's is played instead.
  void mute() noexcept { muted_ = true; }

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* room, size_t size) override;
  ssize_t write(const char* bytes, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  /// Nobody but this stream touches the socket.
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  std::chrono::milliseconds time_left() const;

  Connection& connection_;
  std::size_t bytes_left_;
  std::chrono::steady_clock::time_point deadline_;
  bool muted_ = false;
};

}  // namespace vfstock::mockpanel::wire
