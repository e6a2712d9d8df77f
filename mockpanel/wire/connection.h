// One accepted connection: gathering a request without waiting, buffered reading, whole writing,
// waiting, and the ways to end it.
//
// Used by one worker at a time; hang_up() alone may be called from any thread and makes every wait,
// read and write of the worker end at once. Nothing here throws.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "mockpanel/wire/arrival.h"
#include "mockpanel/wire/socket.h"

namespace vfstock::mockpanel::wire {

/// How far the next request of a connection is.
enum class Gathered {
  nothing,  // not a byte of it is there
  part,     // its beginning is there
  whole,    // a worker can serve it without waiting
  ended,    // the client has closed or failed before it was whole
};

class Connection {
 public:
  Connection(std::uint64_t serial, Socket socket) noexcept
      : serial_(serial), socket_(std::move(socket)) {}

  /// Names this connection among all that the server ever had.
  std::uint64_t serial() const noexcept { return serial_; }
  int descriptor() const noexcept { return socket_.descriptor(); }

  /// The address of the client, e.g. "127.0.0.1"; empty when it cannot be told.
  std::string peer() const;

  /// Takes what has arrived from the kernel, without waiting.
  Gathered gather(const ArrivalLimits& limits);
  /// Up to `room.size()` bytes; 0 when the client has closed, failed, or sent nothing for
  /// `patience`.
  std::size_t read(std::span<char> room, std::chrono::milliseconds patience) noexcept;
  /// Whether bytes have been taken from the kernel and not yet read.
  bool has_buffered() const noexcept { return begin_ < buffer_.size(); }
  /// All of it, or false: the client has gone or takes nothing for `patience`.
  bool write(std::string_view bytes, std::chrono::milliseconds patience) noexcept;

  /// Waits until the client closes its side or the server hangs up, at most `longest` (empty:
  /// without end). True when one of them has happened. What the client sends meanwhile stays
  /// unread.
  bool wait_for_close(std::optional<std::chrono::milliseconds> longest) noexcept;

  /// Says goodbye so that the client receives everything that was written.
  void finish() noexcept;
  /// Tears the connection down: the client sees ECONNRESET.
  void reset() noexcept;

  void hang_up() noexcept;
  bool hung_up() const noexcept { return hung_up_.load(); }

 private:
  bool wait(short events, std::chrono::milliseconds patience) const noexcept;
  /// Appends to the buffer; 0 when nothing came, for the reason in errno (0: the client has
  /// closed).
  std::size_t receive() noexcept;
  void close() noexcept;

  std::uint64_t serial_;
  /// Keeps hang_up() from a descriptor that the worker has just closed.
  std::mutex closing_;
  Socket socket_;
  std::atomic<bool> hung_up_ = false;
  std::string buffer_;
  std::size_t begin_ = 0;  // what lies before it has been read
};

}  // namespace vfstock::mockpanel::wire
