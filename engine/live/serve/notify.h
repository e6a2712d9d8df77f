// What systemd is told of a service (sd_notify(3)), over the socket that it names.
#pragma once

#include <optional>
#include <string>

#include "engine/base/clock.h"

namespace vfstock::serve {

class Notifier {
 public:
  /// `address` as NOTIFY_SOCKET holds it, a path or "@abstract"; empty: nobody listens.
  explicit Notifier(std::string address) : address_(std::move(address)) {}

  /// Sends "READY=1", "STATUS=...", "WATCHDOG=1", "STOPPING=1". What cannot be sent is lost.
  void send(const std::string& state) const noexcept;

 private:
  std::string address_;
};

/// How often the watchdog wants to hear of us: half of WATCHDOG_USEC; nullopt: it does not.
std::optional<Milliseconds> watchdog_interval(const std::string& watchdog_usec);

}  // namespace vfstock::serve
