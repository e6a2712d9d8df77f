// `vfstock serve`, all of it: opens, listens, works until it is told to end.
//
// Threads: the caller's waits for signals and feeds systemd; one works (writer.h); some serve
// requests (door.h). SIGTERM and SIGINT end it after the write in flight, a second one at once;
// SIGHUP reads the configuration again.
#pragma once

#include <functional>
#include <map>
#include <ostream>
#include <string>

#include "engine/live/serve/settings.h"

namespace vfstock::serve {

struct Surroundings {
  std::map<std::string, std::string> environment;
  std::ostream& talk;  // the log goes here
  std::string version;
  /// Reads the configuration as it is now. Throws SettingsError, or what the reader throws.
  std::function<Settings()> read_again;
  /// Told where it listens, once it does.
  std::function<void(const std::string& url)> listening;
};

/// 0 after a stop that was asked for. Throws SettingsError, StoreError where it cannot begin.
int serve(Settings settings, const Surroundings& surroundings);

}  // namespace vfstock::serve
