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

Gate::Gate(const std::string& host, int port)
    : listener_(host, port),
      events_(opened(::epoll_create1(EPOLL_CLOEXEC))),
      alarm_(opened(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))),
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
    const int count = ::epoll_wait(events_.descriptor(), &event, 1, -1);
    if (count < 1) continue;
    if (event.data.u64 == the_alarm) return nullptr;
    if (event.data.u64 == the_listener) {
      admit();
    } else if (auto connection = find(event.data.u64)) {
      return connection;
    }
  }
}

void Gate::park(const Connection& connection) {
  // The next worker takes this lock before it touches the connection, and so sees what this one
  // did.
  const std::lock_guard lock(mutex_);
  watch(connection.descriptor(), connection.serial(), true);
}

void Gate::drop(const Connection& connection) {
  const std::lock_guard lock(mutex_);
  connections_.erase(connection.serial());
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
  bool out_of_descriptors = false;
  while (listener_.is_open() && connections_.size() < connections_max) {
    Socket socket = listener_.accept();
    if (!socket) {
      out_of_descriptors = errno == EMFILE || errno == ENFILE;
      break;
    }
    const std::uint64_t serial = ++last_serial_;
    const auto connection = std::make_shared<Connection>(serial, std::move(socket));
    connections_.emplace(serial, connection);
    watch(connection->descriptor(), serial, false);
  }
  if (!listener_.is_open()) return;
  full_ = connections_.size() >= connections_max || (out_of_descriptors && !connections_.empty());
  if (!full_) watch_listener(true);
}

void Gate::hang_up_all() {
  for (const auto& [serial, connection] : connections_) connection->hang_up();
}

std::shared_ptr<Connection> Gate::find(std::uint64_t serial) {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(serial);
  return found == connections_.end() ? nullptr : found->second;
}

}  // namespace vfstock::mockpanel::wire
