#include "engine/live/serve/daemon.h"

#include <array>
#include <memory>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "engine/live/real_clock.h"
#include "engine/live/serve/door.h"
#include "engine/live/serve/notify.h"

namespace vfstock::serve {
namespace {

constexpr Milliseconds longest_wait{1'000};

std::string variable(const Surroundings& surroundings, const char* name) {
  const auto found = surroundings.environment.find(name);
  return found == surroundings.environment.end() ? std::string() : found->second;
}

/// The signals that the daemon listens to, as something that can be waited for. Blocked before any
/// thread starts, so that none of them is interrupted.
class Signals {
 public:
  Signals() {
    sigset_t set{};
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    pthread_sigmask(SIG_BLOCK, &set, &before_);
    descriptor_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (descriptor_ < 0) throw std::runtime_error("signals cannot be waited for");
  }
  ~Signals() {
    ::close(descriptor_);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  int descriptor() const noexcept { return descriptor_; }
  std::optional<int> next() const {
    signalfd_siginfo info{};
    if (::read(descriptor_, &info, sizeof info) != sizeof info) return std::nullopt;
    return static_cast<int>(info.ssi_signo);
  }

 private:
  sigset_t before_{};
  int descriptor_ = -1;
};

/// Something that another thread can make ready, once.
class Flag {
 public:
  Flag() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0) throw std::runtime_error("no event descriptor can be had");
  }
  ~Flag() { ::close(descriptor_); }
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;

  void raise() const noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(descriptor_, &one, sizeof one);
  }
  int descriptor() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

class Daemon {
 public:
  Daemon(Settings settings, const Surroundings& surroundings)
      : settings_(std::move(settings)),
        surroundings_(surroundings),
        notifier_(variable(surroundings, "NOTIFY_SOCKET")),
        watchdog_(watchdog_interval(variable(surroundings, "WATCHDOG_USEC"))),
        log_(surroundings.talk, clock_, settings_.log),
        heart_(clock_),
        metrics_(surroundings.version),
        queue_(settings_.journal.file),
        writer_(settings_, queue_, {board_, metrics_, log_, heart_, clock_}),
        door_(std::make_unique<Door>(settings_.listen, settings_.secrets,
                                     Door::Rooms{board_, queue_, metrics_, log_, heart_, clock_,
                                                 writer_, settings_.journal.file})) {}

  int run();

 private:
  void wait() const;
  void take(int signal);
  void stop();
  void reload();
  void feed_systemd();
  bool stores_are_open() const {
    const Role role = board_.read()->role;
    return role == Role::writer || role == Role::standby;
  }

  Settings settings_;
  const Surroundings& surroundings_;
  const live::RealClock clock_;
  const Signals signals_;
  const Flag ended_;
  const Notifier notifier_;
  const std::optional<Milliseconds> watchdog_;
  Log log_;
  Heart heart_;
  Metrics metrics_;
  Board board_;
  EventQueue queue_;
  Writer writer_;
  std::unique_ptr<Door> door_;
  bool stopping_ = false, told_ready_ = false;
  std::string told_status_;
};

int Daemon::run() {
  const std::string url = fmt::format("{}://{}:{}", settings_.listen.tls ? "https" : "http",
                                      settings_.listen.host.find(':') == std::string::npos
                                          ? settings_.listen.host
                                          : "[" + settings_.listen.host + "]",
                                      door_->port());
  log_.say(Level::notice, "daemon.begins", {{"url", url}, {"version", surroundings_.version}});
  if (surroundings_.listening) surroundings_.listening(url);
  std::atomic<bool> over{false};
  std::thread work([&] {
    writer_.run();
    over = true;
    ended_.raise();
  });
  while (!over) {
    feed_systemd();
    wait();
    while (const auto signal = signals_.next()) take(*signal);
  }
  work.join();
  door_.reset();
  log_.say(Level::notice, "daemon.ends");
  return 0;
}

void Daemon::wait() const {
  std::array<pollfd, 2> ends{
      {{signals_.descriptor(), POLLIN, 0}, {ended_.descriptor(), POLLIN, 0}}};
  const Milliseconds pause = std::min(watchdog_.value_or(longest_wait), longest_wait);
  ::poll(ends.data(), ends.size(), static_cast<int>(pause.count()));
}

void Daemon::take(int signal) {
  if (signal == SIGHUP) return reload();
  if (stopping_) {
    log_.say(Level::warning, "daemon.killed");
    ::_exit(128 + signal);
  }
  stop();
}

void Daemon::stop() {
  stopping_ = true;
  log_.say(Level::notice, "daemon.stopping");
  notifier_.send("STOPPING=1\nSTATUS=finishing the write in flight");
  writer_.stop();
}

void Daemon::reload() {
  if (told_ready_) notifier_.send("RELOADING=1");
  try {
    Settings next = surroundings_.read_again();
    check_reload(settings_, next);
    door_->use(next.secrets);
    log_.use(next.log);
    settings_ = next;
    metrics_.reloaded(true);
    // Said before the writer is told: what it does with them is in the log after this line.
    log_.say(Level::notice, "config.reloaded");
    writer_.reload(std::move(next));
  } catch (const std::exception& error) {
    metrics_.reloaded(false);
    log_.say(Level::error, "config.refused", {{"text", std::string(error.what())}});
  }
  if (told_ready_) notifier_.send("READY=1");
}

void Daemon::feed_systemd() {
  if (!told_ready_ && stores_are_open()) {
    notifier_.send("READY=1");
    told_ready_ = true;
  }
  if (watchdog_ && heart_.is_alive()) notifier_.send("WATCHDOG=1");
  const auto view = board_.read();
  const std::string status =
      fmt::format("{}, {} products, last sweep {}{}", name(view->role), view->products.size(),
                  view->sweep.attempted ? utc_text(*view->sweep.attempted) : "not yet",
                  view->sweep.failure.empty() ? "" : " failed");
  if (status == told_status_ || stopping_) return;
  notifier_.send("STATUS=" + status);
  told_status_ = status;
}

}  // namespace

int serve(Settings settings, const Surroundings& surroundings) {
  check(settings.listen);
  Daemon daemon(std::move(settings), surroundings);
  return daemon.run();
}

}  // namespace vfstock::serve
