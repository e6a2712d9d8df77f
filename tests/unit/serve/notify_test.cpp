// What systemd is told, on a socket of the test's own; and whether the loop still moves.
#include "engine/live/serve/notify.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "engine/live/serve/heart.h"
#include "tests/unit/cli/command.h"
#include "tests/unit/serve/still_clock.h"

namespace vfstock::serve {
namespace {

/// A datagram socket in a folder, as systemd has one.
class Listener {
 public:
  explicit Listener(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    path.copy(at.sun_path, sizeof(at.sun_path) - 1);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
  }
  ~Listener() { ::close(socket_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  std::string next() const {
    char text[512];
    const ssize_t size = ::recv(socket_, text, sizeof text, MSG_DONTWAIT);
    return size < 0 ? std::string() : std::string(text, static_cast<std::size_t>(size));
  }

 private:
  int socket_;
};

TEST(Notifier, SendsWhatItIsTold) {
  const sim::cli::Folder folder;
  const Listener listener(folder.path() + "/notify");
  Notifier(folder.path() + "/notify").send("READY=1\nSTATUS=well");
  EXPECT_EQ(listener.next(), "READY=1\nSTATUS=well");
}

TEST(Notifier, WithoutAListenerIsSilent) {
  Notifier("").send("READY=1");
  Notifier("/nowhere/at/all").send("READY=1");
  Notifier(std::string(500, 'x')).send("READY=1");
}

TEST(Watchdog, IsFedTwiceAsOftenAsItAsks) {
  EXPECT_EQ(watchdog_interval("60000000"), Milliseconds{30'000});
  for (const char* none : {"", "0", "-5", "soon", "5s"}) EXPECT_FALSE(watchdog_interval(none));
}

TEST(Heart, IsAliveAsLongAsTheStepMayTake) {
  StillClock clock;
  Heart heart(clock);
  clock.at += Heart::usual_step;
  EXPECT_TRUE(heart.is_alive());
  clock.at += Milliseconds{1};
  EXPECT_FALSE(heart.is_alive());
  heart.beat(std::chrono::minutes{2});
  clock.at += std::chrono::minutes{2};
  EXPECT_TRUE(heart.is_alive());
  heart.beat();
  clock.at += std::chrono::seconds{60};
  EXPECT_FALSE(heart.is_alive()) << "a loop that stands still is noticed within a minute";
}

}  // namespace
}  // namespace vfstock::serve
