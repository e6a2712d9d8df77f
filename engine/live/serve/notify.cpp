#include "engine/live/serve/notify.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace vfstock::serve {

void Notifier::send(const std::string& state) const noexcept {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  if (address_.size() < 2 || address_.size() >= sizeof(to.sun_path)) return;
  std::copy(address_.begin(), address_.end(), to.sun_path);
  if (address_.front() == '@') to.sun_path[0] = '\0';
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
  [[maybe_unused]] const ssize_t sent =
      ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
               reinterpret_cast<const sockaddr*>(&to), size);  // NOLINT: the sockets' own way
  ::close(socket);
}

std::optional<Milliseconds> watchdog_interval(const std::string& watchdog_usec) {
  std::int64_t microseconds = 0;
  const char* const end = watchdog_usec.data() + watchdog_usec.size();
  const auto read = std::from_chars(watchdog_usec.data(), end, microseconds);
  if (read.ec != std::errc() || read.ptr != end || microseconds <= 0) return std::nullopt;
  return std::max(Milliseconds{microseconds / 2000}, Milliseconds{1});
}

}  // namespace vfstock::serve
