#include "mockpanel/wire/request_stream.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace vfstock::mockpanel::wire {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

RequestStream::RequestStream(Connection& connection, std::size_t bytes_max, milliseconds patience)
    : connection_(connection), bytes_left_(bytes_max), deadline_(Steady::now() + patience) {}

milliseconds RequestStream::time_left() const {
  return std::max(std::chrono::ceil<milliseconds>(deadline_ - Steady::now()), milliseconds{0});
}

ssize_t RequestStream::read(char* room, size_t size) {
  size = std::min(size, bytes_left_);
  if (size == 0) return -1;
  // The clock is asked only when the kernel is: the parser takes the head byte by byte.
  const milliseconds patience = connection_.has_buffered() ? milliseconds{0} : time_left();
  const std::size_t got = connection_.read({room, size}, patience);
  bytes_left_ -= got;
  return got > 0 ? static_cast<ssize_t>(got) : -1;
}

ssize_t RequestStream::write(const char* bytes, size_t size) {
  if (!muted_ && !connection_.write(std::string_view(bytes, size), time_left())) return -1;
  return static_cast<ssize_t>(size);
}

void RequestStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void RequestStream::get_local_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

}  // namespace vfstock::mockpanel::wire
