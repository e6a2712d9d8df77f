#include "mockpanel/wire/gate.h"

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace vfstock::mockpanel::wire {
namespace {

/// What an event is about; connections have the serials above.
constexpr std::uint64_t the_alarm = 0;
constexpr std::uint64_t the_listener = 1;

Socket opened(int descriptor) {
  if (descriptor < 0) {
    throw std::runtime_error("mock panel cannot wait for connections: " +
                             std::generic_category().message(errno));
  }
  return Socket(descriptor);
}

}  // namespace

Gate::Gate(const std::string& host, int port, GateLimits limits)
    : listener_(host, port),
      events_(opened(::epoll_create1(EPOLL_CLOEXEC))),
      alarm_(opened(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))),
      limits_(limits),
      last_serial_(the_listener) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = the_alarm;
  ::epoll_ctl(events_.descriptor(), EPOLL_CTL_ADD, alarm_.descriptor(), &event);
  listener_.open();
  watch_listener(false);
}

std::shared_ptr<Connection> Gate::next() {
  for (;;) {
    epoll_event event{};
    // Late connections are looked for while there is nothing else to do, and a second apart.
    const int count = ::epoll_wait(events_.descriptor(), &event, 1, 1000);
    hang_up_late_ones();
    if (count < 1) continue;
    if (event.data.u64 == the_alarm) return nullptr;
    if (event.data.u64 == the_listener) {
      admit();
    } else if (auto connection = take(event.data.u64)) {
      return connection;
    }
  }
}

void Gate::park(const Connection& connection, bool partly) {
  // The next worker takes this lock before it touches the connection, and so sees what this one
  // did.
  const std::lock_guard lock(mutex_);
  const auto found = guests_.find(connection.serial());
  if (found == guests_.end()) return;
  Guest& guest = found->second;
  guest.served = false;
  const Moment now = std::chrono::steady_clock::now();
  if (!partly) {
    guest.partly_since.reset();
    guest.quiet_since = now;
  } else if (!guest.partly_since) {
    guest.partly_since = now;
  }
  watch(connection.descriptor(), connection.serial(), true);
}

void Gate::drop(const Connection& connection) {
  const std::lock_guard lock(mutex_);
  guests_.erase(connection.serial());
  if (full_ && listener_.is_open()) {
    full_ = false;
    watch_listener(true);
  }
}

void Gate::refuse(bool on) {
  const std::lock_guard lock(mutex_);
  if (shut_) return;
  if (on) {
    listener_.close();
    hang_up_all();
  } else if (!listener_.is_open()) {
    listener_.open();
    full_ = false;
    watch_listener(false);
  }
}

void Gate::shut() {
  const std::lock_guard lock(mutex_);
  shut_ = true;
  listener_.close();
  hang_up_all();
  ::eventfd_write(alarm_.descriptor(), 1);
}

/// One event goes to one worker: what it is about is not watched again until the worker says so.
void Gate::watch(int descriptor, std::uint64_t serial, bool again) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;
  event.data.u64 = serial;
  ::epoll_ctl(events_.descriptor(), again ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, &event);
}

void Gate::watch_listener(bool again) { watch(listener_.descriptor(), the_listener, again); }

void Gate::admit() {
  // The lock is held from accepting to knowing: refuse() must miss no connection.
  const std::lock_guard lock(mutex_);
  bool out_of_room = false;
  while (listener_.is_open() && !out_of_room) {
    if (guests_.size() >= connections_max && !make_room()) {
      out_of_room = true;
      break;
    }
    Socket socket = listener_.accept();
    if (!socket) {
      const bool out_of_descriptors = errno == EMFILE || errno == ENFILE;
      if (out_of_descriptors && make_room()) continue;
      out_of_room = out_of_descriptors && !guests_.empty();
      break;
    }
    const std::uint64_t serial = ++last_serial_;
    Guest guest;
    guest.connection = std::make_shared<Connection>(serial, std::move(socket));
    guest.quiet_since = std::chrono::steady_clock::now();
    const int descriptor = guest.connection->descriptor();
    guests_.emplace(serial, std::move(guest));
    watch(descriptor, serial, false);
  }
  if (!listener_.is_open()) return;
  full_ = out_of_room;
  if (!full_) watch_listener(true);
}

void Gate::hang_up_all() {
  for (const auto& [serial, guest] : guests_) guest.connection->hang_up();
}

std::shared_ptr<Connection> Gate::take(std::uint64_t serial) {
  const std::lock_guard lock(mutex_);
  const auto found = guests_.find(serial);
  if (found == guests_.end()) return nullptr;
  found->second.served = true;
  return found->second.connection;
}

void Gate::hang_up_late_ones() {
  const std::lock_guard lock(mutex_);
  const Moment now = std::chrono::steady_clock::now();
  if (now - looked_ < std::chrono::seconds(1)) return;
  looked_ = now;
  for (const auto& [serial, guest] : guests_) {
    if (guest.served) continue;
    const bool late = guest.partly_since ? now - *guest.partly_since > limits_.request
                                         : now - guest.quiet_since > limits_.idle;
    if (late) guest.connection->hang_up();
  }
}

bool Gate::make_room() {
  auto oldest = guests_.end();
  for (auto guest = guests_.begin(); guest != guests_.end(); ++guest) {
    if (guest->second.served) continue;
    if (oldest == guests_.end() || guest->second.quiet_since < oldest->second.quiet_since) {
      oldest = guest;
    }
  }
  if (oldest == guests_.end()) return false;
  guests_.erase(oldest);
  return true;
}

}  // namespace vfstock::mockpanel::wire
