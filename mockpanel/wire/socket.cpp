#include "mockpanel/wire/socket.h"

#include <unistd.h>

namespace vfstock::mockpanel::wire {

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this != &other) {
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

void Socket::close() noexcept {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

}  // namespace vfstock::mockpanel::wire
